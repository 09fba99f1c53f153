import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SourceCache } from '../source/source-cache.ts';
import { isKustomizationFile } from './find-roots.ts';
import { holdsKubernetesObjects } from './kubernetes-yaml.ts';
import { readKustomizationLinks } from './kustomization-links.ts';

/** Whether a file tells a walk the same before and after its content has changed: what it includes, or that it holds objects. */
export function discoversTheSame(path: string, before: SourceCache, after: SourceCache): boolean {
  const tell = (sources: SourceCache) =>
    isKustomizationFile(path)
      ? readKustomizationLinks(posix.dirname(path), sources)
      : holdsKubernetesObjects(path, sources);
  return isDeepStrictEqual(tell(before), tell(after));
}
