const programs = 'pg_isready|mysqladmin|mariadb-admin|nc|ncat|netcat';

/** Commands in a text that check once whether a database answers. */
export const databaseProbe = new RegExp(`\\b(${programs})\\b|/dev/tcp/`);

const probeProgram = new RegExp(`^(${programs})$`);

/** Whether a program does nothing but check whether a server answers. */
export function isProbeProgram(program: string): boolean {
  return probeProgram.test(program);
}

/** What a command asks whether it answers. */
export interface Probe {
  readonly host: string;
  /** Whether a database is asked: with its client, or at its usual port. */
  readonly isDatabase: boolean;
}

/** The host that a command asks with the client of a database, or with `nc`. */
export function readProbe([program = '', ...rest]: readonly string[]): Probe | undefined {
  if (/^(pg_isready|psql|mysqladmin|mariadb-admin|mysql|mariadb)$/.test(program)) {
    const flag = rest.findIndex((word) => /^(-h|--host)$/.test(word));
    const host =
      flag < 0 ? rest.flatMap((word) => /^(?:--host=|-h)([\w.-]+)$/.exec(word)?.[1] ?? [])[0] : rest[flag + 1];
    return host === undefined ? undefined : { host, isDatabase: true };
  }
  const [host, port] = rest.filter((word) => !word.startsWith('-')).slice(-2);
  if (!/^(nc|ncat|netcat)$/.test(program) || host === undefined || port === undefined) return undefined;
  return { host, isDatabase: databasePort.test(port) };
}

/** The ports that databases listen on unless they are told otherwise. */
const databasePort = /^(5432|3306|1433|1521|27017|26257)$/;
