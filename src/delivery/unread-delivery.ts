import { posix } from 'node:path';
import { commonFolder } from '../config/find-config.ts';
import { joinWords } from '../join-words.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { SkippedPath } from '../lint/lint-result.ts';
import type { RootModel } from '../model/root-model.ts';
import { foldersUpwards } from '../source/path.ts';
import type { SourceCache } from '../source/source-cache.ts';

/**
 * Pipelines and Dockerfiles are looked for in the repository of a tree. Where there is no repository, such as in an archive that
 * somebody unpacked or in an image without `.git`, this tells of those that would have been read: of the nearest folder upwards
 * that has any.
 */
export function describeUnread(
  built: readonly BuiltRoot[],
  models: ReadonlyMap<BuiltRoot, RootModel>,
  sources: SourceCache,
): SkippedPath[] {
  const bare = built.filter((root) => {
    const model = models.get(root);
    const isUnread = model !== undefined && model.migrations.length > 0 && model.delivery === undefined;
    return isUnread && root.kustomization !== undefined;
  });
  const folder = commonFolder(bare.map(({ path }) => path));
  if (folder === undefined) return [];
  for (const path of foldersUpwards(folder)) {
    const names = listDelivery(path, sources);
    if (names.length === 0) continue;
    const why = `is in no Git repository, so nothing was read of ${joinWords(names)} there; --repository with this folder reads them`;
    return [{ path, why, named: false, bears: true }];
  }
  return [];
}

const deliveryFiles = [
  '.gitlab-ci.yml',
  'Dockerfile',
  ...['migration', 'migrations', 'migrate', 'migrator'].map((purpose) => `Dockerfile.${purpose}`),
];

/**
 * The pipelines of a folder, and its Dockerfiles. They are asked for by name: of a folder that is listed, such as one above a
 * tree in the system's temporary folder, `--watch` would take each new file for a change.
 */
function listDelivery(path: string, { fileSystem }: SourceCache): string[] {
  const kindOf = (name: string) => fileSystem.stat(posix.join(path, name))?.kind;
  const workflows = kindOf('.github/workflows') === 'directory' ? ['.github/workflows'] : [];
  return [...workflows, ...deliveryFiles.filter((name) => kindOf(name) === 'file')];
}
