import { posix } from 'node:path';
import { dropUndefined } from '../../collections/drop-undefined.ts';
import { buildRoot } from '../../kustomize/build.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { Dialect } from '../../kustomize/dialect.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { isWithin } from '../../source/files/path.ts';
import { originChain, originSpan } from '../../source/origin.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import { amendmentOf } from './amend-kustomization.ts';
import type { IsIgnored } from './find-manifests.ts';

/** The folder that a Flux Kustomization is built from. */
export interface FluxFolder {
  /** Absolute path of the source's root; Flux sees nothing outside of it. */
  readonly source: string;
  /** Absolute path of the folder that `spec.path` names. */
  readonly directory: string;
  readonly isIgnored: IsIgnored;
}

/** The options that the builds of all folders share. */
export interface FolderOptions {
  readonly dialect: Dialect;
  /** Absolute path of the folder with remote bases and files. */
  readonly remoteCache: string | undefined;
}

/**
 * Builds the folder of a Flux Kustomization as kustomize-controller does, up to but excluding variable substitution:
 * with the settings of the Flux Kustomization, a generated kustomization if the folder has none, and no load restrictor
 * except that files must be in the source.
 */
export function buildFluxFolder(
  kustomization: FluxKustomization,
  { source, directory, isIgnored }: FluxFolder,
  { dialect, remoteCache }: FolderOptions,
  sources: SourceCache,
): BuiltRoot {
  const amendment = amendmentOf(kustomization, isIgnored, sources.fileSystem);
  const fromGit = kustomization.sourceRef.kind.value === 'GitRepository';
  const fetched = dropUndefined({ remoteCache });
  const built = buildRoot(directory, { dialect, loadRestrictor: 'none', fromGit, amendment, ...fetched }, sources);
  const cache = remoteCache === undefined ? undefined : sources.fileSystem.realPath(remoteCache);
  const absent = built.files
    .map(({ path }) => path)
    .filter((path) => !isAvailable(path, source, isIgnored) && (cache === undefined || !isWithin(path, cache)));
  const refused = absent.length > 0 ? [reportUnavailable(absent, source, built.resources, kustomization)] : [];
  const wasGenerated = built.kustomization?.text === '';
  return {
    ...built,
    kustomization: wasGenerated ? undefined : built.kustomization,
    problems: [...built.problems, ...refused],
    resources: refused.length > 0 ? [] : built.resources,
  };
}

function isAvailable(path: string, source: string, isIgnored: IsIgnored): boolean {
  return isWithin(path, source) && !isIgnored(path, false);
}

/** The error for files that are on disk but not in the source, at the entry that lists the first of them. */
function reportUnavailable(
  paths: readonly string[],
  source: string,
  resources: readonly Resource[],
  kustomization: FluxKustomization,
): BuildProblem {
  const [path = '', ...others] = paths;
  const from = resources.find(({ node }) =>
    [...originChain(node.origin)].some((each) => originSpan(each).file.path === path),
  );
  const relative = posix.relative(source, path);
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return {
    kind: 'error',
    message: relative.startsWith('../')
      ? `\`${relative}\`${more} is outside of the source, where Flux reads nothing; move it into the source`
      : `\`${relative}\`${more} is not in the source, as \`.sourceignore\`, \`spec.ignore\` of the source or Flux's own list leaves it out, so Flux cannot build with it; take it back in with a line \`!/${relative}\``,
    at: from?.listedIn.at(-1) ?? kustomization.path.place.at,
    related: [],
  };
}
