import { dropUndefined } from '../../collections/drop-undefined.ts';
import { inspectModels } from '../../inspect/inspect-models.ts';
import { findUnlistedMigrations } from '../../inspect/unlisted-migrations.ts';
import { writeInspection } from '../../inspect/write-inspection.ts';
import type { LintOptions } from '../../lint-options.ts';
import { readTrees } from '../../read-trees.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeLines, escapeText } from '../../report/escape-text.ts';
import type { InspectFlags } from '../flags.ts';
import { writeCrashes } from '../output/write-problems.ts';
import type { Terminal } from '../terminal.ts';
import { toFluxOptions } from './flux-options.ts';
import { toLeftOutOptions } from './left-out-options.ts';

/** Draws the releases in the given paths. Returns the exit code, which is 3 if there are none. Throws a UsageError. */
export async function inspectCommand(
  paths: readonly string[],
  flags: InspectFlags,
  terminal: Terminal,
): Promise<number> {
  const { directory, fileSystem, out, err, leave } = terminal;
  const trees = await readTrees(paths, directory, toOptions(flags), fileSystem);
  const { models, built, crashes, settings, sources, ignored } = trees;
  const unlisted = findUnlistedMigrations(built, { dialect: settings.dialect }, sources, ignored);
  const inspection = inspectModels([...models.values()], (path) => displayPath(path, directory), unlisted);
  if (flags.format === 'json') out.write(`${JSON.stringify(inspection, null, 2)}\n`);
  else out.write(escapeLines(writeInspection(inspection)).join('\n'));
  writeCrashes(crashes, terminal);
  if (crashes.length > 0) return 2;
  if (inspection.roots.length > 0) return 0;
  const failed = built.filter(({ problems }) => problems.some(({ kind }) => kind === 'error')).length;
  const why =
    failed === 0
      ? ''
      : ` ${failed === 1 ? '1 root' : `${failed} roots`} could not be built; run migrate-lint on it to see why.`;
  const what = unlisted.length === 0 ? 'No migration Job was recognised' : 'No root builds a migration Job';
  err.write(
    `${what} in ${paths.map((path) => (path === '.' ? 'this folder' : escapeText(leave(path)))).join(', ')}.${why}\n`,
  );
  return 3;
}

function toOptions({ kustomize, applier, loadRestrictor, repository, ...flags }: InspectFlags): LintOptions {
  return {
    ...dropUndefined({ kustomize, applier, loadRestrictor, repository }),
    ...toLeftOutOptions(flags),
    ...toFluxOptions(flags),
  };
}
