import { posix } from 'node:path';
import { isWithin } from '../source/files/path.ts';

/** Calls `onChange` with the names of files that are added, removed or changed in a folder. Returns a function that stops this. */
export type WatchFolder = (path: string, onChange: (name: string) => void) => () => void;

/** How long no file may change before a run, in milliseconds: editors write a file in several steps, Git a whole tree. */
const quietTime = 30;

/** Watches folders, without those below them, and collects the changes. */
export class WatchedFolders {
  readonly #watchFolder: WatchFolder;
  readonly #watched = new Map<string, () => void>();
  readonly #refused = new Map<string, string>();
  readonly #reported = new Set<string>();
  #touched = new Set<string>();
  #isRelevant: (path: string) => boolean = () => true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;

  constructor(watchFolder: WatchFolder) {
    this.#watchFolder = watchFolder;
  }

  /** Watches exactly these folders, by absolute path. Returns those that were not watched before. */
  watch(folders: ReadonlySet<string>): ReadonlySet<string> {
    for (const [folder, stop] of this.#watched) {
      if (folders.has(folder)) continue;
      stop();
      this.#watched.delete(folder);
    }
    const added = new Set<string>();
    for (const folder of folders) if (!this.#watched.has(folder) && this.#start(folder)) added.add(folder);
    return added;
  }

  /**
   * Notes a change at a path. Watched folders do this by themselves.
   * @param quiet how long no other path may change before it counts, in milliseconds
   */
  touch(path: string, quiet = quietTime): void {
    this.#forget(path);
    if (!this.#isRelevant(path)) return;
    this.#touched.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, quiet);
  }

  /**
   * The relevant paths that were added, removed or changed since the last call; resolves once there is one and changes have
   * stopped.
   */
  async nextChanges(isRelevant: (path: string) => boolean): Promise<readonly string[]> {
    this.#isRelevant = isRelevant;
    this.#touched = new Set([...this.#touched].filter(isRelevant));
    if (this.#touched.size === 0 || this.#timer !== undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const touched = [...this.#touched];
    this.#touched = new Set();
    // Which paths are relevant is only known after the next run.
    this.#isRelevant = () => true;
    return touched;
  }

  /** Why existing folders cannot be watched, for example because of a system limit; each folder only once. */
  takeRefused(): readonly string[] {
    const refused = [...this.#refused].filter(([folder]) => !this.#reported.has(folder));
    for (const [folder] of refused) this.#reported.add(folder);
    return refused.map(([, why]) => why);
  }

  /** Stops watching. */
  close(): void {
    clearTimeout(this.#timer);
    this.watch(new Set());
  }

  /**
   * Returns false for a folder that no longer exists, whose parent will show when it is back, and for one that the system
   * does not let us watch, which is tried again after each run.
   */
  #start(folder: string): boolean {
    try {
      const stop = this.#watchFolder(folder, (name) => this.touch(posix.join(folder, name)));
      this.#watched.set(folder, stop);
      return true;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#refused.set(folder, message);
      return false;
    }
  }

  /** Stops watching a folder that was replaced, and those below it: what is there now is a different folder. */
  #forget(path: string): void {
    if (!this.#watched.has(path)) return;
    for (const [folder, stop] of this.#watched) {
      if (!isWithin(folder, path)) continue;
      stop();
      this.#watched.delete(folder);
    }
  }
}
