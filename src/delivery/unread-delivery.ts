import { posix } from 'node:path';
import type { SkippedPath } from '../discover/skipped-path.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { RootModel } from '../model/root-model.ts';
import { commonFolder, foldersUpwards } from '../source/files/path.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { joinWords } from '../text/join-words.ts';

/** Describes the pipelines of trees with a migration that were not read, or could not be. */
export function describeUnread(
  built: readonly BuiltRoot[],
  models: ReadonlyMap<BuiltRoot, RootModel>,
  sources: SourceCache,
): SkippedPath[] {
  const withMigration = built.filter((root) => (models.get(root)?.migrations.length ?? 0) > 0);
  const unread = withMigration.flatMap((root) => models.get(root)?.delivery?.unread ?? []);
  const broken = new Map(unread.map(({ path, why }) => [path, { path, why, named: false, bears: true } as const]));
  const bare = withMigration.filter((root) => models.get(root)?.delivery === undefined);
  return [...broken.values(), ...describeOutside(bare, sources)];
}

/**
 * Describes the pipelines and Dockerfiles that were not read because the tree is in no repository, such as an unpacked
 * archive or an image without `.git`: those of the nearest folder above it that has any.
 */
function describeOutside(roots: readonly BuiltRoot[], sources: SourceCache): SkippedPath[] {
  const kustomizations = roots.filter(({ kustomization }) => kustomization !== undefined);
  const folder = commonFolder(kustomizations.map(({ path }) => path));
  if (folder === undefined) return [];
  for (const path of foldersUpwards(folder)) {
    const names = listDelivery(path, sources);
    if (names.length === 0) continue;
    const why = `is not in a Git repository, so ${joinWords(names)} there ${names.length === 1 ? 'was' : 'were'} not read; --repository with this folder reads them`;
    return [{ path, why, named: false, bears: true }];
  }
  return [];
}

const deliveryFiles = [
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'Jenkinsfile',
  'Dockerfile',
  ...['migration', 'migrations', 'migrate', 'migrator'].map((purpose) => `Dockerfile.${purpose}`),
];

/**
 * The pipelines and Dockerfiles of a folder, looked up by name. If the folder were listed, `--watch` would take each
 * new file in it as a change, for example in the system's temporary folder.
 */
function listDelivery(path: string, { fileSystem }: SourceCache): string[] {
  const kindOf = (name: string) => fileSystem.stat(posix.join(path, name))?.kind;
  const workflows = kindOf('.github/workflows') === 'directory' ? ['.github/workflows'] : [];
  return [...workflows, ...deliveryFiles.filter((name) => kindOf(name) === 'file')];
}
