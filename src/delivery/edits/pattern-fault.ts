import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { PatternEdit } from './file-edits.ts';

/** What is wrong with the lines that a pattern matches. */
export type PatternFault =
  | { readonly kind: 'no match' }
  /** It also matches within a longer key. */
  | { readonly kind: 'other key'; readonly key: string; readonly at: Span };

/** Tries the pattern of an edit on a file. Undefined if it is right, or if it cannot be read. */
export function findPatternFault({ matches }: PatternEdit, file: SourceFile): PatternFault | undefined {
  if (matches === undefined) return undefined;
  const found = file.text.split('\n').flatMap((line, index): FoundLine[] => {
    const match = matches(line);
    if (match === undefined) return [];
    const before = line.slice(0, match.start);
    // In a value, a placeholder often follows a part of the name: `name: shop-migrate-TAG`.
    const isInKey = /^[\w-]/.test(match.text) && /[\w-]$/.test(before) && !/[:=]/.test(before);
    return [{ line, index, isInKey }];
  });
  if (found.length === 0) return { kind: 'no match' };
  const inKey = found.find(({ isInKey }) => isInKey);
  // If every match is within a longer key, that is intended.
  if (inKey === undefined || found.every(({ isInKey }) => isInKey)) return undefined;
  const { line, index } = inKey;
  const start = (file.lineStarts[index] ?? 0) + line.search(/\S/);
  const key = line.trim().split(':')[0] ?? '';
  return { kind: 'other key', key, at: { file, start, end: start + key.length } };
}

/** A line of a file that a pattern matches. */
interface FoundLine {
  readonly line: string;
  readonly index: number;
  /** Whether the match starts in the middle of a word. */
  readonly isInKey: boolean;
}

/**
 * The variable that an edit writes as text: the shell expands nothing between single quotes, and sed knows no
 * variables. Undefined if there is none, or if a later command fills it.
 */
export function findQuotedVariable({ job, program, written = '', patternAt }: PatternEdit): string | undefined {
  const { file, start, end } = patternAt;
  const variable = /\$(\w+|\{\w+\})/.exec(written)?.[0];
  const isQuoted = /'s\W$/.test(file.text.slice(Math.max(start - 3, 0), start));
  const fillsLater = job.commands.some(({ words }) => words[0] === 'envsubst');
  // Groovy may have filled it before the shell starts.
  if (program !== 'sed' || job.system === 'jenkins') return undefined;
  if (variable === undefined || !isQuoted || fillsLater) return undefined;
  const [quoted = '', ...others] = file.text.slice(end, file.text.indexOf('\n', end)).split("'");
  return others.length > 0 && quoted.includes(written) ? variable : undefined;
}
