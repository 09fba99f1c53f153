import type { BuildProblem } from '../../kustomize/problem.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import { type FluxReference, isFluxKustomization } from '../flux-kustomization.ts';
import { dependencyName, mayMean } from './dependency-name.ts';

/** An entry of a `dependsOn`, and the Kustomization that has it. */
interface Entry {
  readonly root: FluxBuiltRoot;
  readonly reference: FluxReference;
}

/**
 * Finds dependencies that no Kustomization of the given trees is called, by the first Kustomization that has them. Only
 * those of Kustomizations that another one brings count: the trees then hold more of the cluster than a single team's
 * part. An entry that resembles something of the trees is left to the rule `flux-depends-on`.
 */
export function findAbsentDependencies(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  for (const [name, entries] of collectAbsent(roots)) {
    const [first] = entries;
    if (first === undefined || resemblesAny(first.reference, roots)) continue;
    found.set(first.root, [...(found.get(first.root) ?? []), reportAbsent(name, first, entries)]);
  }
  return found;
}

function collectAbsent(roots: readonly FluxBuiltRoot[]): Map<string, Entry[]> {
  const names = new Set(roots.map(({ flux }) => fluxName(flux.kustomization)));
  const absent = new Map<string, Entry[]>();
  for (const root of roots) {
    for (const reference of root.flux.kustomization.dependsOn) {
      const name = dependencyName(reference, root.flux.kustomization);
      if (names.has(name) || isSymbolic(name)) continue;
      absent.set(name, [...(absent.get(name) ?? []), { root, reference }]);
    }
  }
  if (absent.size === 0) return absent;
  const brought = new Set(
    roots.flatMap(({ resources }) =>
      resources.filter(isFluxKustomization).map(({ namespace, name }) => `${namespace}/${name}`),
    ),
  );
  const isBrought = ({ root }: Entry): boolean => brought.has(fluxName(root.flux.kustomization));
  return new Map([...absent].filter(([, entries]) => entries.some(isBrought)));
}

/** Whether a Kustomization has a similar name, or the same one in another namespace, or a HelmRelease has the name. */
function resemblesAny(reference: FluxReference, roots: readonly FluxBuiltRoot[]): boolean {
  return roots.some(
    ({ flux, resources }) =>
      mayMean(reference, flux.kustomization) ||
      resources.some(({ kind, name }) => kind === 'HelmRelease' && name === (reference.name.value ?? '')),
  );
}

function reportAbsent(name: string, { root, reference }: Entry, entries: readonly Entry[]): BuildProblem {
  const own = fluxName(root.flux.kustomization);
  const depend = entries.length === 1 ? 'depends' : `and ${entries.length - 1} more depend`;
  return {
    kind: 'incomplete',
    message: `Flux Kustomization \`${own}\` ${depend} on \`${name}\`, which is not in the given tree: unless something else brings it, nothing of what depends on it is ever applied; give the folder that has it too, or remove the entry`,
    at: reference.name.place.at,
    related: entries.slice(1).map((entry) => ({
      at: entry.reference.name.place.at,
      note: `\`${fluxName(entry.root.flux.kustomization)}\` depends on it too`,
    })),
  };
}
