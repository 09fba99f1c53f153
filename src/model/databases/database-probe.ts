import { databasePorts, hostPrograms, probePrograms } from './database-programs.ts';

const netcats = ['nc', 'ncat', 'netcat'];

const probes: ReadonlySet<string> = new Set([...probePrograms, ...netcats]);

/** Commands in a text that check once whether a database answers. */
export const databaseProbe = new RegExp(`\\b(${[...probes].join('|')})\\b|/dev/tcp/`);

/** Whether a program does nothing but check whether a server answers. */
export function isProbeProgram(program: string): boolean {
  return probes.has(program);
}

/** What a command asks whether it answers. */
export interface Probe {
  readonly host: string;
  /** Whether a database is asked: with its client, or at its usual port. */
  readonly isDatabase: boolean;
}

/** The host that a command asks with the client of a database, or with `nc`. */
export function readProbe([program = '', ...rest]: readonly string[]): Probe | undefined {
  if (hostPrograms.has(program)) {
    const flag = rest.findIndex((word) => /^(-h|--host)$/.test(word));
    const host =
      flag < 0 ? rest.flatMap((word) => /^(?:--host=|-h)([\w.-]+)$/.exec(word)?.[1] ?? [])[0] : rest[flag + 1];
    return host === undefined ? undefined : { host, isDatabase: true };
  }
  const [host, port] = rest.filter((word) => !word.startsWith('-')).slice(-2);
  if (!netcats.includes(program) || host === undefined || port === undefined) return undefined;
  return { host, isDatabase: databasePorts.has(port) };
}
