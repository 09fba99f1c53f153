import { now } from './clock.ts';
import { decode } from './decode.ts';
import type { FileSystem } from './file-system.ts';
import { nodeFileSystem } from './file-system.ts';
import { readYaml, type YamlStream } from './read.ts';
import { FileAnswers, rememberAnswers } from './remembering-file-system.ts';
import { SourceFile } from './source-file.ts';

/** Why a file's text could not be had, with a sentence for people. */
export interface ReadFailure {
  readonly code: 'missing' | 'outside' | 'directory' | 'unreadable' | 'too-large' | 'binary' | 'not-utf8';
  readonly message: string;
}

/** Bounds on what is read, against files that nobody means to be built. */
export interface SourceLimits {
  /** The largest file that is read, in bytes. */
  readonly fileSize: number;
  /** How long everything that is read may take to build and to judge. */
  readonly time?: TimeLimit;
  /** The folder that counts as the repository of what lies in it and in no Git repository. */
  readonly repository?: string;
}

/** How long a run may take. */
export interface TimeLimit {
  readonly seconds: number;
  /** The end, as `now()` tells the time. */
  readonly end: number;
}

/** Whether the time of a run is over. */
export function isOver(time: TimeLimit | undefined): boolean {
  return time !== undefined && now() >= time.end;
}

export const defaultSourceLimits: SourceLimits = { fileSize: 10 * 1024 * 1024 };

/**
 * Reads, decodes and parses each file once in a run, however many roots use it. What it hands out is shared:
 * whoever changes a node of a parsed file clones it first.
 */
export class SourceCache {
  readonly fileSystem: FileSystem;
  readonly limits: SourceLimits;
  /** What the file system has said so far. */
  readonly answers: FileAnswers;
  readonly #bytes = new Map<string, Uint8Array | ReadFailure>();
  readonly #files = new Map<string, SourceFile | ReadFailure>();
  #streams = new WeakMap<SourceFile, YamlStream>();
  #firstDocuments = new WeakMap<SourceFile, YamlStream>();

  /** @param answers of an earlier run, where they hold still */
  constructor(
    fileSystem: FileSystem = nodeFileSystem,
    limits: SourceLimits = defaultSourceLimits,
    answers = new FileAnswers(),
  ) {
    this.answers = answers;
    this.fileSystem = rememberAnswers(fileSystem, answers);
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

  /** A file's text as YAML documents, with whatever the reader found wrong in it. */
  parse(file: SourceFile): YamlStream {
    let stream = this.#streams.get(file);
    if (stream === undefined) {
      stream = readYaml(file);
      this.#streams.set(file, stream);
    }
    return stream;
  }

  /** Only the first document of a file, read as kustomize reads its own files: what follows may be anything. */
  parseFirst(file: SourceFile): YamlStream {
    let stream = this.#firstDocuments.get(file);
    if (stream === undefined) {
      stream = readYaml(file, { firstDocumentOnly: true });
      this.#firstDocuments.set(file, stream);
    }
    return stream;
  }

  /** Puts a text in the place of a file: an editor's unsaved buffer. Call it before the file is first read. */
  provide(file: SourceFile): void {
    this.#files.set(file.path, file);
    this.#bytes.set(file.path, new TextEncoder().encode(file.text));
  }

  /** Takes over the files that an earlier cache has read, with what they were parsed to, but for those that have changed. */
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

  /** Whether a file was asked for and is there, be it one that could not be read. */
  isKnown(path: string): boolean {
    const bytes = this.#bytes.get(path);
    return bytes instanceof Uint8Array || bytes?.code === 'too-large' || bytes?.code === 'unreadable';
  }

  /** Whether a file was asked for that is there and is no text. */
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

/** Tells a failure from what was read. */
export function isReadFailure(result: SourceFile | Uint8Array | ReadFailure): result is ReadFailure {
  return !(result instanceof SourceFile) && !(result instanceof Uint8Array);
}
