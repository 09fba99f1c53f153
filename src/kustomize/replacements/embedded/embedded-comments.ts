import type { Comment } from '../../../source/comment.ts';
import type { MapEntry, Node } from '../../../source/node.ts';
import type { SourceOrigin } from '../../../source/origin.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { WrittenForms } from '../../../source/written-forms.ts';
import { type CommentGroup, type CommentLine, CommentLines } from './comment-lines.ts';

/** A key or item that comments can belong to, by the column in which it starts. */
interface Level {
  readonly column: number;
  /** Its indentation in the output. */
  readonly pad: string;
  /**
   * Whether it is an item of a list that was indented below its key; an empty line then follows its trailing comments.
   */
  readonly isItem: boolean;
}

/** A comment line with the level that it is printed at. */
interface LaidOut extends Level {
  readonly comment: CommentLine;
  readonly group: CommentGroup;
  readonly isOfDocument?: boolean;
}

/**
 * Places the comments of a reprinted text where go-yaml v3 does. Its methods must be called in the order of the text.
 */
export class EmbeddedComments {
  readonly #file: SourceFile;
  readonly #forms: WrittenForms;
  readonly #lines: CommentLines;
  /** The levels that enclose the printer's position, outermost first. */
  #levels: Level[] = [];
  /** The comments above an item that are printed inside of it. */
  #deferred: CommentGroup[] = [];
  /** The comments at the end of the document that were taken before it. */
  readonly #foot: LaidOut[] = [];

  constructor(file: SourceFile, comments: readonly Comment[], forms: WrittenForms) {
    this.#file = file;
    this.#forms = forms;
    this.#lines = new CommentLines(file, comments);
  }

  /** Whether a node comes from the text, and was not inserted. */
  isOwn(node: Node): node is Node & { origin: SourceOrigin } {
    return node.origin.kind === 'source' && node.origin.file === this.#file;
  }

  /**
   * The comment lines above a key, each with its line break, indented by `pad`; those that were indented further, like
   * the level that they follow. An empty line between two groups stays, and so does one after a group that directly
   * follows a value.
   */
  aboveKey(key: Node, pad: string, isFirst: boolean): string {
    if (!this.isOwn(key)) return '';
    const above = this.#above(key.origin.start, pad, isFirst);
    this.#open({ column: this.#file.position(key.origin.start).column, pad, isItem: false });
    return above;
  }

  /**
   * The comment lines above the dash of an item, and between the dash and a scalar. If the item is a map or list with an
   * anchor or tag, they move to its first key or item.
   */
  aboveItem(item: Node, pad: string, isFirst: boolean, isBelowKey: boolean): string {
    const { dash, anchor, tag } = this.#forms.get(item) ?? {};
    if (dash === undefined || !this.isOwn(item)) return '';
    const isDeferred = item.kind !== 'scalar' && (anchor ?? tag) !== undefined && !isInFlow(item);
    if (isDeferred) this.#deferred = this.#lines.takeAbove(this.#file.position(dash).line);
    const above = isDeferred ? '' : this.#above(dash, pad, isFirst);
    const { column } = this.#file.position(dash);
    const isIndented = this.#levels.every((level) => level.isItem || level.column !== column);
    this.#open({ column, pad, isItem: isBelowKey && isIndented });
    return item.kind === 'scalar' ? above + this.#above(item.origin.start, pad, true) : above;
  }

  /** The comment lines above a node in a flow collection, or above a scalar on the line after its key. */
  aboveValue(node: Node, pad: string): string {
    return this.isOwn(node) ? this.#above(node.origin.start, pad, true) : '';
  }

  /** The comment lines above a closing brace or bracket. */
  aboveEnd(node: Node, pad: string): string {
    return this.isOwn(node) ? this.#above(node.origin.end - 1, pad, true) : '';
  }

  #above(offset: number, pad: string, isFirst: boolean): string {
    const { line, column } = this.#file.position(offset);
    const groups = this.#takeDeferred(this.#lines.takeAbove(line));
    const [first] = groups;
    const last = groups.at(-1);
    if (first === undefined || last === undefined) return '';
    const lines = this.#layOut(groups, column, pad);
    const keepsBlank = first.isFirst ? isFirst : !isFirst && groups.length === 1 && !first.isBelowBlank;
    const ends = keepsBlank && last.isAboveBlank && lines.every((each) => each.column === column);
    return join(lines) + (ends ? '\n' : '');
  }

  /** Prepends the deferred comments to those that follow. */
  #takeDeferred([next, ...others]: readonly CommentGroup[]): readonly CommentGroup[] {
    const deferred = this.#deferred;
    this.#deferred = [];
    if (next === undefined) return deferred;
    deferred.at(-1)?.lines.push(...next.lines);
    return deferred.length > 0 ? [...deferred, ...others] : [next, ...others];
  }

  /** Opens a level, and closes those that it ends. */
  #open(level: Level): void {
    this.#levels = [...this.#levels.filter(({ column }) => column < level.column), level];
  }

  /**
   * Assigns each comment line to a level: the first one that is indented further than the next key, to the innermost.
   */
  #layOut(groups: readonly CommentGroup[], column: number, pad: string): LaidOut[] {
    const outer: Level = { column, pad, isItem: false };
    const inner = this.#levels.filter((level) => level.column > column);
    let level = inner.at(-1) ?? outer;
    let before = Number.POSITIVE_INFINITY;
    return groups.flatMap((group) =>
      group.lines.map((line) => {
        if (line.column <= column) level = outer;
        else if (line.column < before && before !== Number.POSITIVE_INFINITY) {
          level = inner.findLast((each) => each.column <= line.column) ?? inner[0] ?? outer;
        }
        before = line.column;
        return { ...level, comment: line, group };
      }),
    );
  }

  /**
   * The same at the end of a document. What follows an empty line there belongs to the document if it is at the top level,
   * or if nothing there is.
   */
  #layOutEnd(groups: readonly CommentGroup[]): LaidOut[] {
    const isTop = groups.at(-1)?.lines.every(({ column }) => column > 1);
    return this.#layOut(groups, 1, '').map((line) => {
      const isOfDocument = line.group.isBelowBlank && (isTop || line.column === 1);
      return isOfDocument ? { ...line, column: 1, pad: '', isItem: false, isOfDocument } : line;
    });
  }

  /**
   * The comment lines below the last entry of a map that stay with it when others are added behind it. An empty line
   * follows those of the entry itself.
   */
  belowEntry({ key, value }: MapEntry): string {
    if (!this.isOwn(key)) return '';
    const { column } = this.#file.position(key.origin.start);
    const { end } = (this.isOwn(value) ? value : key).origin;
    const next = this.#lines.nextContent(this.#file.position(end - 1).line);
    const groups = this.#lines.takeAbove(next.line);
    const lines = next.isEnd ? this.#layOutEnd(groups) : this.#layOut(groups, next.column, '');
    const own: LaidOut[] = [];
    for (const line of lines) {
      if (line.isOfDocument) this.#foot.push(line);
      else if (line.column >= column) own.push(line);
      else this.#lines.putBack(line.comment);
    }
    if (own.length === 0) return '';
    return `\n${own.at(-1)?.column === column ? join(own) : join(own).slice(0, -1)}`;
  }

  /**
   * The comment lines at the end of the document. An empty line before those at the top level stays; if the text
   * continues after the document, there is always one.
   */
  foot(root: Node): string {
    const end = this.#lines.documentEnd(this.isOwn(root) ? root.origin.end : 0);
    const lines = [...this.#layOutEnd(this.#lines.takeAbove(end.line)), ...this.#foot];
    const top = lines.findIndex((line) => line.column === 1);
    const inner = join(top < 0 ? lines : lines.slice(0, top));
    const outer = top < 0 ? end.commentsAfter.map((text) => `${text}\n`).join('') : join(lines.slice(top));
    const isApart = end.hasMarker || lines[top]?.group.isBelowBlank;
    if (outer === '') return inner === '' ? '' : `\n${inner.slice(0, -1)}`;
    return `\n${inner}${isApart && !inner.endsWith('\n\n') ? '\n' : ''}${outer}`;
  }

  /** The comment after a value or key on its line, with the space before it. */
  lineComment(node: Node): string {
    if (!this.isOwn(node)) return '';
    const { start, end } = node.origin;
    const isBlock = node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
    return this.#commentAt(isBlock ? start : end, /^(?::|[|>]\S*)?[ \t]+(#.*)/);
  }

  /** The comment after an item of a flow collection, or after its comma. */
  lineCommentInFlow(node: Node): string {
    return this.isOwn(node) ? this.#commentAt(node.origin.end, /^(?:[ \t]*,)?[ \t]+(#.*)/) : '';
  }

  /** The comment after a key whose value starts on a later line. */
  lineCommentOfKey(key: Node, value: Node): string {
    if (!this.isOwn(key) || !this.isOwn(value)) return '';
    const startsLine = /\n[ \t]*$/.test(this.#file.text.slice(key.origin.end, value.origin.start));
    return startsLine ? this.lineComment(key) : '';
  }

  /** The comment after the anchor or tag of a node. */
  lineCommentOfProperties(node: Node): string {
    if (!this.isOwn(node)) return '';
    const before = this.#file.text.slice(Math.max(0, node.origin.start - 1000), node.origin.start);
    const lines = before.split('\n');
    if (lines.pop()?.trim() !== '') return '';
    // Only comments and empty lines may be between the two.
    const line = lines.findLast((each) => !/^[ \t]*(?:#.*)?$/.test(each)) ?? '';
    const comment = /[ \t][&!]\S*[ \t]+(#.*)/.exec(line)?.[1];
    return comment === undefined ? '' : ` ${comment}`;
  }

  #commentAt(offset: number, pattern: RegExp): string {
    const comment = pattern.exec(this.#file.text.slice(offset, offset + 1000))?.[1];
    return comment === undefined ? '' : ` ${comment}`;
  }
}

/** Whether a map or list is in flow style in its file. */
export function isInFlow({ origin }: Node): boolean {
  return origin.kind === 'source' && /[{[]/.test(origin.file.text[origin.start] ?? '');
}

/** Joins comment lines, each with its line break, with empty lines between groups and after those of an item. */
function join(lines: readonly LaidOut[]): string {
  return lines
    .map(({ pad, comment, isItem, group, column }, i) => {
      const next = lines[i + 1];
      const isLastOfItem = isItem && next?.column !== column;
      const isLastOfGroup = next !== undefined && next.group !== group && next.pad === pad;
      return `${pad}${comment.text}\n${isLastOfItem || isLastOfGroup ? '\n' : ''}`;
    })
    .join('');
}
