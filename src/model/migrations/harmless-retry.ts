import { type Invocation, readInvocations } from '../commands/command-line.ts';
import type { Container } from '../objects/workload.ts';
import type { Migration } from './migration.ts';

/** Says why retrying a failed migration does no harm, in a clause; undefined if it may do harm. */
export function whyRetryIsHarmless({ command, job }: Migration): string | undefined {
  if (command?.tool?.locks) return `${command.tool.name} keeps a lock and a record`;
  return job.pod.containers.some(runsOneTransaction) ? 'its statements are one transaction' : undefined;
}

/** Whether psql runs the only file of a container as one transaction. */
function runsOneTransaction(container: Container): boolean {
  const files = readInvocations(container).filter(({ words }) => words[0] === 'psql' && words.some(readsFile));
  return files.length === 1 && files.every((invocation) => isOneTransaction(invocation, container));
}

const readsFile = (word: string): boolean => /^(-f|--file)/.test(word);

function isOneTransaction({ words }: Invocation, { findFile }: Container): boolean {
  if (words.some((word) => /^(-1|--single-transaction)$/.test(word))) return true;
  const at = words.findIndex(readsFile);
  const path = words[at]?.replace(/^(-f|--file=?)/, '') || words[at + 1];
  const text = path === undefined ? undefined : findFile?.(path)?.text;
  return (
    text !== undefined && transaction.test(text) && text.match(/^[ \t]*(BEGIN|COMMIT|ROLLBACK)[ \t]*;/gim)?.length === 2
  );
}

/** Statements from a `BEGIN` to the `COMMIT` at the end, after comments and settings of psql. */
const transaction = /^(?:[ \t]*(?:--.*|\\.*)?\n)*[ \t]*BEGIN[ \t]*;[\s\S]*\n[ \t]*COMMIT[ \t]*;\s*$/i;
