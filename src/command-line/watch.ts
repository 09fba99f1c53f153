import { posix } from 'node:path';
import { UsageError } from '../config/usage-error.ts';
import { walkFolders } from '../discover/walk.ts';
import type { EarlierRun, RunMemory } from '../earlier-run.ts';
import { joinWords } from '../join-words.ts';
import { countOf } from '../report/count.ts';
import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import { AskedPaths } from './asked-paths.ts';
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
  const isForeign = (path: string) => !own.has(path) && !editorFile.test(posix.basename(path));
  const folders = new WatchedFolders(terminal);
  const interrupted = terminal.untilInterrupted().then(() => undefined);
  let memory: RunMemory | undefined;
  let earlier: EarlierRun | undefined;
  let asked = new AskedPaths(terminal.fileSystem);
  /** What has changed in folders before they were watched. */
  const findMissed = () =>
    asked.pathsIn(folders.watch(memory === undefined ? foldersOf(paths, terminal) : asked.folders)).filter(isForeign);
  for (;;) {
    try {
      memory = await lint(earlier);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await writeProblems(error.problems, terminal, flags.color);
      memory = undefined;
    }
    if (memory === undefined || earlier?.isStructural !== false) asked = new AskedPaths(terminal.fileSystem);
    if (memory !== undefined) asked.add(memory);
    terminal.err.write('Watching for changes; press Ctrl-C to stop.\n');
    let bearing = asked.selectBearing(findMissed());
    tellRefused(folders.takeRefused(), terminal);
    while (bearing === undefined) {
      const ofConcern = (path: string) => isForeign(path) && asked.concern(path);
      const touched = await Promise.race([interrupted, folders.nextChanges(ofConcern)]);
      if (touched === undefined) return folders.close();
      bearing = asked.selectBearing([...touched, ...findMissed()]);
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
    throw new UsageError('--watch cannot be combined with --fix or --diff.');
  }
  const others = [writeBaseline && '--write-baseline', paths.includes('-') && '-'];
  const other = others.find((option) => typeof option === 'string');
  if (other !== undefined) throw new UsageError(`--watch and ${other} cannot be combined.`);
}

/** What the run itself writes is no reason for another one. */
function reportFiles({ output, report = [] }: LintFlags, { directory }: Terminal): ReadonlySet<string> {
  const files = [...(output === undefined ? [] : [output]), ...report.map((each) => each.slice(each.indexOf('=') + 1))];
  return new Set(files.map((file) => posix.resolve(directory, file)));
}

/** The folders that would be searched, where faulty settings keep from it. */
function foldersOf(paths: readonly string[], { directory, fileSystem }: Terminal): ReadonlySet<string> {
  const given = paths.map((path) => posix.resolve(directory, path));
  const isFolder = (path: string) => fileSystem.stat(path)?.kind === 'directory';
  const searched = given.filter(isFolder).flatMap((path) => walkFolders(path, fileSystem).map((folder) => folder.path));
  return new Set([...searched, ...given.map((path) => posix.dirname(path))].filter(isFolder));
}

/** A watch that sees only a part says so. */
function tellRefused(reasons: readonly string[], { err }: Terminal): void {
  const [first] = reasons;
  if (first === undefined) return;
  const limit = first.includes('ENOSPC')
    ? '; raise the limit `fs.inotify.max_user_watches`, or lint fewer folders'
    : '';
  err.write(
    `${countOf(reasons.length, 'folder')} cannot be watched (${escapeText(first)}): changes there go unnoticed${limit}.\n`,
  );
}

function tell(files: readonly string[], { err, directory }: Terminal): void {
  const names = files.map((path) => escapeText(displayPath(path, directory)));
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  // What was shown before is of no use to whoever looks at a terminal, and all of it to whoever reads a log.
  const clear = err.isTerminal ? '\x1b[2J\x1b[3J\x1b[H' : '\n';
  err.write(`${clear}${joinWords(shown)} changed.\n`);
}
