import type { Sources } from '../../source/files/note-reads.ts';
import { perRepository } from '../per-repository.ts';
import { Repository } from '../repository.ts';
import { findDeployScripts } from './find-deploy-scripts.ts';

/** The flag that lets a kustomization read files outside its folder, on a command line or in a list of arguments. */
const unrestricted = /--load[-_]restrictor["']?[\s=,]+["']?(LoadRestrictionsNone|none)\b/i;

/** Commands for what Flux builds, which has no such restrictions; its Kustomizations may be outside of the repository. */
const fluxBuilds = /\bflux (reconcile|create) (kustomization|ks)\b|\bk8s-configuration flux (create|kustomization)\b/;

/**
 * Tells for a folder whether a script, a pipeline or a document of its repository builds without load restrictions, or a
 * script or a pipeline has Flux build it. The texts are read once for each repository, and only if asked for.
 */
export function unrestrictedBuildFinder(sources: Sources): (folder: string) => boolean {
  const ofRepository = perRepository(sources, (top) => {
    const { scripts, examples } = findDeployScripts(new Repository(top, sources));
    return (
      [...scripts, ...examples].some((text) => unrestricted.test(text)) || scripts.some((text) => fluxBuilds.test(text))
    );
  });
  return (folder) => ofRepository(folder) === true;
}
