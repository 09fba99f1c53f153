import { posix } from 'node:path';
import { commonFolder } from './config/find-config.ts';
import type { Settings } from './config/settings.ts';
import type { DiscoveredRoot } from './discover/discovered-root.ts';
import { dropUndefined } from './drop-undefined.ts';
import { isFluxKustomization } from './flux/flux-kustomization.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import { followFlux } from './flux/follow.ts';
import type { FurtherRoots } from './flux/given-objects.ts';
import { type BuildOptions, buildManifests, buildRoot } from './kustomize/build.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import { helmProgram } from './kustomize/helm/helm-program.ts';
import { oncePer } from './once.ts';
import type { SourceCache } from './source/source-cache.ts';

/** The settings that a build depends on. */
export type BuildSettings = Pick<
  Settings,
  'applier' | 'dialect' | 'loadRestrictor' | 'remoteCache' | 'helm' | 'sources' | 'variables' | 'strictSubstitution'
>;

/** The settings as the build of one root has them. */
export function buildOptions({
  dialect,
  loadRestrictor,
  remoteCache,
  helm,
}: Pick<Settings, 'dialect' | 'loadRestrictor' | 'remoteCache' | 'helm'>): BuildOptions {
  return {
    dialect,
    loadRestrictor,
    ...dropUndefined({ remoteCache, helm: helm === undefined ? undefined : helmProgram(helm) }),
  };
}

/** Builds what was found, without Flux. */
export function buildDiscovered(root: DiscoveredRoot, settings: BuildSettings, sources: SourceCache): BuiltRoot {
  switch (root.kind) {
    case 'kustomization':
      return buildRoot(root.path, buildOptions(settings), sources);
    case 'manifests':
      return buildManifests(root.path, root.files, buildOptions(settings), sources);
  }
}

/**
 * Follows the Flux Kustomizations in what was built: what Flux makes of the trees takes the place of the roots that are a
 * part of it, which mean nothing by themselves.
 * @param targets the paths that were given, absolute
 * @param memory of an earlier run with the same settings, and for the next one
 * @param further roots that are given, too, and bring no Flux Kustomization; what Flux builds does not take their place here
 */
export function buildWithFlux(
  given: readonly BuiltRoot[],
  targets: readonly string[],
  settings: BuildSettings,
  sources: SourceCache,
  memory = new FluxMemory(),
  further?: FurtherRoots,
): readonly BuiltRoot[] {
  if (settings.applier !== undefined && settings.applier !== 'flux') return given;
  const candidates = given.map((root) => buildUnrestricted(root, settings, sources));
  if (!candidates.some(tellsFlux)) return given;
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
      commonFolder: commonFolder(folders.filter((path) => path.startsWith('/'))) ?? '/',
    },
    sources,
    memory,
    further && {
      ...further,
      holding: (kind, name) => further.holding(kind, name).map((root) => buildUnrestricted(root, settings, sources)),
    },
  );
  return [...given.filter((_, index) => !covered.has(candidates[index] as BuiltRoot)), ...roots];
}

/** Whether there is a Flux Kustomization in a root. Runs that follow on edits have most roots from before. */
const tellsFlux = oncePer((root: BuiltRoot): boolean => root.resources.some(isFluxKustomization));

/** What kustomize refuses to read outside of a folder Flux does read, and there may be Kustomizations of its in it. */
function buildUnrestricted(root: BuiltRoot, settings: BuildSettings, sources: SourceCache): BuiltRoot {
  const failed = root.problems.some(({ kind }) => kind === 'error');
  if (!failed || root.kustomization === undefined || settings.loadRestrictor === 'none') return root;
  return buildRoot(root.path, { ...buildOptions(settings), loadRestrictor: 'none' }, sources);
}
