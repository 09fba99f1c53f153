import { posix } from 'node:path';
import { groupBy } from '../collections/group-by.ts';
import { pushAll } from '../collections/push-all.ts';
import { reach } from '../collections/reach.ts';
import { isWithin, isWithinAny } from '../source/files/path.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { compareText } from '../text/compare-text.ts';
import type { DiscoveredRoot, Discovery, ManifestsRoot } from './discovered-root.ts';
import { holdsFluxKustomization, holdsKubernetesObjects } from './kubernetes-yaml.ts';
import { type KustomizationLinks, type Placeholder, readKustomizationLinks } from './kustomization-links.ts';
import { kustomizationNames } from './kustomization-names.ts';
import type { SkippedPath } from './skipped-path.ts';
import type { WalkedFolder } from './walk.ts';

/** What to build in the searched folders. */
export interface FoundRoots extends Discovery {
  /** Absolute paths of everything that the kustomizations in these folders name. */
  readonly mentions: ReadonlySet<string>;
}

/**
 * Selects what to build in the searched folders: each kustomization that no other one includes, and each folder of
 * manifests that is unrelated to any kustomization.
 * @param given the kustomization folders that the user named, which are built even if there is nothing in them
 */
export function findRoots(
  walked: readonly WalkedFolder[],
  given: ReadonlySet<string>,
  sources: SourceCache,
): FoundRoots {
  const folders = walked.map((folder) => withFluxObjects(folder, sources));
  const links = new Map<string, KustomizationLinks>();
  for (const { path, isKustomization } of folders) {
    if (isKustomization) links.set(path, readKustomizationLinks(path, sources));
  }
  const mentions = new Set([...links.values()].flatMap((each) => each.mentions));
  const { roots, skipped } = findKustomizationRoots(links, given, sources);
  const { roots: manifests, unlisted } = findManifests(folders, links, mentions, sources);
  return { roots: [...roots, ...manifests], skipped, unlisted, mentions };
}

/** Treats a `kustomization.yaml` that contains a Flux Kustomization as a manifest, not as a kustomization file. */
function withFluxObjects(folder: WalkedFolder, sources: SourceCache): WalkedFolder {
  if (!folder.isKustomization) return folder;
  const files = kustomizationNames
    .map((name) => posix.join(folder.path, name))
    .filter((path) => sources.fileSystem.stat(path)?.kind === 'file');
  if (!files.every((path) => holdsFluxKustomization(path, sources))) return folder;
  return { ...folder, isKustomization: false, candidates: [...files, ...folder.candidates].sort(compareText) };
}

function findKustomizationRoots(
  links: ReadonlyMap<string, KustomizationLinks>,
  given: ReadonlySet<string>,
  sources: SourceCache,
): Pick<Discovery, 'roots' | 'skipped'> {
  const included = resolveIncludes(links, sources);
  const unused = removeUnusedComponents(included, links);
  const inside = new Set([...included.values()].flat());
  const roots: string[] = [];
  const reached = new Set<string>();
  const take = (path: string) => {
    roots.push(path);
    reach(path, included, reached);
  };
  for (const path of included.keys()) if (!inside.has(path)) take(path);
  // The rest is in include cycles; building one of each cycle reports it.
  for (const path of included.keys()) if (!reached.has(path)) take(path);
  const isPlaceholder = (path: string) => links.get(path)?.placeholder !== undefined && !given.has(path);
  const components = unused.map(
    (path): SkippedPath => ({ path, why: 'is a Component that no kustomization here includes', named: false }),
  );
  return {
    roots: roots.filter((path) => !isPlaceholder(path)).map((path) => ({ kind: 'kustomization', path })),
    skipped: [...components, ...describePlaceholders(roots.filter(isPlaceholder), links)],
  };
}

/** What a folder without a kustomization that kustomize would accept has instead. */
const placeholders: Readonly<Record<Placeholder, string>> = {
  empty: 'has a kustomization that lists nothing, so it was not built',
  template: 'has a template of a kustomization, so it was not built',
};

/** Describes the first folder with each kind of placeholder, and counts the others. */
function describePlaceholders(paths: readonly string[], links: ReadonlyMap<string, KustomizationLinks>): SkippedPath[] {
  return Object.entries(placeholders).flatMap(([kind, why]) => {
    const [first, ...others] = paths.filter((path) => links.get(path)?.placeholder === kind);
    if (first === undefined) return [];
    const more = others.length === 1 ? '; 1 more folder is like it' : `; ${others.length} more folders are like it`;
    return { path: first, why: `${why}${others.length === 0 ? '' : more}`, named: false, bears: true };
  });
}

/** Removes Components that nothing includes, which cannot be built alone. What only they include becomes a root. */
function removeUnusedComponents(
  included: Map<string, readonly string[]>,
  links: ReadonlyMap<string, KustomizationLinks>,
): string[] {
  const removed: string[] = [];
  for (;;) {
    const inside = new Set([...included.values()].flat());
    const unused = [...included.keys()].filter((path) => links.get(path)?.isComponent && !inside.has(path));
    if (unused.length === 0) return removed;
    for (const path of unused) included.delete(path);
    pushAll(removed, unused);
  }
}

/**
 * The kustomizations that each one includes. Paths are compared with links resolved. A folder around a kustomization
 * does not count: kustomize refuses such a base, so nothing is built of it there.
 */
function resolveIncludes(
  links: ReadonlyMap<string, KustomizationLinks>,
  { fileSystem }: SourceCache,
): Map<string, string[]> {
  const byRealPath = new Map([...links.keys()].map((path) => [fileSystem.realPath(path) ?? path, path]));
  const included = new Map<string, string[]>();
  for (const [path, { includes }] of links) {
    const found = includes.flatMap(
      (child) => byRealPath.get(child) ?? byRealPath.get(fileSystem.realPath(child) ?? child) ?? [],
    );
    included.set(
      path,
      found.filter((child) => !isWithin(path, child)),
    );
  }
  return included;
}

/** The folders of manifests that are unrelated to any kustomization, and the files in other folders that none names. */
function findManifests(
  folders: readonly WalkedFolder[],
  links: ReadonlyMap<string, KustomizationLinks>,
  mentioned: ReadonlySet<string>,
  sources: SourceCache,
): Pick<Discovery, 'roots' | 'unlisted'> {
  const roots: DiscoveredRoot[] = [];
  const unlisted: string[] = [];
  const tests = new Set(folders.filter(isTest).map(({ path }) => path));
  for (const { path, candidates } of folders) {
    if (isWithinAny(path, tests) && !isWithinAny(path, links)) continue;
    if (candidates.some((file) => mentioned.has(file)) || isWithinAny(path, links)) {
      pushAll(
        unlisted,
        candidates.filter((file) => /\.ya?ml$/.test(file) && !mentioned.has(file)),
      );
      continue;
    }
    const files = candidates.filter((file) => holdsKubernetesObjects(file, sources));
    if (files.length > 0) roots.push({ kind: 'manifests', path, files });
  }
  return { roots, unlisted };
}

/**
 * Whether a folder has a test of Chainsaw or KUTTL: its files are steps, and parts of objects that must be there, which are
 * compared and never applied.
 */
function isTest({ candidates }: WalkedFolder): boolean {
  return candidates.some((file) => /^(?:chainsaw|kuttl)-test\.ya?ml$/.test(posix.basename(file)));
}

/** Groups manifests that the user named by folder. */
export function groupFiles(files: readonly string[]): ManifestsRoot[] {
  return [...groupBy(files, (file) => [posix.dirname(file)])].map(([folder, members]) => {
    const only = members.length === 1 ? members[0] : undefined;
    return { kind: 'manifests', path: only ?? folder, files: members };
  });
}

/** Whether a path names a kustomization file. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationNames.includes(posix.basename(path));
}
