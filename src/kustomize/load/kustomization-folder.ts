import { isAbsolute, posix } from 'node:path';
import { isReadFailure, type ReadFailure, type SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { KustomizationFiles } from '../build-context.ts';
import { BuildError } from '../problem.ts';
import { findNearest } from './find-nearest.ts';

/** Whether a kustomization may read files outside of its folder: `root-only` is what the command does by itself. */
export type LoadRestrictor = 'root-only' | 'none';

/** What all the folders of one build share. */
export interface FolderAccess {
  readonly sources: SourceCache;
  readonly loadRestrictor: LoadRestrictor;
  /** Told of every file that was read, once or more. */
  noteRead(file: SourceFile): void;
}

/**
 * The folder of one kustomization, through which it reads everything: relative to it, under the load restrictor,
 * and never going round in a circle of kustomizations.
 */
export class KustomizationFolder implements KustomizationFiles {
  /** Absolute path with symbolic links resolved. */
  readonly directory: string;
  /** The path as it is listed where the folder is named; empty for the folder that the build started at. */
  readonly listedAs: string;
  /** How many kustomizations include this one, each the next. */
  readonly depth: number;
  readonly #referrer: KustomizationFolder | undefined;
  readonly #access: FolderAccess;

  private constructor(
    directory: string,
    listedAs: string,
    referrer: KustomizationFolder | undefined,
    access: FolderAccess,
  ) {
    this.directory = directory;
    this.listedAs = listedAs;
    this.depth = referrer === undefined ? 0 : referrer.depth + 1;
    this.#referrer = referrer;
    this.#access = access;
  }

  /** The folder that a build starts at; undefined where there is no such folder. */
  static root(directory: string, access: FolderAccess): KustomizationFolder | undefined {
    const real = realDirectory(directory, access);
    return real === undefined ? undefined : new KustomizationFolder(real, '', undefined, access);
  }

  /** The folder of a base or component. Throws where it is absent, a file, absolute, or contains this one. */
  open(path: string, listedAt: Span): KustomizationFolder {
    if (path === '') throw new BuildError('an empty entry names nothing; remove it', listedAt);
    if (isAbsolute(path)) {
      throw new BuildError(`the path \`${path}\` is absolute; write it relative to this file`, listedAt);
    }
    const joined = posix.join(this.directory, path);
    const real = realDirectory(joined, this.#access);
    if (real === undefined) throw this.#notThere(path, joined, listedAt, 'folder');
    for (let visited: KustomizationFolder | undefined = this; visited !== undefined; visited = visited.#referrer) {
      if (!isWithin(visited.directory, real)) continue;
      const what = real === this.directory ? 'is this folder itself' : 'contains a folder that is being built';
      throw new BuildError(`\`${path}\` ${what}, so the build would go round in a circle; remove it`, listedAt);
    }
    return new KustomizationFolder(real, path, this, this.#access);
  }

  /** Whether a path leads to a folder. */
  isDirectory(path: string): boolean {
    return this.#stat(path) === 'directory';
  }

  /** Whether a path leads to a file that this kustomization may read. */
  hasFile(path: string): boolean {
    if (this.#stat(path) !== 'file') return false;
    const real = this.#access.sources.fileSystem.realPath(this.#absolute(path));
    return (
      this.#access.loadRestrictor === 'none' || (real !== undefined && isWithin(posix.dirname(real), this.directory))
    );
  }

  readBytes(path: string, listedAt: Span): Uint8Array {
    const absolute = this.#permitted(path, listedAt);
    const bytes = this.#access.sources.readBytes(absolute);
    if (isReadFailure(bytes)) throw this.#unreadable(path, absolute, bytes, listedAt);
    const file = this.#access.sources.read(absolute);
    if (!isReadFailure(file)) this.#access.noteRead(file);
    return bytes;
  }

  readSource(path: string, listedAt: Span): SourceFile {
    const absolute = this.#permitted(path, listedAt);
    const file = this.#access.sources.read(absolute);
    if (isReadFailure(file)) throw this.#unreadable(path, absolute, file, listedAt);
    this.#access.noteRead(file);
    return file;
  }

  #stat(path: string): 'file' | 'directory' | 'other' | undefined {
    return this.#access.sources.fileSystem.stat(this.#absolute(path))?.kind;
  }

  #absolute(path: string): string {
    return isAbsolute(path) ? path : posix.join(this.directory, path).replace(/(.)\/+$/, '$1');
  }

  /** The absolute path of a file, after the load restrictor has had its say. */
  #permitted(path: string, listedAt: Span): string {
    const absolute = this.#absolute(path);
    if (this.#access.loadRestrictor === 'none') return absolute;
    const real = this.#access.sources.fileSystem.realPath(absolute);
    if (real === undefined) throw this.#notThere(path, absolute, listedAt, 'file');
    if (!isWithin(posix.dirname(real), this.directory)) {
      throw new BuildError(
        `\`${path}\` is outside of this kustomization's folder, where kustomize reads no files; move it here or make it ` +
          'a base, or build with `--load-restrictor LoadRestrictionsNone` as Flux does',
        listedAt,
      );
    }
    return real;
  }

  #unreadable(path: string, absolute: string, failure: ReadFailure, listedAt: Span): BuildError {
    if (failure.code === 'missing') return this.#notThere(path, absolute, listedAt, 'file');
    return new BuildError(`cannot read \`${path}\`: ${failure.message}`, listedAt);
  }

  #notThere(path: string, absolute: string, listedAt: Span, wanted: 'file' | 'folder'): BuildError {
    const stat = this.#access.sources.fileSystem.stat(absolute);
    if (stat !== undefined && wanted === 'folder') {
      return new BuildError(`\`${path}\` is a file, but a folder with a kustomization file is wanted here`, listedAt);
    }
    const names = this.#access.sources.fileSystem.listDirectory(posix.dirname(absolute));
    const nearest = findNearest(posix.basename(absolute), names);
    const advice =
      nearest === undefined
        ? 'create it or remove this entry'
        : `did you mean \`${posix.join(posix.dirname(path), nearest)}\`?`;
    return new BuildError(`\`${path}\` does not exist; ${advice}`, listedAt);
  }
}

function realDirectory(path: string, access: FolderAccess): string | undefined {
  const real = access.sources.fileSystem.realPath(path);
  return real !== undefined && access.sources.fileSystem.stat(real)?.kind === 'directory' ? real : undefined;
}

/** Whether a path is the folder or below it. */
function isWithin(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}
