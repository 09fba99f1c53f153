import { posix } from 'node:path';
import { dropUndefined } from './collections/drop-undefined.ts';
import { oncePer } from './collections/once.ts';
import type { Settings } from './config/settings.ts';
import type { DiscoveredRoot } from './discover/discovered-root.ts';
import type { FurtherRoots } from './flux/clusters/given-objects.ts';
import { isFluxKustomization } from './flux/flux-kustomization.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import { followFlux } from './flux/follow.ts';
import type { FindPushedFolders } from './flux/sources/source-location.ts';
import { type BuildOptions, buildManifests, buildRoot } from './kustomize/build.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import { helmProgram } from './kustomize/helm/helm-program.ts';
import { commonFolder, isWithinAny } from './source/files/path.ts';
import type { SourceCache } from './source/source-cache.ts';

/** The settings that a build depends on. */
export type BuildSettings = Pick<
  Settings,
  'applier' | 'dialect' | 'loadRestrictor' | 'remoteCache' | 'helm' | 'sources' | 'variables' | 'strictSubstitution'
>;

/** The build options for one root. Flux and Argo CD build what is committed. */
export function buildOptions({
  applier,
  dialect,
  loadRestrictor,
  remoteCache,
  helm,
}: Pick<Settings, 'dialect' | 'loadRestrictor' | 'remoteCache' | 'helm'> &
  Partial<Pick<Settings, 'applier'>>): BuildOptions {
  return {
    dialect,
    loadRestrictor,
    fromGit: applier === 'flux' || applier === 'argocd',
    ...dropUndefined({ remoteCache, helm: helm === undefined ? undefined : helmProgram(helm) }),
  };
}

/** Builds a discovered root, without Flux. */
export function buildDiscovered(root: DiscoveredRoot, settings: BuildSettings, sources: SourceCache): BuiltRoot {
  switch (root.kind) {
    case 'kustomization':
      return buildRoot(root.path, buildOptions(settings), sources);
    case 'manifests':
      return buildManifests(root.path, root.files, buildOptions(settings), sources);
  }
}

/** What is known beside the given roots when Flux is followed. */
export interface FluxContext {
  /** Of an earlier run with the same settings; updated for the next run. */
  readonly memory?: FluxMemory;
  /** Other given roots without Flux Kustomizations; they are not replaced here. */
  readonly further?: FurtherRoots | undefined;
  /** Without it, no source is taken for what a pipeline pushes. */
  readonly pushedFolders?: FindPushedFolders;
}

/**
 * Follows the Flux Kustomizations in the builds. What Flux builds replaces the roots that are part of it, because these are
 * not applied on their own.
 * @param targets the given paths, absolute
 */
export function buildWithFlux(
  given: readonly BuiltRoot[],
  targets: readonly string[],
  settings: BuildSettings,
  sources: SourceCache,
  { memory = new FluxMemory(), further, pushedFolders = () => [] }: FluxContext = {},
): readonly BuiltRoot[] {
  if (settings.applier !== undefined && settings.applier !== 'flux') return given;
  const candidates = given.map((root) => buildUnrestricted(root, settings, sources));
  if (!candidates.some(hasFlux)) return given;
  const folders = targets.map((path) =>
    sources.fileSystem.stat(path)?.kind === 'directory' ? path : posix.dirname(path),
  );
  const { roots, covered } = followFlux(
    candidates,
    {
      dialect: settings.dialect,
      remoteCache: settings.remoteCache,
      given: settings.sources,
      variables: settings.variables,
      strict: settings.strictSubstitution,
      pushedFolders,
      commonFolder: commonFolder(folders.filter((path) => path.startsWith('/'))) ?? '/',
    },
    sources,
    memory,
    further && {
      ...further,
      holding: (kind, name) => further.holding(kind, name).map((root) => buildUnrestricted(root, settings, sources)),
    },
  );
  const builtFolders = new Set(roots.flatMap(({ path, flux }) => [path, ...(flux.candidates ?? [])]));
  const rest = candidates.flatMap((candidate, index) => {
    if (covered.has(candidate)) return [];
    // Nothing but Flux applies a root in a folder that it builds, or may build, once something lists it.
    return hasFlux(candidate) || isWithinAny(candidate.path, builtFolders) ? candidate : (given[index] ?? []);
  });
  return [...rest, ...roots];
}

/** Whether a root contains a Flux Kustomization. Remembered, because a run after an edit reuses most roots. */
const hasFlux = oncePer((root: BuiltRoot): boolean => root.resources.some(isFluxKustomization));

/** Whether kustomize refuses a root, or a part of it. */
export function hasFailed({ problems }: BuiltRoot): boolean {
  return problems.some(({ kind }) => kind === 'error');
}

/** Rebuilds a failed root without load restrictions, as Flux does. */
export function buildUnrestricted(root: BuiltRoot, settings: BuildSettings, sources: SourceCache): BuiltRoot {
  if (!hasFailed(root) || root.kustomization === undefined || settings.loadRestrictor === 'none') return root;
  return buildRoot(root.path, { ...buildOptions(settings), loadRestrictor: 'none' }, sources);
}
