import { buildDiscovered, buildWithFlux } from '../../src/build-roots.ts';
import { resolveSettings } from '../../src/config/settings.ts';
import { Around } from '../../src/delivery/around.ts';
import { pushedFolderFinder } from '../../src/delivery/pushed-folders.ts';
import { discover } from '../../src/discover/discover.ts';
import { type FluxBuiltRoot, isFluxBuilt } from '../../src/flux/flux-built-root.ts';
import type { BuiltRoot } from '../../src/kustomize/built-root.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import type { Span } from '../../src/source/span.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** A tree in memory below `/repo`, followed as the command does. */
export interface FollowedTree {
  readonly roots: readonly BuiltRoot[];
  /** Those that Flux builds, by the name of the Kustomization. */
  readonly flux: ReadonlyMap<string, FluxBuiltRoot>;
}

export function followTree(
  files: Readonly<Record<string, string>>,
  options: LintOptions = {},
  target = '/repo',
): FollowedTree {
  const paths = Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : `/repo/${path}`, text]);
  const sources = new SourceCache(memoryFileSystem(Object.fromEntries(paths)));
  const settings = resolveSettings([target], '/repo', { config: false, ...options }, sources);
  const given = discover([target], sources).roots.map((root) => buildDiscovered(root, settings, sources));
  const roots = buildWithFlux(given, [target], settings, sources, {
    pushedFolders: pushedFolderFinder(new Around(sources).delivery),
  });
  const flux = roots.filter(isFluxBuilt);
  return { roots, flux: new Map(flux.map((root) => [root.flux.kustomization.object.name.value ?? '', root])) };
}

/** A Flux Kustomization's manifest. */
export function kustomization(name: string, path: string, more = ''): string {
  const spec = more.replace(/^/gm, '  ');
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${path}
  sourceRef: {kind: GitRepository, name: flux-system}
${spec}
`;
}

/** A ConfigMap's manifest. */
export function configMap(name: string, data: string, namespace = 'flux-system'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data: ${data}
`;
}

/** A span as `file:text`. */
export function showSpan({ file, start, end }: Span): string {
  return `${file.path.replace('/repo/', '')}:${file.text.slice(start, end)}`;
}

/** Problems as `kind file:text message`, cut short. */
export function showProblems(roots: readonly FluxBuiltRoot[], length = 60): string[] {
  return roots
    .flatMap(({ problems, flux }) => [...problems, ...flux.remarks])
    .map(({ kind, at, message }) => `${kind} ${showSpan(at)} ${message.slice(0, length)}`);
}
