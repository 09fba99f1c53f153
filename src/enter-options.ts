import { dropUndefined } from './drop-undefined.ts';
import type { LintOptions } from './lint-options.ts';

/** The options as they are outside, with every path in them turned into one of ours, and what they are told back into theirs. */
export function enterOptions(
  options: LintOptions,
  enter: (path: string) => string,
  leave: (path: string) => string,
): LintOptions {
  const { config, repository, remoteCache, baseline, sources, changedFiles, stdin, onProgress } = options;
  const enterAny = (path: string | undefined) => (path === undefined ? undefined : enter(path));
  return {
    ...options,
    ...dropUndefined({
      config: typeof config === 'string' ? enter(config) : config,
      repository: enterAny(repository),
      remoteCache: enterAny(remoteCache),
      baseline: typeof baseline === 'string' ? enter(baseline) : baseline,
      sources: sources && Object.fromEntries(Object.entries(sources).map(([name, folder]) => [name, enter(folder)])),
      changedFiles: changedFiles?.map(enter),
      stdin: stdin && { ...stdin, ...dropUndefined({ path: enterAny(stdin.path) }) },
      onProgress: onProgress && ((done: number, all: number, path: string) => onProgress(done, all, leave(path))),
    }),
  };
}
