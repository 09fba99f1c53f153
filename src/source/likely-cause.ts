import type { SyntaxProblem } from './syntax-problem.ts';

/** A problem without its file. Offsets are in the text of the file. */
type Cause = Pick<SyntaxProblem, 'code' | 'message'> & { readonly start: number; readonly end: number };

/**
 * Finds a likelier cause of a syntax error than the grammar reports: a Git conflict marker anywhere in the text, or a
 * character shortly before the error that only looks like a space.
 * @param place the offset of the error
 */
export function findLikelyCause(text: string, place: number): Cause | undefined {
  return findConflict(text) ?? findFalseBlank(text, place);
}

function findConflict(text: string): Cause | undefined {
  const marker = /^(?:<{7}|>{7})(?= ).*$/m.exec(text);
  if (marker === null) return undefined;
  const message =
    'Git has left a conflict here; choose what to keep, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`';
  return { code: 'conflict-marker', message, start: marker.index, end: marker.index + marker[0].length };
}

/** How many lines to search: a line indented by such characters continues the text above, so the error may be lower. */
const linesBefore = 3;

function findFalseBlank(text: string, place: number): Cause | undefined {
  let start = place;
  for (let line = 0; line < linesBefore; line++) {
    start = text.lastIndexOf('\n', start - 1) + 1;
    const blank = /[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/.exec(
      /^\s*/.exec(text.slice(start, start + 200))?.[0] ?? '',
    );
    if (blank !== null) {
      const code = blank[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
      const message = `this line is indented by a character that only looks like a space (U+${code}); write plain spaces`;
      return { code: 'false-blank', message, start: start + blank.index, end: start + blank.index + 1 };
    }
    if (start === 0) return undefined;
    start--;
  }
  return undefined;
}
