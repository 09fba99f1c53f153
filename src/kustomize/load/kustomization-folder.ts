import { posix } from 'node:path';
import { isGitIgnored } from '../../source/files/git-ignore.ts';
import { isWithin } from '../../source/files/path.ts';
import { platformPaths } from '../../source/files/platform-paths.ts';
import { isReadFailure, type ReadFailure, type SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { editDistance } from '../../text/edit-distance.ts';
import { BuildError } from '../problem.ts';
import type { KustomizationFiles } from './kustomization-files.ts';
import {
  absolutePath,
  backslashedPath,
  circularPath,
  gitIgnoredFile,
  missingInCache,
  missingPath,
  outOfClone,
  outOfRepository,
  restrictedFile,
  uncommittedFile,
} from './path-errors.ts';
import { isRemoteFile, parseRepository, type RemoteRepository } from './remote.ts';
import type { RemoteCache } from './remote-cache.ts';

/** Whether a kustomization may read files outside of its folder; `root-only` is the command's default. */
export type LoadRestrictor = 'root-only' | 'none';

/** What all folders of one build share. */
export interface FolderAccess {
  readonly sources: SourceCache;
  readonly loadRestrictor: LoadRestrictor;
  /** Whether only files that are committed are there when the cluster's own tool builds this. */
  readonly fromGit: boolean;
  /** What the user fetched beforehand; without it, remote resources are left out. */
  readonly remoteCache: RemoteCache | undefined;
  /** Called for each read of a file. */
  noteRead(file: SourceFile): void;
}

/** The clone of a repository that contains a folder. */
interface Clone {
  /** Absolute path, with symbolic links resolved. */
  readonly directory: string;
  /** The entry that names the repository and the folder in it. */
  readonly listedAs: string;
}

/**
 * The folder of one kustomization, through which it reads all its files and opens other kustomizations. Paths are
 * relative to it, the load restrictor applies, and cycles are refused. Remote resources come only from the user's cache.
 * Follows kustomize's `FileLoader`.
 */
export class KustomizationFolder implements KustomizationFiles {
  /** Absolute path with symbolic links resolved. */
  readonly directory: string;
  /** The path as the including kustomization lists it; empty for the built folder. */
  readonly listedAs: string;
  /** How many kustomizations are above this one, each including the next. */
  readonly depth: number;
  readonly #referrer: KustomizationFolder | undefined;
  readonly #access: FolderAccess;
  readonly #clone: Clone | undefined;

  private constructor(
    directory: string,
    listedAs: string,
    referrer: KustomizationFolder | undefined,
    access: FolderAccess,
    clone: Clone | undefined = referrer === undefined ? undefined : referrer.#clone,
  ) {
    this.directory = directory;
    this.listedAs = listedAs;
    this.depth = referrer === undefined ? 0 : referrer.depth + 1;
    this.#referrer = referrer;
    this.#access = access;
    this.#clone = clone;
  }

  /** The folder that a build starts at; undefined if there is no such folder. */
  static root(directory: string, access: FolderAccess): KustomizationFolder | undefined {
    const real = realDirectory(directory, access);
    return real === undefined ? undefined : new KustomizationFolder(real, '', undefined, access);
  }

  /**
   * Opens the folder of a base or component. Throws a BuildError if the path is absent, a file, absolute, or contains a
   * folder that is being built, and LeftOut if it is in a repository that the cache lacks.
   */
  open(path: string, listedAt: Span): KustomizationFolder {
    if (path === '') throw new BuildError('an empty entry names nothing; remove it', listedAt);
    const repository = parseRepository(path);
    if (repository !== undefined) return this.#openRepository(path, repository, listedAt);
    if (posix.isAbsolute(path)) throw absolutePath(path, listedAt);
    const joined = posix.join(this.directory, path);
    const real = realDirectory(joined, this.#access);
    if (real === undefined) throw this.#notThere(path, joined, listedAt, 'folder');
    if (this.#clone !== undefined && !isWithin(real, this.#clone.directory)) {
      throw outOfClone(path, this.#clone.listedAs, listedAt);
    }
    if (this.isWithin(real)) throw circularPath(path, real, this.directory, listedAt);
    return new KustomizationFolder(real, path, this, this.#access);
  }

  /**
   * Opens a folder of a repository. kustomize clones each repository again, always restricts what its kustomizations
   * read, and refuses cycles.
   */
  #openRepository(listedAs: string, repository: RemoteRepository, listedAt: Span): KustomizationFolder {
    for (let from: KustomizationFolder | undefined = this; from !== undefined; from = from.#referrer) {
      if (!from.#clone?.listedAs.startsWith(listedAs)) continue;
      throw new BuildError(`the repository \`${listedAs}\` includes itself; remove this entry`, listedAt);
    }
    const cached = this.#access.remoteCache?.findClone(repository);
    if (cached?.found === undefined) throw missingInCache(listedAs, cached, listedAt);
    const directory = realDirectory(posix.join(cached.found, repository.path), this.#access);
    if (directory === undefined || !isWithin(directory, cached.found)) {
      throw new BuildError(
        `the clone \`${platformPaths.leave(cached.expected)}\` has no folder \`${repository.path}\`; correct the path, or fetch the clone again`,
        listedAt,
      );
    }
    const access: FolderAccess = { ...this.#access, loadRestrictor: 'root-only' };
    return new KustomizationFolder(directory, listedAs, this, access, { directory: cached.found, listedAs });
  }

  get isCloned(): boolean {
    return this.#clone !== undefined;
  }

  /**
   * Whether a directory contains this folder or one that includes it. Including that directory from here would be a
   * cycle.
   */
  isWithin(directory: string): boolean {
    let visited: KustomizationFolder | undefined = this;
    // kustomize clones into a new folder each time, even the same repository.
    while (visited !== undefined && (visited.#clone !== this.#clone || !isWithin(visited.directory, directory))) {
      visited = visited.#referrer;
    }
    return visited !== undefined;
  }

  /** Whether a path leads to a folder. */
  isDirectory(path: string): boolean {
    return this.#stat(path) === 'directory';
  }

  /** A file in this folder whose name is probably a typo of another: in other case, or up to three letters off. */
  findFileLike(wanted: string): string | undefined {
    const names = this.#access.sources.fileSystem.listDirectory(this.directory);
    return names.find((name) => editDistance(name.toLowerCase(), wanted) <= 3 && this.hasFile(name));
  }

  findWayOut(folder: string): string | undefined {
    const { fileSystem } = this.#access.sources;
    const waiting = [this.#absolute(folder)];
    const seen = new Set<string | undefined>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (fileSystem.isOutside?.(path)) return path;
      const real = fileSystem.realPath(path);
      // Symbolic links may form a cycle.
      if (seen.has(real)) continue;
      seen.add(real);
      for (const name of fileSystem.listDirectory(path)) waiting.push(posix.join(path, name));
    }
    return undefined;
  }

  /** Whether a path leads to a file that this kustomization may read. */
  hasFile(path: string): boolean {
    if (isRemoteFile(path)) return this.#access.remoteCache?.findFile(path).found !== undefined;
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
    return posix.isAbsolute(path) ? path : posix.join(this.directory, path).replace(/(?<=.)\/$/, '');
  }

  /** The absolute path of a file that may be read. Throws an AbsentFile if the load restrictor forbids it. */
  #permitted(path: string, listedAt: Span): string {
    if (isRemoteFile(path)) return this.#cachedFile(path, listedAt);
    const absolute = this.#absolute(path);
    if (this.#access.loadRestrictor === 'none') return absolute;
    const real = this.#access.sources.fileSystem.realPath(absolute);
    if (real === undefined) throw this.#notThere(path, absolute, listedAt, 'file');
    if (!isWithin(posix.dirname(real), this.directory)) throw restrictedFile(path, listedAt);
    return real;
  }

  #cachedFile(url: string, listedAt: Span): string {
    const cached = this.#access.remoteCache?.findFile(url);
    if (cached?.found === undefined) throw missingInCache(url, cached, listedAt);
    return cached.found;
  }

  #unreadable(path: string, absolute: string, failure: ReadFailure, listedAt: Span): BuildError {
    if (failure.code === 'missing') return this.#notThere(path, absolute, listedAt, 'file');
    if (failure.code === 'outside') return outOfRepository(path, listedAt);
    return new BuildError(`cannot read \`${path}\`: ${failure.message}`, listedAt);
  }

  #notThere(path: string, absolute: string, listedAt: Span, wanted: 'file' | 'folder'): BuildError {
    if (posix.isAbsolute(path)) return absolutePath(path, listedAt);
    const { fileSystem } = this.#access.sources;
    if (fileSystem.isOutside?.(absolute)) return outOfRepository(path, listedAt);
    if (wanted === 'folder' && fileSystem.stat(absolute) !== undefined) {
      return new BuildError(`\`${path}\` is a file, but a folder with a kustomization file is wanted here`, listedAt);
    }
    const slashed = path.replaceAll('\\', '/');
    if (slashed !== path && this.#stat(slashed) !== undefined) return backslashedPath(path, slashed, listedAt);
    // In a folder that Git ignores as a whole, the pattern says nothing about the file.
    const isIgnored = (each: string) => isGitIgnored(each, this.#access.sources);
    if (wanted === 'file' && isIgnored(absolute) && !isIgnored(listedAt.file.path)) {
      return this.#access.fromGit ? uncommittedFile(path, listedAt) : gitIgnoredFile(path, listedAt);
    }
    const names = fileSystem.listDirectory(posix.dirname(absolute));
    return missingPath(path, absolute, { names, moved: this.#findOneFolderOff(path, wanted) }, listedAt);
  }

  /** A path that exists with one `../` more or less than was written; undefined if neither does. */
  #findOneFolderOff(path: string, wanted: 'file' | 'folder'): string | undefined {
    const isFolder = (candidate: string): boolean =>
      this.#stat(candidate) === 'directory' && !isWithin(this.directory, this.#absolute(candidate));
    // Entries of `resources` are read as files first.
    const mayBeFolder = wanted === 'folder' || posix.extname(path) === '';
    return [`../${path}`, path.replace(/^(\.\/)?\.\.\//, '')].find(
      (candidate) =>
        candidate !== path && ((wanted === 'file' && this.hasFile(candidate)) || (mayBeFolder && isFolder(candidate))),
    );
  }
}

function realDirectory(path: string, access: FolderAccess): string | undefined {
  const real = access.sources.fileSystem.realPath(path);
  return real !== undefined && access.sources.fileSystem.stat(real)?.kind === 'directory' ? real : undefined;
}
