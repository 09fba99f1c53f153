import type { EarlierRun, RunMemory } from '../earlier-run.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { InputPaths } from './input-paths.ts';
import type { WatchedFolders } from './watched-folders.ts';

/** What is linted again and again. */
export interface RepeatedLint {
  readonly fileSystem: FileSystem;
  readonly folders: WatchedFolders;
  /** The folders to watch while faulty settings prevent a run. */
  searchedFolders(): ReadonlySet<string>;
  /** Whether a file may be an input, unlike those that a run or an editor writes next to the inputs. */
  mayBeInput(path: string): boolean;
  /** Lints and reports. Returns what the next run can reuse; undefined if faulty settings prevent a run. */
  lint(earlier: EarlierRun | undefined): Promise<RunMemory | undefined>;
  /** Called after each run. */
  onDone?(): void;
  /** Called with the reasons why existing folders cannot be watched. */
  onRefused?(reasons: readonly string[]): void;
  /** Called before each run but the first, with the files that have changed. */
  onChanged?(files: readonly string[]): void;
}

/** Lints, and again whenever a relevant file changes, until `stopped` resolves. */
export async function keepLinting(task: RepeatedLint, stopped: Promise<unknown>): Promise<void> {
  const { fileSystem, folders, mayBeInput } = task;
  const stop = stopped.then(() => undefined);
  let earlier: EarlierRun | undefined;
  let inputs = new InputPaths(fileSystem);
  for (;;) {
    const memory = await task.lint(earlier);
    if (memory === undefined || earlier?.isStructural !== false) inputs = new InputPaths(fileSystem);
    if (memory !== undefined) inputs.add(memory);
    task.onDone?.();
    /** Watches the right folders, and returns the paths in those that were not watched until now. */
    const watchFolders = () =>
      inputs.pathsIn(folders.watch(memory === undefined ? task.searchedFolders() : inputs.folders)).filter(mayBeInput);
    let relevant = inputs.selectRelevant(watchFolders());
    task.onRefused?.(folders.takeRefused());
    while (relevant === undefined) {
      const isRelevant = (path: string) => mayBeInput(path) && inputs.isRelevant(path);
      const touched = await Promise.race([stop, folders.nextChanges(isRelevant)]);
      if (touched === undefined) return folders.close();
      relevant = inputs.selectRelevant([...touched, ...watchFolders()]);
    }
    const { changed, isStructural, files } = relevant;
    earlier = memory && { ...memory, changed, isStructural };
    task.onChanged?.(files);
  }
}

/** Whether a file is a temporary one that editors create next to the edited one, by its name. */
export function isEditorFile(name: string): boolean {
  return /^\.#|^#.*#$|~$|\.sw[a-z]$/.test(name);
}
