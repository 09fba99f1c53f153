import { posix } from 'node:path';
import { once } from '../collections/once.ts';
import { isKustomizationFile } from '../discover/find-roots.ts';
import { findUnlistedFiles } from '../discover/unlisted-files.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { readResources } from '../kustomize/load/read-resources.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resources/resource.ts';
import { readAccess } from '../model/access/access.ts';
import type { Unlisted } from '../model/unlisted.ts';
import { readConfigObject } from '../objects/config-object.ts';
import { readObject } from '../objects/kubernetes-object.ts';
import { isJob, type Job, readWorkload } from '../objects/workload.ts';
import type { Sources } from '../source/files/note-reads.ts';
import { getField } from '../source/node.ts';
import { isReadFailure } from '../source/source-cache.ts';

/** Reads the objects in files beside a root's kustomizations, as written there. */
export function readUnlisted({ files }: Pick<BuiltRoot, 'files'>, sources: Sources): Unlisted {
  const unlistedFiles = once(() => {
    const folders = files.filter(({ path }) => isKustomizationFile(path)).map(({ path }) => posix.dirname(path));
    return findUnlistedFiles(folders, files, sources);
  });
  /** The objects of the files that contain `mark`; if `named` is given, only files with such a name are read. */
  const read = (mark: RegExp, named?: RegExp): Resource[] =>
    unlistedFiles()
      .filter((path) => named === undefined || named.test(posix.basename(path)))
      .flatMap((path) => readObjects(path, sources, mark));
  return {
    access: once(() => readAccess(read(/rbac\.authorization\.k8s\.io|\bServiceAccount\b/))),
    jobs: once(() => read(kindMark('Job')).flatMap((resource) => readJob(resource) ?? [])),
    services: once(() =>
      read(kindMark('Service'))
        .filter(({ kind }) => kind === 'Service')
        .map((resource) => readObject(resource)),
    ),
    madeSecrets: once(() =>
      read(kindMark('(Sealed|External)?Secret'), /secret|sealed|external|credential|sops/i)
        .filter(isSafeToCommit)
        .flatMap((resource) => readConfigObject(resource) ?? []),
    ),
    filesIn: (folder) => sources.fileSystem.listDirectory(folder),
  };
}

/** Whether an object becomes a Secret in the cluster, or is one that SOPS has encrypted: such files are meant for Git. */
function isSafeToCommit({ kind, node }: Resource): boolean {
  return kind === 'Secret'
    ? getField(node, 'sops') !== undefined
    : kind === 'SealedSecret' || kind === 'ExternalSecret';
}

function kindMark(kind: string): RegExp {
  return new RegExp(`kind["']?: *["']?${kind}\\b`);
}

function readJob(resource: Resource): Job | undefined {
  const workload = readWorkload(resource);
  return workload !== undefined && isJob(workload) ? workload : undefined;
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
