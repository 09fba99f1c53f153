import { findReadingBoundary } from '../../config/reading-boundary.ts';
import { resolveSettings } from '../../config/settings.ts';
import { standardInput } from '../../discover/discover.ts';
import { expandPaths } from '../../discover/expand-patterns.ts';
import { levelsOf } from '../../lint/preset.ts';
import { ruleDescriptions } from '../../lint/rule-descriptions.ts';
import type { LintOptions } from '../../lint-options.ts';
import { confineFileSystem } from '../../source/files/confined-file-system.ts';
import { SourceCache } from '../../source/source-cache.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Prints the settings in effect for the paths as JSON, with their names in a settings file and including defaults. Only the
 * names of variables are printed, because values may be secret. Throws a UsageError for invalid settings.
 */
export async function printConfig(
  paths: readonly string[],
  options: LintOptions,
  { directory, fileSystem, out, leave }: Terminal,
): Promise<number> {
  const boundary = findReadingBoundary(paths, directory, options, fileSystem);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary));
  const targets = await expandPaths(paths, directory, standardInput, sources.fileSystem);
  const settings = resolveSettings(targets, directory, options, sources);
  const { dialect, levels: _, ignore, variables, overrides, migrationJobs, ...rest } = settings;
  const levels = levelsOf(ruleDescriptions, settings);
  const shown = {
    ...rest,
    remoteCache: settings.remoteCache && leave(settings.remoteCache),
    baseline: settings.baseline && leave(settings.baseline),
    kustomize: dialect,
    migrations: { jobs: migrationJobs },
    directory: leave(ignore.directory),
    ignore: ignore.patterns,
    sources: Object.fromEntries([...settings.sources].map(([name, folder]) => [name, leave(folder)])),
    variables: [...variables.keys()],
    rules: Object.fromEntries(ruleDescriptions.map(({ id, severity }) => [id, levels.get(id) ?? severity])),
    overrides: overrides.map((each) => ({ paths: each.paths, rules: Object.fromEntries(each.rules) })),
  };
  out.write(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}
