import { posix } from 'node:path';
import { isWithin } from '../source/path.ts';
import type { Terminal } from './terminal.ts';

/** How long files have to lie still, in milliseconds: an editor writes one in several steps, Git a whole tree. */
const quietTime = 30;

/** Folders that are watched, each by itself, and what changes in them. */
export class WatchedFolders {
  readonly #watchFolder: Terminal['watchFolder'];
  readonly #watched = new Map<string, () => void>();
  readonly #refused = new Map<string, string>();
  readonly #told = new Set<string>();
  #touched = new Set<string>();
  #isOfConcern: (path: string) => boolean = () => true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;

  constructor({ watchFolder }: Terminal) {
    this.#watchFolder = watchFolder;
  }

  /** Watches these folders and no others, by their absolute paths; gives those that were not watched before. */
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
   * The paths of concern at which something has come, gone or changed since the last call, as soon as there is one and all
   * of them lie still.
   */
  async nextChanges(isOfConcern: (path: string) => boolean): Promise<readonly string[]> {
    this.#isOfConcern = isOfConcern;
    this.#touched = new Set([...this.#touched].filter(isOfConcern));
    if (this.#touched.size === 0 || this.#timer !== undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const touched = [...this.#touched];
    this.#touched = new Set();
    // Which paths are of concern is not known before the next run is through.
    this.#isOfConcern = () => true;
    return touched;
  }

  /** Why folders that are there cannot be watched, such as by a limit of the system; each folder is told of once. */
  takeRefused(): readonly string[] {
    const refused = [...this.#refused].filter(([folder]) => !this.#told.has(folder));
    for (const [folder] of refused) this.#told.add(folder);
    return refused.map(([, why]) => why);
  }

  /** Watches no more. Gives the exit code of a command that was ended by whoever had started it. */
  close(): 0 {
    clearTimeout(this.#timer);
    this.watch(new Set());
    return 0;
  }

  /**
   * Gives false for a folder that has gone: the one above it tells when it is back. And for one that the system does not let us
   * watch, which is tried again after each run.
   */
  #start(folder: string): boolean {
    try {
      const stop = this.#watchFolder(folder, (name) => this.#add(posix.join(folder, name)));
      this.#watched.set(folder, stop);
      return true;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#refused.set(folder, message);
      return false;
    }
  }

  /** What comes in place of a folder is another one, and so are those below. */
  #forget(path: string): void {
    if (!this.#watched.has(path)) return;
    for (const [folder, stop] of this.#watched) {
      if (!isWithin(folder, path)) continue;
      stop();
      this.#watched.delete(folder);
    }
  }

  #add(path: string): void {
    this.#forget(path);
    if (!this.#isOfConcern(path)) return;
    this.#touched.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, quietTime);
  }
}
