import { posix } from 'node:path';
import { baseName } from '../model/command-line.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { spanOfWord } from './ci-jobs.ts';
import type { CiJob, CiScript, FileEdit } from './delivery.ts';

/** The `sed -i s/…/…/ FILE` of a job whose files can be told: nothing after a `cd` or in a clone, no variables. */
export function findFileEdits(job: CiJob, top: string, sources: SourceCache): FileEdit[] {
  const moves = job.scripts.some(({ commands }) =>
    commands.some(([program, sub]) => program === 'cd' || (program === 'git' && sub === 'clone')),
  );
  if (moves) return [];
  return job.scripts.flatMap((script) =>
    script.commands.flatMap((words) =>
      readSed(words).flatMap((edit) => resolve(edit, job, script, top, sources) ?? []),
    ),
  );
}

interface Substitution {
  readonly pattern: string;
  readonly extended: boolean;
  readonly path: string;
}

function readSed(words: readonly string[]): Substitution[] {
  if (baseName(words[0] ?? '') !== 'sed' || !words.some((word) => /^-[a-zA-Z]*i|^--in-place/.test(word))) return [];
  const extended = words.some((word) => /^-[a-z]*[Er]|^--regexp-extended/.test(word));
  const plain = words.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  const expressions = plain.filter((word) => /^s([^\w\s]).*\1.*\1\w*$/s.test(word));
  const [expression, ...more] = expressions;
  if (expression === undefined || more.length > 0) return [];
  const delimiter = expression.charAt(1);
  const pattern = expression.slice(2, expression.indexOf(delimiter, 2));
  return plain.filter((word) => word !== expression).map((path) => ({ pattern, extended, path }));
}

function resolve(
  { pattern, extended, path }: Substitution,
  job: CiJob,
  script: CiScript,
  top: string,
  sources: SourceCache,
): FileEdit | undefined {
  const full = posix.resolve(top, path);
  if (/[$*?[]/.test(path) || !full.startsWith(`${top}/`)) return undefined;
  const file = sources.fileSystem.stat(full)?.kind === 'file' ? sources.read(full) : undefined;
  return {
    job,
    pattern,
    matches: toRegExp(pattern, extended),
    patternAt: spanOfWord(script, pattern),
    path,
    pathAt: spanOfWord(script, path),
    file: file === undefined || isReadFailure(file) ? undefined : file,
  };
}

/** A basic or extended regular expression of sed; undefined for one with variables or parts that are written otherwise. */
function toRegExp(pattern: string, extended: boolean): RegExp | undefined {
  if (/\$[{(\w]|\\[(){}+?|<>\d]|\[\[:/.test(pattern)) return undefined;
  try {
    return new RegExp(extended ? pattern : pattern.replace(/[+?|(){}]/g, '\\$&'));
  } catch {
    return undefined;
  }
}
