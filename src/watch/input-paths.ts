import { Buffer } from 'node:buffer';
import { posix } from 'node:path';
import { configNames } from '../config/find-config.ts';
import type { RunMemory } from '../earlier-run.ts';
import { confineFileSystem } from '../source/files/confined-file-system.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { foldersUpwards } from '../source/files/path.ts';
import { isReadFailure, SourceCache } from '../source/source-cache.ts';

/** Changes that may affect the result of the next run. */
export interface RelevantChanges {
  /** Changed files that earlier runs have read, under the names by which they were read. */
  readonly changed: ReadonlySet<string>;
  /** Whether files were added or removed, or the settings changed, so that any build may be affected. */
  readonly isStructural: boolean;
  /** All changed, added and removed files, for messages. */
  readonly files: readonly string[];
}

/** The paths that runs on the same trees have looked at. Changes of other paths cannot affect the next run. */
export class InputPaths {
  /** The folders of these paths; for a folder that does not exist, the nearest one above it. */
  readonly folders = new Set<string>();
  readonly #fileSystem: FileSystem;
  readonly #realPaths = new Map<string, string>();
  /** By real path, the paths that lead there through links. */
  readonly #links = new Map<string, Set<string>>();
  /** The folders above these paths, whether or not they exist. */
  readonly #above = new Set<string>();
  #memory: RunMemory | undefined;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Adds the paths of a run. A run that reuses results of an earlier one has looked at few paths itself. */
  add(memory: RunMemory): void {
    this.#memory = memory;
    const cache = memory.sources.fileSystemCache;
    const files = this.#files();
    for (const path of cache.queried) {
      if (cache.outside.get(path) === true) continue;
      if (cache.listings.has(path)) this.#addFolder(path, files);
      this.#addFolder(posix.dirname(path), files);
      for (const above of foldersUpwards(posix.dirname(path))) {
        if (this.#above.has(above)) break;
        this.#above.add(above);
      }
      this.#addLink(path, cache.realPaths.get(path) ?? files.realPath(path) ?? path, files);
    }
  }

  /** Whether a change at a path may affect the next run. */
  isRelevant(path: string): boolean {
    const cache = this.#memory?.sources.fileSystemCache;
    if (cache === undefined) return true;
    const { stats, realPaths, listings } = cache;
    if (stats.has(path) || realPaths.has(path) || listings.has(posix.dirname(path))) return true;
    return this.#links.has(path) || this.#above.has(path);
  }

  /** The paths in some folders that runs have looked at, and those that exist there now. */
  pathsIn(folders: ReadonlySet<string>): string[] {
    if (folders.size === 0) return [];
    const { stats, listings } = this.#memory?.sources.fileSystemCache ?? {};
    const files = this.#files();
    const queried = [...(stats?.keys() ?? [])].filter((path) => folders.has(posix.dirname(path)));
    const listed = [...folders].flatMap((folder) => {
      const before = listings?.get(folder);
      const names = before === undefined ? [] : [...before, ...files.listDirectory(folder)];
      return names.map((name) => posix.join(folder, name));
    });
    return [...new Set([...queried, ...listed])];
  }

  /** Selects from touched paths the changes that may affect the next run; undefined if there are none. */
  selectRelevant(touched: readonly string[]): RelevantChanges | undefined {
    const { sources } = this.#memory ?? {};
    const files = this.#files();
    const changed = new Set<string>();
    const others = new Set<string>();
    for (const path of touched) {
      for (const name of [path, ...(this.#links.get(path) ?? [])]) {
        if (this.#isAnother(name, files)) others.add(path);
        if (sources?.isKnown(name) && !this.#isSameContent(name, files)) changed.add(name);
      }
    }
    if (changed.size + others.size === 0) return undefined;
    const isSettings = (path: string) => configNames.includes(posix.basename(path));
    return {
      changed,
      isStructural: others.size > 0 || [...changed].some(isSettings),
      files: [...new Set([...changed, ...others])],
    };
  }

  /** The current files, confined to what the last run was allowed to read. */
  #files(): FileSystem {
    return confineFileSystem(this.#fileSystem, this.#memory?.boundary ?? ['/']);
  }

  #addLink(path: string, real: string, files: FileSystem): void {
    this.#realPaths.set(path, real);
    if (real === path) return;
    this.#links.set(real, (this.#links.get(real) ?? new Set()).add(path));
    this.#addFolder(posix.dirname(real), files);
  }

  /** Adds a folder or, if it does not exist, the nearest one above it. */
  #addFolder(folder: string, files: FileSystem): void {
    for (const path of foldersUpwards(folder)) {
      if (this.folders.has(path)) return;
      if (files.stat(path)?.kind === 'directory') {
        this.folders.add(path);
        return;
      }
      if (files.isOutside?.(path) === true) return;
    }
  }

  /** Whether something was added or removed at a path, or is of another kind or linked to another place. */
  #isAnother(path: string, files: FileSystem): boolean {
    const cache = this.#memory?.sources.fileSystemCache;
    if (cache === undefined) return isReadable(path) || files.stat(path)?.kind === 'directory';
    const { stats, listings } = cache;
    const kind = files.stat(path)?.kind;
    if (stats.has(path) && stats.get(path)?.kind !== kind) return true;
    const real = this.#realPaths.get(path);
    if (real !== undefined && real !== (files.realPath(path) ?? path)) return true;
    const listed = listings.get(posix.dirname(path));
    if (listed !== undefined && listed.includes(posix.basename(path)) !== (kind !== undefined)) return true;
    return !stats.has(path) && listed === undefined && this.#above.has(path);
  }

  /** Whether the content of a file is unchanged or, if it cannot be read, the reason for that. */
  #isSameContent(path: string, files: FileSystem): boolean {
    const sources = this.#memory?.sources;
    if (sources === undefined) return false;
    const before = sources.readBytes(path);
    const now = new SourceCache(files, sources.limits).readBytes(path);
    if (before instanceof Uint8Array && now instanceof Uint8Array) return Buffer.compare(before, now) === 0;
    return isReadFailure(before) && isReadFailure(now) && before.message === now.message;
  }
}

/** Whether a file could be an input at all. Without an earlier run to compare with, any such file may fix what was wrong. */
function isReadable(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path);
}
