import { posix } from 'node:path';
import { walkFolders } from '../../discover/walk.ts';
import type { EarlierRun, RunMemory } from '../../earlier-run.ts';
import { countOf } from '../../report/count.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { joinWords } from '../../text/join-words.ts';
import { UsageError } from '../../usage-error.ts';
import { isEditorFile, keepLinting } from '../../watch/keep-linting.ts';
import { WatchedFolders } from '../../watch/watched-folders.ts';
import type { LintFlags } from '../flags.ts';
import { givenOptions } from '../given-options.ts';
import { writeProblems } from '../output/write-problems.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Lints, and again whenever a relevant file changes, until Ctrl-C; then returns 0. Faulty settings and missing paths are
 * reported, and linting resumes once they are fixed.
 * @param paths as given: relative to the working directory, absolute, or globs
 * @param lint lints and reports; returns what the next run can reuse
 */
export async function watch(
  paths: readonly string[],
  flags: LintFlags,
  terminal: Terminal,
  lint: (earlier: EarlierRun | undefined) => Promise<RunMemory>,
): Promise<number> {
  checkFlags(paths, flags);
  const own = reportFiles(flags, terminal);
  const task = {
    fileSystem: terminal.fileSystem,
    folders: new WatchedFolders(terminal.watchFolder),
    searchedFolders: () => foldersOf(paths, terminal),
    mayBeInput: (path: string) => !own.has(path) && !isEditorFile(posix.basename(path)),
    async lint(earlier: EarlierRun | undefined) {
      try {
        return await lint(earlier);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        await writeProblems(error.problems, terminal, flags.color);
        return undefined;
      }
    },
    onDone: () => terminal.err.write('Watching for changes; press Ctrl-C to stop.\n'),
    onRefused: (reasons: readonly string[]) => reportUnwatched(reasons, terminal),
    onChanged: (files: readonly string[]) => reportChanges(files, terminal),
  };
  await keepLinting(task, terminal.untilInterrupted());
  return 0;
}

/** Refuses options that write files, which would trigger another run, and standard input, which can be read only once. */
function checkFlags(paths: readonly string[], { fix, diff, writeBaseline }: LintFlags): void {
  if (fix !== undefined || diff) {
    throw new UsageError('--watch cannot be combined with --fix or --diff.');
  }
  const [other] = givenOptions({ '--write-baseline': writeBaseline, '-': paths.includes('-') });
  if (other !== undefined) throw new UsageError(`--watch and ${other} cannot be combined.`);
}

/** The files that the run itself writes, which must not trigger another one. */
function reportFiles({ output, report = [] }: LintFlags, { directory }: Terminal): ReadonlySet<string> {
  const files = [...(output === undefined ? [] : [output]), ...report.map((each) => each.slice(each.indexOf('=') + 1))];
  return new Set(files.map((file) => posix.resolve(directory, file)));
}

/** The folders that a run would search, for when faulty settings prevent one. */
function foldersOf(paths: readonly string[], { directory, fileSystem }: Terminal): ReadonlySet<string> {
  const given = paths.map((path) => posix.resolve(directory, path));
  const isFolder = (path: string) => fileSystem.stat(path)?.kind === 'directory';
  const searched = given.filter(isFolder).flatMap((path) => walkFolders(path, fileSystem).map((folder) => folder.path));
  return new Set([...searched, ...given.map((path) => posix.dirname(path))].filter(isFolder));
}

function reportUnwatched(reasons: readonly string[], { err }: Terminal): void {
  const [first] = reasons;
  if (first === undefined) return;
  const limit = first.includes('ENOSPC')
    ? '; raise the limit `fs.inotify.max_user_watches`, or lint fewer folders'
    : '';
  err.write(
    `${countOf(reasons.length, 'folder')} cannot be watched (${escapeText(first)}): changes there go unnoticed${limit}.\n`,
  );
}

function reportChanges(files: readonly string[], { err, directory }: Terminal): void {
  const names = files.map((path) => escapeText(displayPath(path, directory)));
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  // A terminal is cleared of the previous report; a log keeps everything.
  const clear = err.isTerminal ? '\x1b[2J\x1b[3J\x1b[H' : '\n';
  err.write(`${clear}${joinWords(shown)} changed.\n`);
}
