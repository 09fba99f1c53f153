import type { Comment } from '../../source/comment.ts';
import type { Node } from '../../source/node.ts';
import type { SourceOrigin } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { WrittenForms } from '../../source/written-forms.ts';
import { type CommentGroup, CommentLines } from './comment-lines.ts';

/** Something that comments can belong to, by the column in which it starts. */
interface Level {
  readonly column: number;
  /** How far it is indented now. */
  readonly pad: string;
  /** It is an item of a list that was indented below its key: an empty line follows the comments behind it. */
  readonly isItem: boolean;
}

/** A comment line as it is printed. */
interface LaidOut extends Level {
  readonly text: string;
  readonly group: CommentGroup;
}

/** The comments of a text that is printed anew, each where go-yaml v3 leaves it. To be asked in the order of the text. */
export class EmbeddedComments {
  readonly #file: SourceFile;
  readonly #forms: WrittenForms;
  readonly #lines: CommentLines;
  /** What is open where the printer is, from the outside in. */
  #levels: Level[] = [];
  /** What stands above an item, to be printed in it. */
  #deferred: CommentGroup[] = [];

  constructor(file: SourceFile, comments: readonly Comment[], forms: WrittenForms) {
    this.#file = file;
    this.#forms = forms;
    this.#lines = new CommentLines(file, comments);
  }

  /** Whether a node was in the text before. */
  isOwn(node: Node): node is Node & { origin: SourceOrigin } {
    return node.origin.kind === 'source' && node.origin.file === this.#file;
  }

  /**
   * The comment lines above a key, each ended, at a new indentation; those that were further in, at that of what they
   * follow. An empty line between two groups stays, and so does one behind a group that follows a value directly.
   */
  aboveKey(key: Node, pad: string, isFirst: boolean): string {
    if (!this.isOwn(key)) return '';
    const above = this.#above(key.origin.start, pad, isFirst);
    this.#open({ column: this.#file.position(key.origin.start).column, pad, isItem: false });
    return above;
  }

  /**
   * The same above the dash of an item, with what stands between that and a single value. Above a map or list with an
   * anchor or tag it moves to the first thing in it.
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

  /** The same above what starts inside of braces or brackets, or above a single value below its key. */
  aboveValue(node: Node, pad: string): string {
    return this.isOwn(node) ? this.#above(node.origin.start, pad, true) : '';
  }

  /** The same above a closing brace or bracket. */
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

  /** What was deferred stands right above what follows. */
  #takeDeferred([next, ...others]: readonly CommentGroup[]): readonly CommentGroup[] {
    const deferred = this.#deferred;
    this.#deferred = [];
    if (next === undefined) return deferred;
    deferred.at(-1)?.lines.push(...next.lines);
    return deferred.length > 0 ? [...deferred, ...others] : [next, ...others];
  }

  /** Notes what starts in a column, and forgets what has ended before. */
  #open(level: Level): void {
    this.#levels = [...this.#levels.filter(({ column }) => column < level.column), level];
  }

  /** Gives each comment line what it belongs to: the first that is further in than what follows, to the innermost. */
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
        return { ...level, text: line.text, group };
      }),
    );
  }

  /**
   * The comment lines at the end of the document. An empty line before those of the top stays, and stands there in any
   * case where the text goes on behind the document.
   */
  foot(root: Node): string {
    const end = this.#lines.documentEnd(this.isOwn(root) ? root.origin.end : 0);
    const lines = this.#layOut(this.#lines.takeAbove(end.line), 1, '');
    const top = lines.findIndex((line) => line.column === 1);
    const inner = join(top < 0 ? lines : lines.slice(0, top));
    const outer = top < 0 ? end.behind.map((text) => `${text}\n`).join('') : join(lines.slice(top));
    const isApart = end.hasMarker || lines[top]?.group.isBelowBlank;
    if (outer === '') return inner === '' ? '' : `\n${inner.slice(0, -1)}`;
    return `\n${inner}${isApart && !inner.endsWith('\n\n') ? '\n' : ''}${outer}`;
  }

  /** The comment behind a value or key on its line, with the space before it. */
  behind(node: Node): string {
    if (!this.isOwn(node)) return '';
    const { start, end } = node.origin;
    const isBlock = node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
    return this.#commentAt(isBlock ? start : end, /^(?::|[|>]\S*)?[ \t]+(#.*)/);
  }

  /** The comment behind what stands in braces or brackets, or behind its comma. */
  behindInFlow(node: Node): string {
    return this.isOwn(node) ? this.#commentAt(node.origin.end, /^(?:[ \t]*,)?[ \t]+(#.*)/) : '';
  }

  /** The comment behind the key of a value that starts on a line further down. */
  behindKey(key: Node, value: Node): string {
    if (!this.isOwn(key) || !this.isOwn(value)) return '';
    const startsLine = /\n[ \t]*$/.test(this.#file.text.slice(key.origin.end, value.origin.start));
    return startsLine ? this.behind(key) : '';
  }

  /** The comment behind the anchor or tag in front of a node. */
  behindProperties(node: Node): string {
    if (!this.isOwn(node)) return '';
    const before = this.#file.text.slice(Math.max(0, node.origin.start - 1000), node.origin.start);
    const comment = /[ \t][&!]\S*[ \t]+(#.*)\n(?:[ \t]*(?:#.*)?\n)*[ \t]*$/.exec(before)?.[1];
    return comment === undefined ? '' : ` ${comment}`;
  }

  #commentAt(offset: number, pattern: RegExp): string {
    const comment = pattern.exec(this.#file.text.slice(offset, offset + 1000))?.[1];
    return comment === undefined ? '' : ` ${comment}`;
  }
}

/** Whether a map or list is written in braces or brackets, in the file that it is from. */
export function isInFlow({ origin }: Node): boolean {
  return origin.kind === 'source' && /[{[]/.test(origin.file.text[origin.start] ?? '');
}

/** Comment lines, each ended, with the empty lines between them, and behind those of an item. */
function join(lines: readonly LaidOut[]): string {
  return lines
    .map(({ pad, text, isItem, group, column }, i) => {
      const next = lines[i + 1];
      const isLastOfItem = isItem && next?.column !== column;
      const isLastOfGroup = next !== undefined && next.group !== group && next.pad === pad;
      return `${pad}${text}\n${isLastOfItem || isLastOfGroup ? '\n' : ''}`;
    })
    .join('');
}
