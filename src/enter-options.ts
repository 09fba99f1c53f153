import type { LintOptions } from './lint-options.ts';

/** The options as they are outside, with every path in them turned into one of ours, and what they are told back into theirs. */
export function enterOptions(
  options: LintOptions,
  enter: (path: string) => string,
  leave: (path: string) => string,
): LintOptions {
  const { config, repository, remoteCache, baseline, sources, changedFiles, stdin, onProgress } = options;
  return {
    ...options,
    ...(typeof config === 'string' ? { config: enter(config) } : {}),
    ...(repository === undefined ? {} : { repository: enter(repository) }),
    ...(remoteCache === undefined ? {} : { remoteCache: enter(remoteCache) }),
    ...(typeof baseline === 'string' ? { baseline: enter(baseline) } : {}),
    ...(sources === undefined
      ? {}
      : { sources: Object.fromEntries(Object.entries(sources).map(([name, folder]) => [name, enter(folder)])) }),
    ...(changedFiles === undefined ? {} : { changedFiles: changedFiles.map(enter) }),
    ...(stdin?.path === undefined ? {} : { stdin: { ...stdin, path: enter(stdin.path) } }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (done: number, all: number, path: string) => onProgress(done, all, leave(path)) }),
  };
}
