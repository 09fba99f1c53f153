import { Buffer } from 'node:buffer';
import { posix } from 'node:path';
import { configNames } from '../config/find-config.ts';
import type { RunMemory } from '../earlier-run.ts';
import { confineFileSystem } from '../source/confined-file-system.ts';
import type { FileSystem } from '../source/file-system.ts';
import { foldersUpwards } from '../source/path.ts';
import { isReadFailure, SourceCache } from '../source/source-cache.ts';

/** Changes that may make a result another one. */
export interface Bearing {
  /** Files that were read, under the names that they were read by. */
  readonly changed: ReadonlySet<string>;
  /** Whether files came or went, or the settings changed: any build may come out otherwise. */
  readonly isStructural: boolean;
  /** All of these, for people. */
  readonly files: readonly string[];
}

/** The paths that runs have asked about, one after the other on the same trees: nothing else can make the next result another. */
export class AskedPaths {
  /** The folders in which the paths stand, or would stand if there were such a file. */
  readonly folders = new Set<string>();
  readonly #fileSystem: FileSystem;
  /** Where the paths lead to, and the paths that lead to a place by links. */
  readonly #realPaths = new Map<string, string>();
  readonly #links = new Map<string, Set<string>>();
  /** The folders above the paths, whether or not these are there. */
  readonly #above = new Set<string>();
  #memory: RunMemory | undefined;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Adds what a run has asked for; one that has taken over what an earlier one knew has asked for little. */
  add(memory: RunMemory): void {
    this.#memory = memory;
    const { answers } = memory.sources;
    const files = this.#files();
    for (const path of answers.asked) {
      if (answers.outside.get(path) === true) continue;
      if (answers.listings.has(path)) this.#addFolder(path, files);
      this.#addFolder(posix.dirname(path), files);
      for (const above of foldersUpwards(posix.dirname(path))) {
        if (this.#above.has(above)) break;
        this.#above.add(above);
      }
      this.#addLink(path, answers.realPaths.get(path) ?? files.realPath(path) ?? path, files);
    }
  }

  /** Whether what comes, goes or changes at a path may bear on the next result. */
  concern(path: string): boolean {
    const { answers } = this.#memory?.sources ?? {};
    if (answers === undefined) return true;
    const { stats, realPaths, listings } = answers;
    if (stats.has(path) || realPaths.has(path) || listings.has(posix.dirname(path))) return true;
    return this.#links.has(path) || this.#above.has(path);
  }

  /** The paths in some folders that were asked about, and those that stand there now. */
  pathsIn(folders: ReadonlySet<string>): string[] {
    if (folders.size === 0) return [];
    const { stats, listings } = this.#memory?.sources.answers ?? {};
    const files = this.#files();
    const asked = [...(stats?.keys() ?? [])].filter((path) => folders.has(posix.dirname(path)));
    const listed = [...folders].flatMap((folder) => {
      const before = listings?.get(folder);
      const names = before === undefined ? [] : [...before, ...files.listDirectory(folder)];
      return names.map((name) => posix.join(folder, name));
    });
    return [...new Set([...asked, ...listed])];
  }

  /** What of these paths, at which something has come, gone or changed, bears on the next result; undefined for nothing. */
  selectBearing(touched: readonly string[]): Bearing | undefined {
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

  /** The files as the last run was allowed to see them, asked anew. */
  #files(): FileSystem {
    return confineFileSystem(this.#fileSystem, this.#memory?.boundary ?? ['/']);
  }

  #addLink(path: string, real: string, files: FileSystem): void {
    this.#realPaths.set(path, real);
    if (real === path) return;
    this.#links.set(real, (this.#links.get(real) ?? new Set()).add(path));
    this.#addFolder(posix.dirname(real), files);
  }

  /** Where there is no such folder, the one that it would come into. */
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

  /** Whether there is something at a path that was not, nothing where there was, or something else. */
  #isAnother(path: string, files: FileSystem): boolean {
    const { answers } = this.#memory?.sources ?? {};
    if (answers === undefined) return isReadable(path) || files.stat(path)?.kind === 'directory';
    const { stats, listings } = answers;
    const kind = files.stat(path)?.kind;
    if (stats.has(path) && stats.get(path)?.kind !== kind) return true;
    const real = this.#realPaths.get(path);
    if (real !== undefined && real !== (files.realPath(path) ?? path)) return true;
    const listed = listings.get(posix.dirname(path));
    if (listed !== undefined && listed.includes(posix.basename(path)) !== (kind !== undefined)) return true;
    return !stats.has(path) && listed === undefined && this.#above.has(path);
  }

  /** A file that cannot be read is the same as long as the reason is. */
  #isSameContent(path: string, files: FileSystem): boolean {
    const sources = this.#memory?.sources;
    if (sources === undefined) return false;
    const before = sources.readBytes(path);
    const now = new SourceCache(files, sources.limits).readBytes(path);
    if (before instanceof Uint8Array && now instanceof Uint8Array) return Buffer.compare(before, now) === 0;
    return isReadFailure(before) && isReadFailure(now) && before.message === now.message;
  }
}

/** Without a run to compare with, a change of any file that is ever read may be the one that mends what was wrong. */
function isReadable(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path);
}
