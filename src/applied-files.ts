import { posix } from 'node:path';
import type { Around } from './delivery/around.ts';
import type { Discovery, ManifestsRoot } from './discover/discovered-root.ts';
import { buildManifests } from './kustomize/build.ts';
import { modelRoots } from './model/model-roots.ts';
import type { OpenedTrees } from './open-trees.ts';
import { findRepository } from './source/files/repository.ts';
import { isReadFailure } from './source/source-cache.ts';

/**
 * A root for each file that no kustomization lists, that has a migration Job, and that a script or pipeline of its repository
 * hands to kubectl. Scripts are read only if there is such a Job.
 */
export function findAppliedFiles({ unlisted }: Discovery, around: Around, trees: OpenedTrees): ManifestsRoot[] {
  return unlisted
    .filter((path) => holdsMigration(path, trees) && isApplied(path, around))
    .map((path) => ({ kind: 'manifests', path, files: [path] }));
}

function holdsMigration(path: string, { sources, settings: { dialect, migrationJobs } }: OpenedTrees): boolean {
  if (findRepository(posix.dirname(path), sources) === undefined) return false;
  const file = sources.read(path);
  if (isReadFailure(file) || !/\bkind["']?:[ \t]*["']?Job\b/.test(file.text)) return false;
  const root = buildManifests(path, [path], { dialect }, sources);
  const models = modelRoots([root], { dialect, migrationJobs });
  return models.some(({ migrations, unnamedMigrations }) => migrations.length + unnamedMigrations.length > 0);
}

function isApplied(path: string, { delivery }: Around): boolean {
  const steps = delivery(posix.dirname(path))?.deploySteps();
  return steps?.appliedFiles.some((applied) => applied.test(path)) === true;
}
