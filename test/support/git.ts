import { spawnSync } from 'node:child_process';

/**
 * The environment for programs that use Git: with an author, and without the machine's own settings and hooks.
 * @param home a folder of the tests, for global settings that the tested program may write
 */
export function gitEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
}

/** Runs Git in a folder, which is also its home. Throws its error output if it fails. */
export function git(directory: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync('git', args, {
    cwd: directory,
    env: gitEnvironment(directory),
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr, { cause: error });
}
