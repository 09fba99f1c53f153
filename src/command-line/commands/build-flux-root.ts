import { buildDiscovered, buildWithFlux } from '../../build-roots.ts';
import { dropUndefined } from '../../collections/drop-undefined.ts';
import { resolveSettings } from '../../config/settings.ts';
import { Around } from '../../delivery/around.ts';
import { pushedFolderFinder } from '../../delivery/pushed-folders.ts';
import { discover } from '../../discover/discover.ts';
import { type FluxBuiltRoot, fluxName, isFluxBuilt } from '../../flux/flux-built-root.ts';
import { displayPlace } from '../../report/display-path.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { joinWords } from '../../text/join-words.ts';
import { UsageError } from '../../usage-error.ts';
import type { BuildFlags } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import { toFluxOptions } from './flux-options.ts';
import { toLeftOutOptions } from './left-out-options.ts';

/**
 * Builds a Flux Kustomization as Flux does. It is found by `NAME` or `NAMESPACE/NAME` in a folder, or in the build of another
 * Kustomization there. Throws a UsageError if there is none with that name, or more than one.
 */
export function buildFluxRoot(
  name: string,
  path: string,
  flags: BuildFlags,
  { directory }: Terminal,
  sources: SourceCache,
): FluxBuiltRoot {
  const { kustomize, loadRestrictor } = flags;
  const options = {
    ...dropUndefined({ kustomize, loadRestrictor }),
    applier: 'flux' as const,
    ...toLeftOutOptions(flags),
    ...toFluxOptions(flags),
  };
  const settings = resolveSettings([path], directory, options, sources);
  const given = discover([path], sources).roots.map((root) => buildDiscovered(root, settings, sources));
  const pushedFolders = pushedFolderFinder(new Around(sources).delivery);
  const roots = buildWithFlux(given, [path], settings, sources, { pushedFolders }).filter(isFluxBuilt);
  const named = roots.filter(({ flux: { kustomization } }) => {
    return kustomization.object.name.value === name || fluxName(kustomization) === name;
  });
  const [root, other] = named;
  if (root !== undefined && other === undefined) return root;
  const names = [...new Set(roots.map(({ flux }) => fluxName(flux.kustomization)))];
  if (root === undefined) throw new UsageError(describeAbsent(name, names));
  const places = named.map(({ flux }) => displayPlace(flux.kustomization.object.name.place.at, directory));
  throw new UsageError(
    `There are ${named.length} Flux Kustomizations ${name}, at ${joinWords(places)}; pass the folder of one cluster.`,
  );
}

function describeAbsent(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'There is no Flux Kustomization in this folder or in its build.';
  const bare = names.map((each) => each.slice(each.indexOf('/') + 1));
  const list = names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
  return `There is no Flux Kustomization ${name}.${didYouMean(name, [...names, ...bare])} There are ${list}.`;
}
