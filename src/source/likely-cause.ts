import type { SyntaxProblem } from './syntax-problem.ts';

/** A problem without its file. Offsets count in the text of the file. */
type Cause = Pick<SyntaxProblem, 'code' | 'message'> & { readonly start: number; readonly end: number };

/**
 * What the grammar cannot know and people can: a text that cannot be read, and has the lines in it that Git leaves in a conflict,
 * or a blank that only looks like one shortly before the place where reading ended.
 * @param place where reading ended
 */
export function findLikelyCause(text: string, place: number): Cause | undefined {
  return findConflict(text) ?? findFalseBlank(text, place);
}

function findConflict(text: string): Cause | undefined {
  const marker = /^(?:<{7}|>{7})(?= ).*$/m.exec(text);
  if (marker === null) return undefined;
  const message =
    'Git has left a conflict here; choose what is to stay, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`';
  return { code: 'conflict-marker', message, start: marker.index, end: marker.index + marker[0].length };
}

/** So many lines before the place, as what is indented by such blanks is text that goes on from the line above. */
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
