import { now } from './clock.ts';
import { cacheFileSystem, FileSystemCache } from './files/caching-file-system.ts';
import { decode } from './files/decode.ts';
import { type FileSystem, nodeFileSystem } from './files/file-system.ts';
import { readYaml, type YamlStream } from './read.ts';
import { SourceFile } from './source-file.ts';

/** Why a file could not be read. The message is a clause about the file: `it is a folder`. */
export interface ReadFailure {
  readonly code: 'missing' | 'outside' | 'directory' | 'unreadable' | 'too-large' | 'binary' | 'not-utf8';
  readonly message: string;
}

/** Limits on what a run reads, and for how long. */
export interface SourceLimits {
  /** The largest file that is read, in bytes. */
  readonly fileSize: number;
  /** How long building and linting may take. */
  readonly time?: TimeLimit;
  /** The folder that is the repository of the files in it that are in no Git repository. */
  readonly repository?: string;
}

/** How long a run may take. */
export interface TimeLimit {
  readonly seconds: number;
  /** The time at which the run is out of time, by `now()`. */
  readonly end: number;
}

/** Whether a run is out of time. */
export function isOver(time: TimeLimit | undefined): boolean {
  return time !== undefined && now() >= time.end;
}

export const defaultSourceLimits: SourceLimits = { fileSize: 10 * 1024 * 1024 };

/**
 * Reads, decodes and parses each file once per run, however many roots use it. Results are shared, so callers must clone
 * nodes before changing them.
 */
export class SourceCache {
  readonly fileSystem: FileSystem;
  readonly limits: SourceLimits;
  /** The cached results of file system calls. */
  readonly fileSystemCache: FileSystemCache;
  readonly #bytes = new Map<string, Uint8Array | ReadFailure>();
  readonly #provided = new Set<string>();
  readonly #files = new Map<string, SourceFile | ReadFailure>();
  #streams = new WeakMap<SourceFile, YamlStream>();
  #firstDocuments = new WeakMap<SourceFile, YamlStream>();

  /** @param cache results of an earlier run that are still valid */
  constructor(
    fileSystem: FileSystem = nodeFileSystem,
    limits: SourceLimits = defaultSourceLimits,
    cache = new FileSystemCache(),
  ) {
    this.fileSystemCache = cache;
    this.fileSystem = cacheFileSystem(fileSystem, cache);
    this.limits = limits;
  }

  /** The bytes of a file at an absolute path. */
  readBytes(path: string): Uint8Array | ReadFailure {
    let bytes = this.#bytes.get(path);
    if (bytes === undefined) {
      bytes = this.#readBytes(path);
      this.#bytes.set(path, bytes);
    }
    return bytes;
  }

  /** The text of a file at an absolute path. */
  read(path: string): SourceFile | ReadFailure {
    let file = this.#files.get(path);
    if (file === undefined) {
      const bytes = this.readBytes(path);
      file = bytes instanceof Uint8Array ? decode(path, bytes) : bytes;
      this.#files.set(path, file);
    }
    return file;
  }

  /** A file's YAML documents, and the problem that the reader found. */
  parse(file: SourceFile): YamlStream {
    let stream = this.#streams.get(file);
    if (stream === undefined) {
      stream = readYaml(file);
      this.#streams.set(file, stream);
    }
    return stream;
  }

  /** The first document of a file, read as kustomize reads its own files: anything may follow. */
  parseFirst(file: SourceFile): YamlStream {
    let stream = this.#firstDocuments.get(file);
    if (stream === undefined) {
      stream = readYaml(file, { firstDocumentOnly: true });
      this.#firstDocuments.set(file, stream);
    }
    return stream;
  }

  /** Provides the text of a file, such as an editor's unsaved buffer. Must be called before the file is read. */
  provide(file: SourceFile): void {
    this.#files.set(file.path, file);
    this.#bytes.set(file.path, new TextEncoder().encode(file.text));
    this.#provided.add(file.path);
  }

  /** Whether the text of a file was provided. */
  isProvided(path: string): boolean {
    return this.#provided.has(path);
  }

  /** Reuses the unchanged files that an earlier cache has read, and their parsed documents. */
  takeOver(earlier: SourceCache, changed: ReadonlySet<string>): void {
    this.#streams = earlier.#streams;
    this.#firstDocuments = earlier.#firstDocuments;
    for (const [path, file] of earlier.#files) {
      const bytes = earlier.#bytes.get(path);
      if (isReadFailure(file) || bytes === undefined || changed.has(path)) continue;
      this.#files.set(path, file);
      this.#bytes.set(path, bytes);
    }
  }

  /** Whether a file was requested and exists, even if it could not be read. */
  isKnown(path: string): boolean {
    const bytes = this.#bytes.get(path);
    return bytes instanceof Uint8Array || bytes?.code === 'too-large' || bytes?.code === 'unreadable';
  }

  /** Whether a file was requested and exists, but is not text. */
  isNoText(path: string): boolean {
    const file = this.#files.get(path);
    return this.isKnown(path) && (file === undefined || isReadFailure(file));
  }

  #readBytes(path: string): Uint8Array | ReadFailure {
    if (this.fileSystem.isOutside?.(path)) return { code: 'outside', message: 'it is outside of the repository' };
    const stat = this.fileSystem.stat(path);
    if (stat === undefined) return { code: 'missing', message: 'there is no such file' };
    if (stat.kind === 'directory') return { code: 'directory', message: 'it is a folder' };
    if (stat.kind === 'other') return { code: 'unreadable', message: 'it is not a regular file' };
    if (stat.size > this.limits.fileSize) {
      const allowed = `${Math.floor(this.limits.fileSize / 1024 / 1024)} MiB`;
      return { code: 'too-large', message: `it is larger than ${allowed} (${stat.size} bytes)` };
    }
    try {
      return this.fileSystem.readFile(path);
    } catch (error) {
      return { code: 'unreadable', message: `it cannot be read (${error instanceof Error ? error.message : error})` };
    }
  }
}

/** Whether a result is a failure. */
export function isReadFailure(result: SourceFile | Uint8Array | ReadFailure): result is ReadFailure {
  return !(result instanceof SourceFile) && !(result instanceof Uint8Array);
}
