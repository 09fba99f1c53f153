import { posix } from 'node:path';
import type { MapNode, Node } from '../source/node.ts';
import type { Sources } from '../source/note-reads.ts';
import { isWithin } from '../source/path.ts';
import { isReadFailure } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';

/** More than the references of any pipeline that people have written, and than its scripts hold in characters. */
const followLimit = 1_000;
const scriptLimit = 5_000_000;

/** The files of one repository. What lies outside, also behind a link, is not there. */
export class Repository {
  /** Absolute path of the folder that holds `.git`. */
  readonly top: string;
  readonly #sources: Sources;
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

  /** A file's text; undefined where there is none, or it cannot be read. */
  read(path: string): SourceFile | undefined {
    if (this.kindOf(path) !== 'file') return undefined;
    const file = this.#sources.read(path);
    return isReadFailure(file) ? undefined : file;
  }

  /** The first document of a YAML file, where it is a map. */
  readMap(path: string): { readonly file: SourceFile; readonly node: MapNode } | undefined {
    const file = this.read(path);
    const node = file && this.#sources.parseFirst(file).documents[0]?.root;
    return file !== undefined && node?.kind === 'map' ? { file, node } : undefined;
  }

  /** All documents of a YAML file. */
  readDocuments(file: SourceFile): Node[] {
    return this.#sources.parse(file).documents.flatMap(({ root }) => root ?? []);
  }

  /** The path from the top, for people. */
  name(path: string): string {
    return posix.relative(this.top, path);
  }

  /** Whether one more reference of a pipeline to another part of it is followed: they may lead to each other many times. */
  mayFollow(): boolean {
    return this.#followed++ < followLimit;
  }

  /** Whether one more script is read; by references one text may stand in many jobs. */
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
