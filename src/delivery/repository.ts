import { posix } from 'node:path';
import type { Sources } from '../source/files/note-reads.ts';
import { isWithin } from '../source/files/path.ts';
import type { MapNode, Node } from '../source/node.ts';
import { isReadFailure } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';

/**
 * Limits for the references that pipelines follow, and for the characters of their scripts; no real pipeline reaches
 * them.
 */
const followLimit = 1_000;
const scriptLimit = 5_000_000;

/** A file of a pipeline that could not be read. */
export interface UnreadFile {
  /** Absolute path. */
  readonly path: string;
  /** A clause that follows the path: `could not be read (line 4: …)`. */
  readonly why: string;
}

/** The files of one repository. Anything outside, also through a link, is treated as missing. */
export class Repository {
  /** Absolute path of the folder that holds `.git`. */
  readonly top: string;
  readonly #sources: Sources;
  readonly #unread = new Map<string, UnreadFile>();
  #followed = 0;
  #scripts = 0;
  readonly #realTop: string;

  constructor(top: string, sources: Sources) {
    this.top = top;
    this.#sources = sources;
    this.#realTop = sources.fileSystem.realPath(top) ?? top;
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const kind = this.#holds(path) ? this.#sources.fileSystem.stat(path)?.kind : undefined;
    return kind === 'other' ? undefined : kind;
  }

  /** The names in a folder, sorted. */
  list(folder: string): readonly string[] {
    return this.#holds(folder) ? this.#sources.fileSystem.listDirectory(folder) : [];
  }

  /** A file; undefined if it is missing or cannot be read. */
  read(path: string): SourceFile | undefined {
    if (this.kindOf(path) !== 'file') return undefined;
    const file = this.#sources.read(path);
    return isReadFailure(file) ? undefined : file;
  }

  /** The first document of a file that a pipeline consists of, if it is a map. Notes a file that cannot be read. */
  readPipeline(path: string): { readonly file: SourceFile; readonly node: MapNode } | undefined {
    if (this.kindOf(path) !== 'file') return undefined;
    const file = this.#sources.read(path);
    if (isReadFailure(file)) return this.#noteUnread(path, file.message);
    const { documents, problems } = this.#sources.parseFirst(file);
    const [problem] = problems;
    if (problem !== undefined) {
      return this.#noteUnread(path, `line ${file.position(problem.at.start).line}: ${problem.message}`);
    }
    const node = documents[0]?.root;
    return node?.kind === 'map' ? { file, node } : undefined;
  }

  /** The files of pipelines that could not be read so far. */
  get unread(): readonly UnreadFile[] {
    return [...this.#unread.values()];
  }

  #noteUnread(path: string, reason: string): undefined {
    this.#unread.set(path, { path, why: `could not be read, so what it runs was not checked (${reason})` });
  }

  /** All documents of a YAML file. */
  readDocuments(file: SourceFile): Node[] {
    return this.#sources.parse(file).documents.flatMap(({ root }) => root ?? []);
  }

  /** The path relative to the top, for messages. */
  name(path: string): string {
    return posix.relative(this.top, path);
  }

  /**
   * Whether to follow one more reference from one part of a pipeline to another. Counts the references, which may
   * multiply.
   */
  mayFollow(): boolean {
    return this.#followed++ < followLimit;
  }

  /** Whether to read one more script. Counts the characters, since references may put one text into many jobs. */
  mayRead(script: string): boolean {
    this.#scripts += script.length;
    return this.#scripts < scriptLimit;
  }

  #holds(path: string): boolean {
    if (!isWithin(path, this.top)) return false;
    const real = this.#sources.fileSystem.realPath(path);
    return real !== undefined && isWithin(real, this.#realTop);
  }
}
