import { posix } from 'node:path';
import { isKustomizationFile } from '../discover/find-roots.ts';
import { holdsKubernetesObjects } from '../discover/kubernetes-yaml.ts';
import { buildManifests } from '../kustomize/build.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { type Migration, migratingContainer } from '../model/migration.ts';
import { type ModelSettings, modelRoots } from '../model/model-roots.ts';
import type { SourceCache } from '../source/source-cache.ts';

/**
 * Migration Jobs in files that no kustomization lists, beside a kustomization or what one lists: whoever applies the tree
 * applies none of them. Left out are those that a kustomization mentions, be it to say that they are not listed, and patches, which name no image.
 */
export function findUnlistedMigrations(
  built: readonly BuiltRoot[],
  settings: ModelSettings,
  sources: SourceCache,
  ignored: (path: string) => boolean,
): Migration[] {
  const files = new Map(built.flatMap((root) => root.files.map((file) => [file.path, file.text])));
  const kustomizations = [...files].filter(([path]) => isKustomizationFile(path));
  const isMentioned = (name: string): boolean => kustomizations.some(([, text]) => text.includes(name));
  const kustomized = built.filter(({ kustomization }) => kustomization !== undefined);
  const folders = new Set(kustomized.flatMap((root) => root.files.map(({ path }) => posix.dirname(path))));
  const unlisted = [...folders].flatMap((folder) =>
    sources.fileSystem
      .listDirectory(folder)
      .filter((name) => /\.ya?ml$/.test(name) && !isKustomizationFile(name))
      .map((name) => posix.join(folder, name))
      // Most files are built; only the others are looked for in each kustomization.
      .filter((path) => !files.has(path) && !ignored(path) && !isMentioned(posix.basename(path))),
  );
  const roots = unlisted
    .filter((path) => sources.fileSystem.stat(path)?.kind === 'file' && holdsKubernetesObjects(path, sources))
    .map((path) => buildManifests(path, [path], { dialect: settings.dialect }, sources));
  return modelRoots(roots, settings)
    .flatMap(({ migrations }) => migrations)
    .filter((migration) => migratingContainer(migration)?.image.value !== undefined);
}
