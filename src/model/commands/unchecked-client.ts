import { argvOf } from '../../objects/argv.ts';
import type { Container } from '../../objects/workload.ts';
import { type CommandLine, type Invocation, readInvocations } from '../../shell/command-line.ts';
import type { Migration } from '../migrations/migration.ts';
import { findCommandFault } from './command-fault.ts';
import { stopsOnFailure } from './hidden-failure.ts';

/** A database client that runs a file of statements, continues after a failed one, and exits as if none had failed. */
export interface UncheckedClient {
  readonly program: string;
  /** The option that makes it stop. */
  readonly remedy: string;
  /** Whether the script stops if the client fails. */
  readonly stopsScript: boolean;
  readonly invocation: Invocation;
}

/** According to their manuals, psql exits with 3 only with `ON_ERROR_STOP`, and sqlcmd with 1 only with `-b`. */
const clients: readonly { program: string; reads: RegExp; stops: RegExp; remedy: string }[] = [
  { program: 'psql', reads: /^(-f|--file|<$)/, stops: /ON_ERROR_STOP/, remedy: '-v ON_ERROR_STOP=1' },
  { program: 'sqlcmd', reads: /^(-i|--input-file|<$)/, stops: /^-b$/, remedy: '-b' },
];

/** The first such client that a container starts. */
export function findUncheckedClient(container: CommandLine): UncheckedClient | undefined {
  // The option may be in a variable, or in a file that the script writes.
  const isSetSomewhere = argvOf(container).some(({ value }) => value.includes('ON_ERROR_STOP'));
  for (const invocation of readInvocations(container)) {
    const [program, ...words] = invocation.words;
    const client = clients.find((each) => each.program === program);
    if (client === undefined || !words.some((word) => client.reads.test(word))) continue;
    if (words.some((word) => client.stops.test(word)) || (isSetSomewhere && program === 'psql')) continue;
    const stopsScript = stopsOnFailure(container) || !(invocation.loops || invocation.isFailureIgnored);
    return { program: client.program, remedy: client.remedy, stopsScript, invocation };
  }
  return undefined;
}

/** Whether the Job does not notice that its migration failed, so that it neither fails nor retries. */
export function hidesFailure({ command, job }: Migration): boolean {
  const { containers } = job.pod;
  return (
    command?.isFailureIgnored === true ||
    containers.some((each) => findUncheckedClient(each) !== undefined) ||
    (command === undefined && containers.every(endsWell))
  );
}

/** Whether a container runs a script that exits as if all had succeeded. It may be another one than was meant. */
function endsWell(container: Container): boolean {
  return findCommandFault(container) === undefined && readInvocations(container).some(({ isUnnoticed }) => isUnnoticed);
}
