import { posix } from 'node:path';
import { holdsKubernetesObjects } from '../discover/kubernetes-yaml.ts';
import type { SkippedPath } from '../discover/skipped-path.ts';
import { findUnbuiltFiles, findUnlistedFiles } from '../discover/unlisted-files.ts';
import { buildManifests } from '../kustomize/build.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import type { ModelSettings } from '../model/model-root.ts';
import { modelRoots } from '../model/model-roots.ts';
import { describeObject } from '../objects/kubernetes-object.ts';
import type { SourceCache } from '../source/source-cache.ts';

/**
 * Migration Jobs in files that no kustomization lists, although they are in or below the folder of a kustomization, or next to a
 * file that one lists. Applying the tree does not apply them. Left out are files that a kustomization mentions in any way,
 * and patches, which have no image.
 */
export function findUnlistedMigrations(
  built: readonly BuiltRoot[],
  settings: ModelSettings,
  sources: SourceCache,
  ignored: (path: string) => boolean,
  findFiles = findUnlistedFiles,
): Migration[] {
  const kustomized = built.filter(({ kustomization }) => kustomization !== undefined);
  const folders = kustomized.flatMap((root) => root.files.map(({ path }) => posix.dirname(path)));
  const read = [...new Set(built.flatMap(({ files }) => files))];
  const roots = findFiles(withFoldersBelow(folders, sources), read, sources)
    .filter((path) => !ignored(path) && holdsKubernetesObjects(path, sources))
    .map((path) => buildManifests(path, [path], { dialect: settings.dialect }, sources));
  return modelRoots(roots, settings)
    .flatMap(({ migrations }) => migrations)
    .filter((migration) => migratingContainer(migration)?.image.value !== undefined);
}

/**
 * The migrations of {@link findUnlistedMigrations} as skipped paths of a run without any other migration, with those that a
 * kustomization mentions in a comment.
 */
export function describeUnlisted(
  built: readonly BuiltRoot[],
  settings: ModelSettings,
  sources: SourceCache,
  ignored: (path: string) => boolean,
): SkippedPath[] {
  return findUnlistedMigrations(built, settings, sources, ignored, findUnbuiltFiles).map(({ job: { object } }) => ({
    path: object.name.place.at.file.path,
    why: `contains the migration ${describeObject(object)}, but no kustomization lists it; to lint it, pass the file as a path`,
    named: false,
    bears: true,
  }));
}

/** Limits for the search below a kustomization, which may be at the top of a large repository. */
const limits = { depth: 3, folders: 300 };
const neverEntered = /^(\.|node_modules$|vendor$|templates$|charts$)/;

/** The folders and those below them, such as a folder `jobs` that no kustomization refers to. */
function withFoldersBelow(folders: readonly string[], { fileSystem }: SourceCache): Set<string> {
  const all = new Set(folders);
  let level = [...all];
  for (let depth = 0; depth < limits.depth; depth++) {
    level = level.flatMap((folder) =>
      fileSystem
        .listDirectory(folder)
        .filter((name) => !neverEntered.test(name) && !/\.\w+$/.test(name))
        .map((name) => posix.join(folder, name))
        .filter((path) => !all.has(path) && fileSystem.stat(path)?.kind === 'directory'),
    );
    for (const path of level) if (all.size < folders.length + limits.folders) all.add(path);
  }
  return all;
}
