import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Span } from '../../source/span.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import { isFluxKustomization } from '../flux-kustomization.ts';
import { dependencyName } from './dependency-name.ts';

/** Finds Kustomizations that wait for each other in a cycle, so that none of them is ever ready. */
export function findCycles(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const byName = new Map(roots.map((root) => [fluxName(root.flux.kustomization), root]));
  const dependenciesOf = (root: FluxBuiltRoot): Dependency[] => [
    ...root.flux.kustomization.dependsOn.flatMap((reference): Dependency[] => {
      const target = byName.get(dependencyName(reference, root.flux.kustomization));
      return target === undefined ? [] : [{ root, at: reference.name.place.at, target, how: 'depends on' }];
    }),
    ...awaitedChildren(root, byName),
  ];
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

/** A Kustomization, and one that has to be ready before it: named in `dependsOn`, or applied and waited for. */
interface Dependency {
  readonly root: FluxBuiltRoot;
  readonly at: Span;
  readonly target: FluxBuiltRoot;
  readonly how: 'depends on' | 'waits for';
}

/** With `wait: true`, a Kustomization is ready once the Kustomizations that it applies are. It does not wait for itself. */
function awaitedChildren(root: FluxBuiltRoot, byName: ReadonlyMap<string, FluxBuiltRoot>): Dependency[] {
  const { wait } = root.flux.kustomization;
  if (wait.value !== true) return [];
  return root.resources.flatMap((resource): Dependency[] => {
    const child = isFluxKustomization(resource) ? byName.get(`${resource.namespace}/${resource.name}`) : undefined;
    if (child === undefined || child === root || child.flux.kustomization.suspend.value === true) return [];
    return [{ root, at: wait.place.at, target: child, how: 'waits for' }];
  });
}

/**
 * The problem for a cycle in which each step depends on the next; it is reported at the last entry of a `dependsOn`.
 * What only waits is applied, but never ready.
 */
function reportCycle(cycle: readonly Dependency[]): BuildProblem {
  const names = cycle.map(({ root }) => `\`${fluxName(root.flux.kustomization)}\``);
  const closing = cycle.findLast(({ how }) => how === 'depends on') ?? cycle.at(-1);
  if (closing === undefined) throw new Error('a cycle has at least one step');
  const circle = `in a circle (${[...names, names[0]].join(' → ')})`;
  return {
    kind: 'error',
    message:
      cycle.length === 1
        ? `Flux Kustomization ${names[0]} depends on itself, so it is never applied; remove this`
        : cycle.some(({ how }) => how === 'waits for')
          ? `Flux Kustomizations wait for each other ${circle}, since one with \`wait: true\` is ready only once those that it applies are: none of them is ever ready; remove this dependency, or \`wait: true\``
          : `Flux Kustomizations depend on each other ${circle}, so none of them is ever applied; remove one of the dependencies`,
    at: closing.at,
    related: cycle.flatMap((step, index) => {
      if (step === closing) return [];
      const next = names[(index + 1) % names.length];
      return [{ at: step.at, note: `${names[index]} ${step.how} ${next} here` }];
    }),
  };
}
