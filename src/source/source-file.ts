/**
 * The text of one file, and the lines and columns of its offsets.
 *
 * Offsets everywhere in this project are UTF-16 code units into {@link text}, half-open, and count from 0.
 * A byte-order mark is not part of the text. Lines and columns appear only in reports.
 */
export class SourceFile {
  /**
   * Absolute path as in `platform-paths.ts`, such as `/C:/k8s/job.yaml` on Windows, which `toPlatformPath` of the
   * library turns into the platform's; or a name in angle brackets such as `<stdin>`.
   */
  readonly path: string;
  /** The whole text, decoded. */
  readonly text: string;
  /** How the file is encoded. Of one in UTF-16, kustomize reads the first document, and nothing writes to it here. */
  readonly encoding: 'utf-8' | 'utf-16';
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string, encoding: SourceFile['encoding'] = 'utf-8') {
    this.path = path;
    this.text = text;
    this.encoding = encoding;
  }

  /** Line and column of an offset, both from 1; the column counts UTF-16 code units (as SARIF's `utf16CodeUnits`). */
  position(offset: number): Position {
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  }

  /** The text of a line, counted from 1, without its line break; empty beyond the end. */
  line(number: number): string {
    const start = this.lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[number] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$|\r$/, '');
  }

  /** The offset at which each line starts. A line ends at `\n`, `\r\n` or a lone `\r`. */
  get lineStarts(): readonly number[] {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts;
  }
}

/** A position in a text as editors show it. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
