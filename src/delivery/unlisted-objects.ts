import { posix } from 'node:path';
import { isKustomizationFile } from '../discover/find-roots.ts';
import { findUnlistedFiles } from '../discover/unlisted-files.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { readResources } from '../kustomize/load/read-resources.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import { type Access, readAccess } from '../model/access/access.ts';
import { isJob, type Job, readWorkload } from '../model/objects/workload.ts';
import type { Sources } from '../source/note-reads.ts';
import { isReadFailure } from '../source/source-cache.ts';

/**
 * The roles and bindings in files beside the kustomizations of a root that none of them lists: whoever applies the root does not
 * apply these. As the files have them, without what the kustomizations would do to them.
 */
export function readUnlistedAccess(root: Pick<BuiltRoot, 'files'>, sources: Sources): Access {
  return readAccess(readUnlisted(root, sources, /rbac\.authorization\.k8s\.io/));
}

/** The Jobs in such files. */
export function readUnlistedJobs(root: Pick<BuiltRoot, 'files'>, sources: Sources): Job[] {
  return readUnlisted(root, sources, /kind["']?: *["']?Job\b/).flatMap((resource) => {
    const workload = readWorkload(resource);
    return workload !== undefined && isJob(workload) ? [workload] : [];
  });
}

/** @param mark what stands in a file that has such objects */
function readUnlisted({ files }: Pick<BuiltRoot, 'files'>, sources: Sources, mark: RegExp): Resource[] {
  const folders = files.filter(({ path }) => isKustomizationFile(path)).map(({ path }) => posix.dirname(path));
  return findUnlistedFiles(folders, files, sources).flatMap((path) => readObjects(path, sources, mark));
}

function readObjects(path: string, sources: Sources, mark: RegExp): Resource[] {
  const file = sources.read(path);
  if (isReadFailure(file) || !mark.test(file.text)) return [];
  try {
    return readResources(sources.parse(file), () => {});
  } catch (error) {
    if (error instanceof BuildError) return [];
    throw error;
  }
}
