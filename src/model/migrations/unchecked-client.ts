import { type CommandLine, type Invocation, readInvocations } from '../commands/command-line.ts';
import type { Migration } from './migration.ts';

/** A client of a database that runs a file of statements, goes on after one that fails, and ends as if none had. */
export interface UncheckedClient {
  readonly program: string;
  /** What makes it stop. */
  readonly remedy: string;
  readonly invocation: Invocation;
}

/** Each by its own manual: psql ends with 3 only under `ON_ERROR_STOP`, sqlcmd with 1 only under `-b`. */
const clients: readonly { program: string; reads: RegExp; stops: RegExp; remedy: string }[] = [
  { program: 'psql', reads: /^(-f|--file|<$)/, stops: /ON_ERROR_STOP/, remedy: '-v ON_ERROR_STOP=1' },
  { program: 'sqlcmd', reads: /^(-i|--input-file|<$)/, stops: /^-b$/, remedy: '-b' },
];

/** The first such client that a container starts. */
export function findUncheckedClient(container: CommandLine): UncheckedClient | undefined {
  // The setting may stand in a variable, or in a file that the script writes.
  const isSetSomewhere = [...container.command, ...container.args].some(({ value }) => value.includes('ON_ERROR_STOP'));
  for (const invocation of readInvocations(container)) {
    const [program, ...words] = invocation.words;
    const client = clients.find((each) => each.program === program);
    if (client === undefined || !words.some((word) => client.reads.test(word))) continue;
    if (words.some((word) => client.stops.test(word)) || (isSetSomewhere && program === 'psql')) continue;
    return { program: client.program, remedy: client.remedy, invocation };
  }
  return undefined;
}

/** Whether a migration that fails leaves its Job none the wiser, which then neither fails nor tries again. */
export function hidesFailure({ command, job }: Migration): boolean {
  return (
    command?.isFailureIgnored === true || job.pod.containers.some((each) => findUncheckedClient(each) !== undefined)
  );
}
