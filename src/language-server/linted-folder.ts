import { posix } from 'node:path';
import { walkFolders } from '../discover/walk.ts';
import type { EarlierRun } from '../earlier-run.ts';
import type { FileChange } from '../fix/fix-findings.ts';
import { inlineLess } from '../inline-less.ts';
import { type Linted, runWithBuilds } from '../run.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { UsageError } from '../usage-error.ts';
import { isEditorFile, keepLinting } from '../watch/keep-linting.ts';
import { WatchedFolders, type WatchFolder } from '../watch/watched-folders.ts';

/** Called after each run, with what prevented it if there is no result. */
export type OnLinted = (outcome: Linted | UsageError) => void;

/** A folder of the workspace, which is linted again whenever a file or open document changes. */
export class LintedFolder {
  readonly path: string;
  readonly #files: FileSystem;
  readonly #folders: WatchedFolders;
  #latest: Linted | undefined;
  /** Runs share caches, so each waits for the one before. */
  #previous: Promise<unknown> = Promise.resolve();

  /**
   * @param path absolute
   * @param files the files with the text of open documents
   */
  constructor(path: string, files: FileSystem, watchFolder: WatchFolder) {
    this.path = path;
    this.#files = files;
    this.#folders = new WatchedFolders(watchFolder);
  }

  /** The last run; undefined before the first one, and if faulty settings prevented it. */
  get latest(): Linted | undefined {
    return this.#latest;
  }

  /** Lints now and after each change, until `stopped` resolves. */
  async keepLinting(onLinted: OnLinted, stopped: Promise<unknown>): Promise<void> {
    const task = {
      fileSystem: this.#files,
      folders: this.#folders,
      searchedFolders: () => new Set(walkFolders(this.path, this.#files).map(({ path }) => path)),
      mayBeInput: (path: string) => !isEditorFile(posix.basename(path)),
      lint: async (earlier: EarlierRun | undefined) => {
        const outcome = await this.#lint(earlier);
        this.#latest = outcome instanceof UsageError ? undefined : outcome;
        onLinted(outcome);
        return this.#latest?.memory;
      },
    };
    await keepLinting(task, stopped);
  }

  /** Notes that the text of an open document has changed. */
  touch(path: string): void {
    this.#folders.touch(path, 0);
  }

  /** What a run would find after changes that nobody has made yet, by real path. */
  async lintChanged(latest: Linted, files: FileSystem, changes: ReadonlyMap<string, FileChange>): Promise<Linted> {
    if (changes.size === 0) return latest;
    const { memory } = latest;
    const names = [...memory.sources.fileSystemCache.realPaths].filter(([, real]) => changes.has(real ?? ''));
    const changed = new Set([...changes.keys(), ...names.map(([name]) => name)]);
    const isStructural = [...changes.values()].some(({ before }) => before === undefined);
    return this.#run(files, { ...memory, changed, isStructural });
  }

  async #lint(earlier: EarlierRun | undefined): Promise<Linted | UsageError> {
    try {
      return await this.#run(this.#files, earlier);
    } catch (error) {
      if (error instanceof UsageError) return error;
      throw error;
    }
  }

  #run(files: FileSystem, earlier: EarlierRun | undefined): Promise<Linted> {
    const onProgress = (done: number, all: number): void => {
      if (done === 1) inlineLess(all);
    };
    const next = this.#previous.then(() => runWithBuilds([this.path], this.path, { onProgress }, files, { earlier }));
    this.#previous = next.catch(() => {});
    return next;
  }
}
