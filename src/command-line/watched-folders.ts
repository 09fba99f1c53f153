import { posix } from 'node:path';
import type { Terminal } from './terminal.ts';

/** How long files have to lie still, in milliseconds: an editor writes one in several steps, Git a whole tree. */
const quietTime = 30;

/** A path at which something has come, gone or changed. */
export interface TouchedPath {
  /** Absolute. */
  readonly path: string;
  /** Whether nothing stood there when the folders were last looked at. */
  readonly isNew: boolean;
}

/** Folders that are watched, each by itself, and what changes in them. */
export class WatchedFolders {
  readonly #terminal: Terminal;
  readonly #watched = new Map<string, { readonly stop: () => void; names: ReadonlySet<string> }>();
  #touched = new Map<string, TouchedPath>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Watches these folders and no others, by their absolute paths, and takes what is in them for known. */
  watch(folders: ReadonlySet<string>): void {
    for (const [folder, { stop }] of this.#watched) {
      if (folders.has(folder)) continue;
      stop();
      this.#watched.delete(folder);
    }
    const { fileSystem, watchFolder } = this.#terminal;
    for (const folder of folders) {
      const names = new Set(fileSystem.listDirectory(folder));
      const known = this.#watched.get(folder);
      if (known !== undefined) known.names = names;
      else this.#watched.set(folder, { names, stop: watchFolder(folder, (name) => this.#add(folder, name)) });
    }
  }

  /** What has changed since the last call, as soon as there is something and it lies still. */
  async nextChanges(): Promise<readonly TouchedPath[]> {
    if (this.#touched.size === 0 || this.#timer !== undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const touched = [...this.#touched.values()];
    this.#touched = new Map();
    return touched;
  }

  /** Watches no more. Gives the exit code of a command that was ended by whoever had started it. */
  close(): 0 {
    clearTimeout(this.#timer);
    this.watch(new Set());
    return 0;
  }

  #add(folder: string, name: string): void {
    const path = posix.join(folder, name);
    const isNew = this.#touched.get(path)?.isNew ?? this.#watched.get(folder)?.names.has(name) === false;
    this.#touched.set(path, { path, isNew });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, quietTime);
  }
}
