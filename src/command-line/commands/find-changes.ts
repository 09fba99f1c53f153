import { posix } from 'node:path';
import { findRepositoryTop } from '../../source/files/repository.ts';
import { UsageError } from '../../usage-error.ts';
import type { LintFlags } from '../flags.ts';
import { givenOptions } from '../given-options.ts';
import type { Terminal } from '../terminal.ts';

/** What to lint, and which changed files limit the report. */
export interface Changes {
  /** The paths to lint. */
  readonly searched: readonly string[];
  /** Absolute paths of changed files, or paths relative to the working directory; undefined to report everything. */
  readonly changedFiles?: readonly string[];
}

/** Resolves `--changed-files`, `--changed` and `--since`. Throws a UsageError if they are combined, or if Git fails. */
export async function findChanges(
  paths: readonly string[],
  { changedFiles, changed, since }: Pick<LintFlags, 'changedFiles' | 'changed' | 'since'>,
  terminal: Terminal,
): Promise<Changes> {
  const options = { '--changed-files': changedFiles, '--changed': changed, '--since': since !== undefined };
  const [first, second] = givenOptions(options);
  if (second !== undefined) throw new UsageError(`${first} and ${second} cannot be combined.`);
  if (changedFiles) return { searched: ['.'], changedFiles: paths };
  if (first === undefined) return { searched: paths };
  const tops = findRepositories(paths, terminal);
  const changes = await Promise.all(tops.map((top) => askGit(since ?? 'HEAD', top, terminal)));
  return { searched: paths, changedFiles: changes.flat() };
}

/** The repository of the working directory or, if there is none, those of the paths. Throws a UsageError if a path is in none. */
function findRepositories(paths: readonly string[], { directory, fileSystem, leave }: Terminal): string[] {
  const own = findRepositoryTop(directory, fileSystem);
  if (own !== undefined) return [own];
  const tops = paths.map((path) => {
    const top = findRepositoryTop(posix.resolve(directory, path), fileSystem);
    if (top !== undefined) return top;
    const which = path === '.' ? 'this folder' : leave(path);
    throw new UsageError(`Cannot tell what has changed: ${which} is not in a Git repository.`);
  });
  return [...new Set(tops)];
}

const shallow =
  'This is a shallow clone: have CI fetch all commits (`fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab), or run `git fetch --unshallow`.';

/** A repository's Git config can name programs that Git runs even for `git diff`. */
const runNothing = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Otherwise Git would refresh its index, and fetch objects that a partial clone lacks. */
const writeNothing = { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };

/**
 * The files that differ between the working tree and the merge base with `since`, as in a pull request, and the untracked
 * files; before the first commit, all files. Throws a UsageError if Git cannot tell.
 */
async function askGit(since: string, top: string, { leave }: Terminal): Promise<string[]> {
  const git = await gitIn(leave(top));
  /** @param silently what it means if Git fails without a message */
  const ask = (args: readonly string[], silently = 'Git gives no reason'): string => {
    const { output, refused } = git(...args);
    if (refused === undefined) return output;
    const advice = git('rev-parse', '--is-shallow-repository').output === 'true\n' ? ` ${shallow}` : '';
    throw new UsageError(`Cannot tell what has changed since ${since}: ${refused || silently}.${advice}`);
  };
  const pathsIn = (text: string): string[] =>
    text
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => posix.join(top, name));
  const untracked = ['ls-files', '--others', '--exclude-standard', '-z'];
  if (since === 'HEAD' && git('rev-list', '--all', '--max-count=1').output === '') {
    return pathsIn(ask([...untracked, '--cached']));
  }
  // Without `--end-of-options`, Git would read a name that starts with a dash as an option.
  const find = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${since}^{commit}`];
  const commit = ask(find, 'there is no such commit, branch or tag').trim();
  const base = ask(['merge-base', commit, 'HEAD'], 'it has no commit in common with this one').trim();
  const changes = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules=dirty', '-z'];
  return [...pathsIn(ask([...changes, base, '--'])), ...pathsIn(ask(untracked))];
}

interface GitResult {
  readonly output: string;
  /** The first line of the error message, which may be empty; undefined if Git succeeded. */
  readonly refused: string | undefined;
}

/** Returns a function that runs Git in a folder, without hooks or other programs, and without writing anything. */
async function gitIn(folder: string): Promise<(...args: readonly string[]) => GitResult> {
  const { spawnSync } = await import('node:child_process');
  return (...args) => {
    const { status, stdout, stderr, error } = spawnSync('git', [...runNothing, ...args], {
      cwd: folder,
      env: { ...process.env, ...writeNothing },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return {
      output: stdout ?? '',
      refused: status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n')[0] ?? ''),
    };
  };
}
