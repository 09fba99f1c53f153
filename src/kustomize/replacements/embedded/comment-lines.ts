import type { Comment } from '../../../source/comment.ts';
import type { SourceFile } from '../../../source/source-file.ts';

/** A run of comment lines without an empty line between them. */
export interface CommentGroup {
  lines: CommentLine[];
  /** Only empty lines precede it. */
  isFirst: boolean;
  /** An empty line precedes it. */
  isBelowBlank: boolean;
  /** An empty line follows it. */
  isAboveBlank: boolean;
}

/** A comment that is alone on its line. */
export interface CommentLine {
  /** Its number, from 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly text: string;
}

/** A line with something other than a comment. */
interface NextContent {
  readonly line: number;
  /** Where that starts, from 1. */
  readonly column: number;
  /** Whether the document ends before it. */
  readonly isEnd: boolean;
}

/** The end of a document. */
export interface DocumentEnd {
  /** The number of the line after its last one. */
  readonly line: number;
  /** It ends at a `---` or `...`. */
  readonly hasMarker: boolean;
  /** The comment lines right after a `...`. */
  readonly commentsAfter: readonly string[];
}

/** The comments of a text that are alone on their line, or after dashes only. A printer takes each of them once. */
export class CommentLines {
  readonly #file: SourceFile;
  /** By line number, from 1. */
  readonly #lines = new Map<number, CommentLine>();
  readonly #taken = new Set<number>();

  constructor(file: SourceFile, comments: readonly Comment[]) {
    this.#file = file;
    for (const { at, alone } of comments) {
      const { line, column } = file.position(at.start);
      if (!alone && !/^[\s-]*#/.test(file.line(line))) continue;
      this.#lines.set(line, { line, column, text: file.text.slice(at.start, at.end) });
    }
  }

  /** Removes and returns the comment lines right above a line. */
  takeAbove(line: number): CommentGroup[] {
    const groups: CommentGroup[] = [];
    let isBlank = false;
    let hasMarker = false;
    let above = line - 1;
    for (; above > 0; above--) {
      if (this.#taken.has(above)) continue;
      const comment = this.#lines.get(above);
      const [group] = groups;
      const isMarker = /^---(?!\S)/.test(this.#file.line(above));
      hasMarker ||= isMarker;
      if (comment !== undefined) {
        if (group === undefined || isBlank) {
          groups.unshift({ lines: [comment], isFirst: false, isBelowBlank: false, isAboveBlank: isBlank });
        } else group.lines.unshift(comment);
        this.#taken.add(above);
        isBlank = false;
      } else if (this.#isEmpty(above)) {
        isBlank = true;
        if (group !== undefined) group.isBelowBlank = true;
      } else if (!isMarker) break;
    }
    const [first] = groups;
    if (first !== undefined) first.isFirst = above === 0 && !hasMarker;
    return groups;
  }

  /** Returns a comment line that was taken, so that it can be taken again. */
  putBack({ line }: CommentLine): void {
    this.#taken.delete(line);
  }

  /** The first line below a line that is neither empty nor a comment, or the end of the document. */
  nextContent(line: number): NextContent {
    const { length } = this.#file.lineStarts;
    let next = line + 1;
    while (next <= length && (this.#lines.has(next) || this.#isEmpty(next))) next++;
    const text = this.#file.line(next);
    const isEnd = next > length || /^(?:---|\.\.\.)(?!\S)/.test(text);
    return { line: next, column: isEnd ? 1 : text.search(/\S/) + 1, isEnd };
  }

  /** @param offset an offset in the document, after its last value */
  documentEnd(offset: number): DocumentEnd {
    const { text } = this.#file;
    const marker = /^(?:---|(\.\.\.))(?!\S)(?:[ \t]*\n((?:[ \t]*#.*\n)+))?/m.exec(text.slice(offset));
    if (marker === null) {
      return { line: this.#file.position(text.trimEnd().length).line + 1, hasMarker: false, commentsAfter: [] };
    }
    const [, isEnd, comments = ''] = marker;
    return {
      line: this.#file.position(offset + marker.index).line,
      hasMarker: true,
      commentsAfter: isEnd === undefined ? [] : comments.split('\n').slice(0, -1),
    };
  }

  #isEmpty(line: number): boolean {
    return this.#file.line(line).trim() === '';
  }
}
