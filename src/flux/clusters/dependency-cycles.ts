import type { BuildProblem } from '../../kustomize/problem.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import type { FluxKustomization, FluxReference } from '../flux-kustomization.ts';

/** Finds Kustomizations that wait for each other in a cycle, so that none of them is ever applied. */
export function findCycles(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const byName = new Map(roots.map((root) => [fluxName(root.flux.kustomization), root]));
  const dependenciesOf = (root: FluxBuiltRoot): Dependency[] =>
    root.flux.kustomization.dependsOn.flatMap((reference) => {
      const target = byName.get(dependencyName(reference, root.flux.kustomization));
      return target === undefined ? [] : [{ root, reference, target }];
    });
  const done = new Set<FluxBuiltRoot>();
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  for (const root of roots) if (!done.has(root)) followFrom(root);
  return found;

  /** Depth-first search without recursion, since chains of dependencies may be of any length. */
  function followFrom(start: FluxBuiltRoot): void {
    const path: Dependency[] = [];
    const open = [dependenciesOf(start)];
    for (let left = open.at(-1); left !== undefined; left = open.at(-1)) {
      const step = left.shift();
      if (step === undefined) {
        done.add(path.pop()?.target ?? start);
        open.pop();
        continue;
      }
      const { root, target } = step;
      const before = root === target ? path.length : path.findIndex((each) => each.root === target);
      if (before >= 0) {
        found.set(root, [...(found.get(root) ?? []), reportCycle([...path.slice(before), step])]);
      } else if (!done.has(target)) {
        path.push(step);
        open.push(dependenciesOf(target));
      }
    }
  }
}

/** A Kustomization, and one that it names in `dependsOn`. */
interface Dependency {
  readonly root: FluxBuiltRoot;
  readonly reference: FluxReference;
  readonly target: FluxBuiltRoot;
}

function dependencyName({ name, namespace }: FluxReference, { object }: FluxKustomization): string {
  const owner = namespace.value ?? object.namespace.value;
  return owner === undefined ? (name.value ?? '') : `${owner}/${name.value ?? ''}`;
}

/** The problem for a cycle in which each step depends on the next; it is reported at the last step, which closes it. */
function reportCycle(cycle: readonly Dependency[]): BuildProblem {
  const names = cycle.map(({ root }) => `\`${fluxName(root.flux.kustomization)}\``);
  const closing = cycle.at(-1);
  if (closing === undefined) throw new Error('a cycle has at least one step');
  return {
    kind: 'error',
    message:
      cycle.length === 1
        ? `Flux Kustomization ${names[0]} depends on itself, so it is never applied; remove this`
        : `Flux Kustomizations depend on each other in a circle (${[...names, names[0]].join(' → ')}), so none of them is ever applied; remove one of the dependencies`,
    at: closing.reference.name.place.at,
    related: cycle.slice(0, -1).map(({ reference }, index) => ({
      at: reference.name.place.at,
      note: `${names[index]} depends on ${names[index + 1]} here`,
    })),
  };
}
