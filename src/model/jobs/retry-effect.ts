import { oncePer } from '../../collections/once.ts';
import { argvText } from '../../objects/argv.ts';
import { firstWritten } from '../../objects/place.ts';
import type { Container } from '../../objects/workload.ts';
import { type Invocation, readInvocations } from '../../shell/command-line.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { findCommandFault } from '../commands/command-fault.ts';
import { clientPrograms } from '../databases/database-programs.ts';
import type { Migration } from '../migrations/migration.ts';
import { commentAfter, commentsOf } from '../scripts/file-comments.ts';

/** What it means that a failed migration runs again. */
export interface RetryEffect {
  /** Whether the migration is known to do no harm then. */
  readonly isHarmless: boolean;
  /** Continues a sentence that says that it runs again, after a comma or semicolon. */
  readonly clause: string;
}

/**
 * Judges what happens if a failed migration runs again. About the project's own programs nothing is known but what
 * comments beside the Job say.
 */
export function judgeRetry({ command, job }: Migration): RetryEffect {
  const { containers } = job.pod;
  // `job-command` reports a command that never runs; what counts here is what it does once it runs.
  const tool = command?.tool ?? containers.flatMap((each) => findCommandFault(each)?.meant?.tool ?? [])[0];
  if (tool?.locks) return harmless(`${tool.name} keeps a lock and a record`);
  if (containers.some(runsOneTransaction)) return harmless('its statements are one transaction');
  if (containers.some(createsOnlyMissing)) return harmless('`create_all` leaves tables that exist as they are');
  const remark = commentAfter(job.backoffLimit.place.at);
  if (mayRunAgain(firstWritten(job.object.name.place).file) || allowsRepetition(remark)) {
    return harmless('a comment beside it says that it may run again');
  }
  const isKnown = tool !== undefined || containers.some(runsClient);
  return {
    isHarmless: false,
    clause: isKnown
      ? ', on top of whatever the failed run left half-done'
      : ', which does harm unless the program undoes or skips what the failed run has done',
  };
}

function harmless(why: string): RetryEffect {
  return { isHarmless: true, clause: `; ${why}, so this mostly costs time` };
}

/** Whether a container only has SQLAlchemy create the tables that do not exist, in a script on its command line. */
function createsOnlyMissing(container: Container): boolean {
  const script = argvText(container);
  return /\bcreate_all\(/.test(script) && !/\bdrop_all\(|\bexecute\(/.test(script);
}

/** Whether comments of a file say that its Job does no harm when it runs again. */
const mayRunAgain = oncePer((file: SourceFile): boolean => {
  return allowsRepetition(commentsOf(file).replace(/\s+/g, ' '));
});

function allowsRepetition(comments: string): boolean {
  return repeatable.test(comments) && !unrepeatable.test(comments);
}

const repeatable =
  /\bidempotent|\badvisory[- ]lock|\bGET_LOCK\b|\bsafe(ly)? (to )?(be )?(re-?run|run again|re-?tried|retry|repeat)|\bre-?runnable\b|\bre-?running (it |this |them )?is a no-?op\b|\b(can|may) (safely )?be (repeated|re-?run|run (again|twice)|re-?tried|restarted)\b/i;

const unrepeatable = /\b(not|non|never|isn't|aren't|un)[- ]?(be )?(idempotent|safe)/i;

/** Whether a container runs statements with a client of a database. */
function runsClient(container: Container): boolean {
  return readInvocations(container).some(({ words: [program = ''] }) => clientPrograms.has(program));
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
