import { dropUndefined } from './collections/drop-undefined.ts';
import type { LintOptions } from './lint-options.ts';

/** Converts every path in the options to an internal one, and the paths passed to `onProgress` back. */
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
