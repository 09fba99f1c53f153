import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SourceCache } from '../source/source-cache.ts';
import { isKustomizationFile } from './find-roots.ts';
import { holdsKubernetesObjects } from './kubernetes-yaml.ts';
import { readKustomizationLinks } from './kustomization-links.ts';

/** Whether a change of a file leaves discovery unaffected: what a kustomization includes, or whether a file contains objects. */
export function discoversTheSame(path: string, before: SourceCache, after: SourceCache): boolean {
  const read = (sources: SourceCache) =>
    isKustomizationFile(path)
      ? readKustomizationLinks(posix.dirname(path), sources)
      : holdsKubernetesObjects(path, sources);
  return isDeepStrictEqual(read(before), read(after));
}
