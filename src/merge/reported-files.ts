import { posix } from 'node:path';
import { groupBy } from '../collections/group-by.ts';
import type { JsonLocation, JsonRange } from '../report/json-report.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { type Position, SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** The files that reports point to, read again if all reported locations still exist in them. */
export class ReportedFiles {
  readonly #directory: string;
  readonly #sources: SourceCache;
  readonly #locations: ReadonlyMap<string, readonly JsonLocation[]>;
  readonly #files = new Map<string, SourceFile>();
  readonly #lost = new Set<string>();

  /**
   * @param directory absolute path that the paths in the reports are relative to
   * @param locations all locations that will be looked up
   */
  constructor(directory: string, locations: readonly JsonLocation[], sources: SourceCache) {
    this.#directory = directory;
    this.#sources = sources;
    this.#locations = groupBy(locations, ({ path }) => [path]);
  }

  /** The files that are missing or have changed, with their paths in the reports. Their text cannot be shown. */
  get lost(): readonly string[] {
    return [...this.#lost].sort();
  }

  /** The absolute form of a path in a report. */
  resolve(path: string): string {
    return path.startsWith('<') ? path : posix.resolve(this.#directory, path);
  }

  spanOf({ path, startOffset, endOffset }: JsonRange): Span {
    return { file: this.#open(path), start: startOffset, end: endOffset };
  }

  #open(path: string): SourceFile {
    let file = this.#files.get(path);
    if (file === undefined) {
      const locations = this.#locations.get(path) ?? [];
      const read = path.startsWith('<') ? undefined : this.#sources.read(this.resolve(path));
      const isSame = read !== undefined && !isReadFailure(read) && locations.every((each) => isAt(read, each));
      if (!isSame && locations.length > 0) this.#lost.add(path);
      file = isSame ? read : new LostFile(this.resolve(path), locations);
      this.#files.set(path, file);
    }
    return file;
  }
}

function isAt(file: SourceFile, { startOffset, endOffset, line, column, endLine, endColumn }: JsonLocation): boolean {
  if (startOffset > endOffset || endOffset > file.text.length) return false;
  const start = file.position(startOffset);
  const end = file.position(endOffset);
  return start.line === line && start.column === column && end.line === endLine && end.column === endColumn;
}

/** A file without text, which only knows the lines and columns of the reported offsets. */
class LostFile extends SourceFile {
  readonly #positions: ReadonlyMap<number, Position>;

  constructor(path: string, locations: readonly JsonLocation[]) {
    super(path, '');
    this.#positions = new Map(
      locations.flatMap(({ startOffset, endOffset, line, column, endLine, endColumn }) => [
        [startOffset, { line, column }],
        [endOffset, { line: endLine, column: endColumn }],
      ]),
    );
  }

  override position(offset: number): Position {
    return this.#positions.get(offset) ?? super.position(offset);
  }
}
