import { CR, HASH, isBlank, isBreak, isBreakOrEnd, LF } from './chars.ts';

/**
 * A position in the text of one document, with the state that the indentation rules need.
 * The text ends with a NUL, so that reading the current character needs no bounds check.
 */
export class Cursor {
  readonly text: string;
  pos = 0;
  /** The start of the current line; {@link column} counts from it. */
  lineStart = 0;
  /** The column of the innermost block collection; -1 outside of any. */
  indent = -1;
  /** How many flow collections are open. */
  flowLevel = 0;
  /** The end of the last scanned scalar: after its quote, its last character or its last line. */
  scalarEnd = 0;
  /** Whether the last scanned scalar consumed line breaks after its last character. */
  crossedLine = false;
  /** Whether there are line breaks other than a line feed, which are rare and take a slower path. */
  readonly hasOddBreaks: boolean;
  /** Pairs of start and end offsets of the comments passed so far, if they are recorded. */
  readonly comments: number[] | undefined;

  /** @param text one document, terminated by a NUL */
  constructor(text: string, comments?: number[]) {
    this.text = text;
    this.comments = comments;
    this.hasOddBreaks = /[\r\x85\u2028\u2029]/.test(text);
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** Skips the line break at the cursor. */
  takeBreak(): void {
    this.pos += breakLength(this.text, this.pos);
    this.lineStart = this.pos;
  }

  /** Whether the cursor is at a `---` or `...` at the start of a line, followed by nothing or a blank. */
  atDocumentMarker(): boolean {
    if (this.pos !== this.lineStart) return false;
    const { text, pos } = this;
    const first = text.charCodeAt(pos);
    if (first !== 0x2d && first !== 0x2e) return false;
    if (text.charCodeAt(pos + 1) !== first || text.charCodeAt(pos + 2) !== first) return false;
    const next = text.charCodeAt(pos + 3);
    return isBlank(next) || isBreakOrEnd(next);
  }

  /** Skips and records the comment at the cursor, up to the end of its line. */
  takeComment(): void {
    const start = this.pos;
    this.toLineEnd();
    this.comments?.push(start, this.pos);
  }

  /**
   * Skips and records the comment at the cursor and the comments right below it. go-yaml reads them as one, so a tab may
   * precede the second, although a tab at the start of a line is an error otherwise. It looks ahead no more than 512
   * characters, and not past a line break of several bytes.
   */
  takeComments(): void {
    this.takeComment();
    const { text } = this;
    if (text.charCodeAt(this.pos) > CR) return;
    let lineStart = this.lineStart;
    for (let ahead = 1; ahead < 512; ahead++) {
      const code = text.charCodeAt(this.pos + ahead - 1);
      if (code === HASH) {
        this.pos += ahead - 1;
        this.lineStart = lineStart;
        this.takeComment();
        ahead = 0;
      } else if (isBreak(code)) lineStart = this.pos + ahead;
      else if (!isBlank(code)) return;
    }
  }

  /** Moves to the line break that ends the current line, or to the end. */
  toLineEnd(): void {
    const { text } = this;
    if (this.hasOddBreaks) {
      while (!isBreakOrEnd(text.charCodeAt(this.pos))) this.pos++;
      return;
    }
    const end = text.indexOf('\n', this.pos);
    this.pos = end === -1 ? text.length - 1 : end;
  }
}

/**
 * The length of the line break at an offset. kustomize replaces each CR LF with LF before it calls go-yaml, which itself
 * reads CR LF as one line break; so CR CR LF is one line break.
 */
function breakLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== CR) return 1;
  const next = text.charCodeAt(at + 1);
  if (next === LF) return 2;
  return next === CR && text.charCodeAt(at + 2) === LF ? 3 : 1;
}
