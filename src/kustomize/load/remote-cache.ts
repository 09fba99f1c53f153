import { posix } from 'node:path';
import type { FileSystem } from '../../source/files/file-system.ts';
import { isWithin } from '../../source/files/path.ts';
import type { RemoteRepository } from './remote.ts';

/** The path of something in the cache, whether it exists or not. */
export interface CachedPath {
  /** Absolute path at which the cache should have it. */
  readonly expected: string;
  /** The same with symbolic links resolved; undefined if no such file or folder exists. */
  readonly found: string | undefined;
}

/**
 * A folder that the user filled with what kustomize would fetch: clones of repositories in
 * `<host>/<owner>/<repo>[@<ref>]`, and files in `<host>/<path>`, where `git clone` and `wget -x` put them. Neither `..`
 * nor a symbolic link leads out of it.
 */
export class RemoteCache {
  readonly #directory: string;
  readonly #fileSystem: FileSystem;

  /** @param directory absolute path */
  constructor(directory: string, fileSystem: FileSystem) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
  }

  /** The folder that a repository was cloned to. */
  findClone({ url, ref }: RemoteRepository): CachedPath {
    const location = locateUrl(url).replace(/\.git$/, '');
    return this.#find(ref === '' ? location : `${location}@${ref}`, 'directory');
  }

  /** A file fetched by HTTP, named by its URL without query and fragment. */
  findFile(url: string): CachedPath {
    return this.#find(locateUrl(url.replace(/[?#].*/s, '')), 'file');
  }

  #find(location: string, kind: 'directory' | 'file'): CachedPath {
    const expected = posix.join(this.#directory, location);
    const top = this.#fileSystem.realPath(this.#directory);
    const found = this.#fileSystem.realPath(expected);
    const isThere =
      found !== undefined &&
      top !== undefined &&
      isWithin(expected, this.#directory) &&
      isWithin(found, top) &&
      this.#fileSystem.stat(found)?.kind === kind;
    return { expected, found: isThere ? found : undefined };
  }
}

/**
 * `host/path` of a URL or of `user@host:path`, without scheme, user and port; the host of a `file:` URL is `localhost`.
 */
function locateUrl(url: string): string {
  const [, scheme = '', host = '', path = ''] =
    /^(\w+:\/\/)?(?:[^@/]*@)?([^/:]*)(?::\d+(?=\/))?[/:]?(.*)/s.exec(url) ?? [];
  const name = scheme.toLowerCase() === 'file://' ? 'localhost' : host.toLowerCase();
  return posix.join(name, path);
}
