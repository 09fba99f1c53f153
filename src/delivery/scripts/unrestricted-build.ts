import type { Sources } from '../../source/files/note-reads.ts';
import { perRepository } from '../per-repository.ts';
import type { ReadDeployTexts } from './find-deploy-scripts.ts';

/** The flag that lets a kustomization read files outside its folder, on a command line or in a list of arguments. */
const unrestricted = /--load[-_]restrictor["']?[\s=,]+["']?(LoadRestrictionsNone|none)\b/i;

/** Commands for what Flux builds, which has no such restrictions; its Kustomizations may be outside of the repository. */
const fluxBuilds = /\bflux (reconcile|create) (kustomization|ks)\b|\bk8s-configuration flux (create|kustomization)\b/;

/**
 * Tells for a folder whether a script, a pipeline or a document of its repository builds without load restrictions, or a
 * script or a pipeline has Flux build it. The texts are only read if asked for.
 */
export function unrestrictedBuildFinder(sources: Sources, readTexts: ReadDeployTexts): (folder: string) => boolean {
  const ofRepository = perRepository(sources, (top) => {
    const { scripts, documents } = readTexts(top);
    return (
      scripts.some(({ text }) => unrestricted.test(text) || fluxBuilds.test(text)) ||
      documents.some(({ examples }) => examples.some((text) => unrestricted.test(text)))
    );
  });
  return (folder) => ofRepository(folder) === true;
}
