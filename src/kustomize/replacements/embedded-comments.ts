import type { Comment } from '../../source/comment.ts';
import type { Node } from '../../source/node.ts';
import type { SourceOrigin } from '../../source/origin.ts';
import type { SourceFile } from '../../source/source-file.ts';

/** The comments of a text that is printed anew, each where go-yaml v3 leaves it. */
export class EmbeddedComments {
  readonly #file: SourceFile;
  /** Those that have a line to themselves, by its number. */
  readonly #alone = new Map<number, { readonly column: number; readonly text: string }>();
  /** How far what started in a column is indented now: a comment in that column belongs to it. */
  readonly #pads = new Map<number, string>();

  constructor(file: SourceFile, comments: readonly Comment[]) {
    this.#file = file;
    for (const { at, alone } of comments) {
      const { line, column } = file.position(at.start);
      if (alone) this.#alone.set(line, { column, text: file.text.slice(at.start, at.end).trimEnd() });
    }
  }

  /** Whether a node was in the text before. */
  isOwn(node: Node): node is Node & { origin: SourceOrigin } {
    return node.origin.kind === 'source' && node.origin.file === this.#file;
  }

  /** Notes where an entry is printed. */
  note(key: Node, pad: string): void {
    if (this.isOwn(key)) this.#pads.set(this.#file.position(key.origin.start).column, pad);
  }

  /**
   * The comment lines above the line of a node, each ended, at a new indentation. An empty line behind those that
   * follow the last value directly, or start the text, stays.
   */
  above(node: Node, pad: string): string {
    if (!this.isOwn(node)) return '';
    const { line, column } = this.#file.position(node.origin.start);
    const runs = this.#runsBefore(line);
    const lines = runs.flat().map((number) => {
      const comment = this.#alone.get(number);
      const own = comment && comment.column > column ? this.#pads.get(comment.column) : undefined;
      return `${own ?? pad}${comment?.text ?? ''}\n`;
    });
    const [first] = runs;
    if (first !== undefined && this.#isApart(first, line) && lines[first.length - 1]?.startsWith(`${pad}#`)) {
      lines.splice(first.length, 0, '\n');
    }
    for (const deeper of [...this.#pads.keys()].filter((other) => other >= column)) this.#pads.delete(deeper);
    return lines.join('');
  }

  /** The comment behind a value or key on its line, with the space before it. */
  behind(node: Node): string {
    if (!this.isOwn(node)) return '';
    const { start, end } = node.origin;
    const isBlock = node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
    const rest = this.#file.text.slice(isBlock ? start : end, end + 1000);
    const comment = /^(?::|[|>]\S*)?[ \t]+(#.*)/.exec(rest)?.[1];
    return comment === undefined ? '' : ` ${comment.trimEnd()}`;
  }

  /** The comment lines at the end of the text; an empty line before them stays. */
  foot(): string {
    const lines = this.#file.text.trimEnd().split('\n');
    const runs = this.#runsBefore(lines.length + 1);
    const texts = runs.map((run) => run.map((number) => this.#alone.get(number)?.text ?? '').join('\n'));
    const [first = 1] = runs[0] ?? [];
    return (this.#isEmpty(first - 1) ? '\n' : '') + texts.join('\n\n');
  }

  /** Whether comments follow what is before them directly, and not what is behind them, the line with this number. */
  #isApart(run: readonly number[], next: number): boolean {
    const [first = next] = run;
    return first + run.length < next && !this.#isEmpty(first - 1);
  }

  /** The numbers of the comment lines right before a line, in runs with empty lines between them. */
  #runsBefore(line: number): number[][] {
    const runs: number[][] = [];
    for (let above = line - 1; above > 0; above--) {
      if (this.#alone.has(above)) {
        const [first] = runs;
        if (first?.[0] === above + 1) first.unshift(above);
        else runs.unshift([above]);
      } else if (!this.#isEmpty(above)) break;
    }
    return runs;
  }

  /** Whether a line of the text is empty. */
  #isEmpty(line: number): boolean {
    return line > 0 && this.#file.line(line).trim() === '';
  }
}
