import { posix } from 'node:path';
import { configNames } from '../config/find-config.ts';
import { UsageError } from '../config/usage-error.ts';
import { walkFolders } from '../discover/walk.ts';
import type { EarlierRun, RunMemory } from '../earlier-run.ts';
import { joinWords } from '../report/count.ts';
import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { LintFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { WatchedFolders } from './watched-folders.ts';
import { writeProblems } from './write-problems.ts';

/**
 * Lints, and again whenever a file changes that bears on the result, until Ctrl-C; then gives 0. A fault in the settings, or
 * a path that is gone, is told and may be mended.
 * @param paths as given: relative to the working directory, absolute, or globs
 * @param lint lints and reports; gives what it leaves for the next time
 */
export async function watch(
  paths: readonly string[],
  flags: LintFlags,
  terminal: Terminal,
  lint: (earlier: EarlierRun | undefined) => Promise<RunMemory>,
): Promise<number> {
  checkFlags(paths, flags);
  const own = reportFiles(flags, terminal);
  const folders = new WatchedFolders(terminal);
  const interrupted = terminal.untilInterrupted().then(() => undefined);
  let memory: RunMemory | undefined;
  let earlier: EarlierRun | undefined;
  for (;;) {
    try {
      memory = await lint(earlier);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await writeProblems(error.problems, terminal, flags.color);
      memory = undefined;
    }
    folders.watch(foldersOf(paths, memory, terminal));
    terminal.err.write('Watching for changes; Ctrl-C ends.\n');
    let bearing: Bearing | undefined;
    while (bearing === undefined) {
      const touched = await Promise.race([interrupted, folders.nextChanges()]);
      if (touched === undefined) return folders.close();
      const foreign = touched.filter(({ path }) => !own.has(path) && !editorFile.test(posix.basename(path)));
      bearing = selectBearing(foreign, memory, terminal.fileSystem);
    }
    const { changed, isStructural, files } = bearing;
    earlier = memory && { ...memory, changed, isStructural };
    tell(files, terminal);
  }
}

/** What editors leave beside a file while it is being edited. */
const editorFile = /^\.#|^#.*#$|~$|\.sw[a-z]$/;

/** What changes files would be its own reason to run again, and some things are there once. */
function checkFlags(paths: readonly string[], { fix, diff, writeBaseline }: LintFlags): void {
  if (fix !== undefined || diff) {
    throw new UsageError([{ message: '--watch changes nothing: run --fix by itself.' }]);
  }
  const others = [writeBaseline && '--write-baseline', paths.includes('-') && '-'];
  const other = others.find((option) => typeof option === 'string');
  if (other !== undefined) throw new UsageError([{ message: `--watch and ${other} cannot stand together.` }]);
}

/** What the run itself writes is no reason for another one. */
function reportFiles({ output, report = [] }: LintFlags, { directory }: Terminal): ReadonlySet<string> {
  const files = [...(output === undefined ? [] : [output]), ...report.map((each) => each.slice(each.indexOf('=') + 1))];
  return new Set(files.map((file) => posix.resolve(directory, file)));
}

/** The folders that are searched, and those of the files that were read; of those that are not there, nothing. */
function foldersOf(
  paths: readonly string[],
  memory: RunMemory | undefined,
  { directory, fileSystem }: Terminal,
): ReadonlySet<string> {
  const given = paths.map((path) => posix.resolve(directory, path));
  const isFolder = (path: string) => fileSystem.stat(path)?.kind === 'directory';
  const searched = given.filter(isFolder).flatMap((path) => walkFolders(path, fileSystem).map((folder) => folder.path));
  const holding = [...given, ...(memory?.sources.paths ?? [])].map((path) => posix.dirname(path));
  return new Set([...searched, ...holding].filter(isFolder));
}

/** Changes that may make the result another one. */
interface Bearing {
  /** Files that were read, under the names that they were read by. */
  readonly changed: ReadonlySet<string>;
  /** Whether files came or went, or the settings changed: any build may come out otherwise. */
  readonly isStructural: boolean;
  /** All of these, for people. */
  readonly files: readonly string[];
}

function isReadable(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path);
}

/** A file that was there and that nobody has read bears on nothing, whatever is written into it. */
function selectBearing(
  touched: readonly { readonly path: string; readonly isNew: boolean }[],
  memory: RunMemory | undefined,
  fileSystem: FileSystem,
): Bearing | undefined {
  const paths = new Set(touched.map(({ path }) => path));
  const read = memory?.sources.paths ?? [];
  const changed = new Set(read.filter((path) => paths.has(path) || paths.has(fileSystem.realPath(path) ?? path)));
  const isThere = (path: string) => fileSystem.stat(path) !== undefined;
  const fresh = touched.filter(({ path, isNew }) => isNew && isThere(path)).map(({ path }) => path);
  // Without a run to compare with, a change of any file that is ever read may be the one that mends what was wrong.
  const files = [...new Set([...(memory === undefined ? [...paths].filter(isReadable) : changed), ...fresh])];
  if (files.length === 0) return undefined;
  const isSettings = (path: string) => configNames.includes(posix.basename(path));
  const isStructural = fresh.length > 0 || files.some((path) => !isThere(path) || isSettings(path));
  return { changed, isStructural, files };
}

function tell(files: readonly string[], { err, directory }: Terminal): void {
  const names = files.map((path) => escapeText(displayPath(path, directory)));
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  // What was shown before is of no use to whoever looks at a terminal, and all of it to whoever reads a log.
  const clear = err.isTerminal ? '\x1b[2J\x1b[3J\x1b[H' : '\n';
  err.write(`${clear}${joinWords(shown)} changed.\n`);
}
