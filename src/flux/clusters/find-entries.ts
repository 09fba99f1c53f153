import { reach } from '../../collections/reach.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { getField, getText } from '../../source/node.ts';
import { firstOrigin, originSpan } from '../../source/origin.ts';
import { type Span, spanKey } from '../../source/span.ts';
import { type FluxKustomization, isFluxKustomization, readFluxKustomization } from '../flux-kustomization.ts';
import type { Basis, FluxMemory } from '../flux-memory.ts';
import type { FolderBuilds } from '../folders/folder-builds.ts';
import type { SourceLocator } from '../sources/source-location.ts';
import { findSource } from '../sources/source-object.ts';
import type { ObjectIndex } from './resource-index.ts';

/** What a search for entries uses: the objects of all given roots, and how to locate and build folders. */
export interface SearchTools {
  readonly objects: ObjectIndex;
  readonly locator: SourceLocator;
  readonly builds: FolderBuilds;
  readonly memory: FluxMemory;
}

/** A Flux Kustomization in a given root, and the key of the place where it is written. */
interface Candidate {
  readonly root: BuiltRoot;
  readonly resource: Resource;
  readonly place: string;
}

/**
 * The Flux Kustomizations that are not applied by Flux itself, by root: those in the given roots that no other one
 * builds. If they build each other in a cycle, the first one is an entry; it is normal that Flux's own Kustomization
 * builds itself. Kustomizations in hidden folders below `top`, and copies out of a cluster, are not entries.
 */
export function findEntries(given: readonly BuiltRoot[], tools: SearchTools, top: string): Map<BuiltRoot, Resource[]> {
  const candidates = given.flatMap((root) =>
    root.resources
      .filter((resource) => isFluxKustomization(resource) && !isHidden(resource, top) && !isDump(resource))
      .map((resource) => ({ root, resource, place: writtenPlace(resource) })),
  );
  const children = findChildren(candidates, tools);
  const entries = new Map<BuiltRoot, Resource[]>();
  const reached = new Set<string>();
  const take = ({ root, resource, place }: Candidate) => {
    entries.set(root, [...(entries.get(root) ?? []), resource]);
    reach(place, children, reached);
  };
  const built = new Set([...children].flatMap(([parent, places]) => [...places].filter((place) => place !== parent)));
  for (const candidate of candidates) if (!built.has(candidate.place)) take(candidate);
  for (const candidate of candidates) if (!reached.has(candidate.place)) take(candidate);
  return entries;
}

/** Whether an object is in a folder such as `.archive` or `.github`, which no cluster gets, or from standard input. */
function isHidden(resource: Resource, top: string): boolean {
  const { path } = writtenSpan(resource).file;
  if (path.startsWith('<')) return true;
  return /(?:^|\/)\.[^/.][^/]*\//.test(path.startsWith(top) ? path.slice(top.length) : '');
}

/** Whether an object was copied out of a cluster (`kubectl get -o json`): only the API server gives it a `uid`. */
function isDump({ node }: Resource): boolean {
  return getText(node, ['metadata', 'uid']) !== undefined;
}

/** A key for the place where an object was written, whatever changed it later. */
export function writtenPlace(resource: Resource): string {
  return spanKey(writtenSpan(resource));
}

function writtenSpan({ node }: Resource): Span {
  return originSpan(firstOrigin(getField(node, 'kind')?.origin ?? node.origin));
}

/** The places of the Flux Kustomizations that each one builds, by its own place. */
function findChildren(
  candidates: readonly Candidate[],
  { objects, locator, builds, memory }: SearchTools,
): Map<string, Set<string>> {
  const kustomizations = candidates.flatMap(({ resource, place }): [string, FluxKustomization][] => {
    const kustomization = readFluxKustomization(resource);
    return kustomization === undefined ? [] : [[place, kustomization]];
  });
  const homes = locator.findHomes(
    kustomizations.map(([, kustomization]) => kustomization),
    objects,
  );
  const children = new Map<string, Set<string>>();
  for (const [place, kustomization] of kustomizations) {
    const located = locator.locate(kustomization, homes, objects);
    if ('problem' in located) continue;
    const found = children.get(place) ?? new Set<string>();
    const basis = { folder: located.folder, source: findSource(kustomization, objects) };
    for (const child of memory.recallChildren(kustomization.resource, basis) ?? look(kustomization, basis))
      found.add(child);
    children.set(place, found);
  }
  return children;

  function look(kustomization: FluxKustomization, basis: Basis): string[] {
    const { resources, files } = builds.look(kustomization, basis.folder);
    const places = resources.filter(isFluxKustomization).map(writtenPlace);
    memory.noteChildren(kustomization.resource, { ...basis, files, places });
    return places;
  }
}
