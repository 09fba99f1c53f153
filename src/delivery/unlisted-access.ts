import { posix } from 'node:path';
import { isKustomizationFile } from '../discover/find-roots.ts';
import { findUnlistedFiles } from '../discover/unlisted-files.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { readResources } from '../kustomize/load/read-resources.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import { type Access, readAccess } from '../model/access/access.ts';
import type { Sources } from '../source/note-reads.ts';
import { isReadFailure } from '../source/source-cache.ts';

/**
 * The roles and bindings in files beside the kustomizations of a root that none of them lists: whoever applies the root does not
 * apply these. As the files have them, without what the kustomizations would do to them.
 */
export function readUnlistedAccess({ files }: Pick<BuiltRoot, 'files'>, sources: Sources): Access {
  const folders = files.filter(({ path }) => isKustomizationFile(path)).map(({ path }) => posix.dirname(path));
  return readAccess(findUnlistedFiles(folders, files, sources).flatMap((path) => readRules(path, sources)));
}

function readRules(path: string, sources: Sources): Resource[] {
  const file = sources.read(path);
  if (isReadFailure(file) || !file.text.includes('rbac.authorization.k8s.io')) return [];
  try {
    return readResources(sources.parse(file), () => {});
  } catch (error) {
    if (error instanceof BuildError) return [];
    throw error;
  }
}
