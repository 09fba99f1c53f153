import type { BuildProblem } from '../kustomize/problem.ts';
import type { Resource } from '../kustomize/resource.ts';
import { formatApiVersion } from '../kustomize/resource-id.ts';
import { getField, getPath, getText } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import { type FluxBuiltRoot, fluxName } from './flux-built-root.ts';
import type { FluxKustomization, FluxReference } from './flux-kustomization.ts';

/** Adds to the roots of one cluster what is wrong between them: shared objects, and dependencies that go round. */
export function checkCluster(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  const shared = findSharedObjects(roots);
  const circles = findCircles(roots);
  return roots.map((root) => {
    const found = [...(shared.get(root) ?? []), ...(circles.get(root) ?? [])];
    return found.length === 0 ? root : { ...root, flux: { ...root.flux, remarks: [...root.flux.remarks, ...found] } };
  });
}

/** Objects that two Kustomizations apply: each undoes the other's fields, and prunes what the other still wants. */
function findSharedObjects(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const owners = new Map<string, { root: FluxBuiltRoot; resource: Resource }>();
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  for (const root of roots) {
    for (const resource of root.resources) {
      if (isShareable(resource)) continue;
      const key = objectKey(resource, root.flux.kustomization);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { root, resource });
      else if (owner.root !== root) {
        found.set(root, [...(found.get(root) ?? []), reportShared(resource, root, owner.resource, owner.root)]);
      }
    }
  }
  return found;
}

/** Objects that Flux only adds to, or leaves alone where they are, may have several owners. */
function isShareable({ node }: Resource): boolean {
  const mode = getText(node, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/ssa'])?.toLowerCase();
  return mode === 'merge' || mode === 'ifnotpresent' || mode === 'ignore';
}

/** A remote cluster's objects are others. */
function objectKey(resource: Resource, { isRemote, object }: FluxKustomization): string {
  const { group, kind, name, namespace } = resource.id;
  return [isRemote ? object.name.value : '', group, kind, namespace, name].join('\0');
}

function reportShared(
  resource: Resource,
  root: FluxBuiltRoot,
  other: Resource,
  otherRoot: FluxBuiltRoot,
): BuildProblem {
  const [here, there] = [root, otherRoot].map(({ flux }) => `\`${fluxName(flux.kustomization)}\``);
  return {
    kind: 'error',
    message:
      `${resource.kind} \`${resource.name}\` is applied by two Flux Kustomizations, ${there} and ${here}: each writes over ` +
      'the other, and either deletes it when it goes from its own tree; leave it to one of them',
    at: nameSpan(resource),
    related: [
      { at: nameSpan(other), note: `${formatApiVersion(other.id)} ${other.kind} \`${other.name}\` of ${there}` },
      { at: otherRoot.flux.kustomization.object.name.place.at, note: `${there} is defined here` },
      { at: root.flux.kustomization.object.name.place.at, note: `${here} is defined here` },
    ],
  };
}

function nameSpan({ node }: Resource): BuildProblem['at'] {
  const origin = (getPath(node, ['metadata', 'name']) ?? getField(node, 'kind') ?? node).origin;
  const { file, start, end } = originSpan(origin);
  return { file, start, end };
}

/** Kustomizations that wait for each other in a circle: none of them is ever applied. */
function findCircles(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const byName = new Map(roots.map((root) => [fluxName(root.flux.kustomization), root]));
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  const next = (root: FluxBuiltRoot): [FluxReference, FluxBuiltRoot][] =>
    root.flux.kustomization.dependsOn.flatMap((reference) => {
      const target = byName.get(dependencyName(reference, root.flux.kustomization));
      return target === undefined ? [] : [[reference, target]];
    });
  const done = new Set<FluxBuiltRoot>();
  const visit = (root: FluxBuiltRoot, path: readonly FluxBuiltRoot[]): void => {
    if (done.has(root)) return;
    for (const [reference, target] of next(root)) {
      const start = [...path, root].indexOf(target);
      if (start >= 0) {
        const circle = [...path, root].slice(start);
        found.set(root, [...(found.get(root) ?? []), reportCircle(reference, circle)]);
      } else visit(target, [...path, root]);
    }
    done.add(root);
  };
  for (const root of roots) visit(root, []);
  return found;
}

function dependencyName({ name, namespace }: FluxReference, { object }: FluxKustomization): string {
  const owner = namespace.value ?? object.namespace.value;
  return owner === undefined ? (name.value ?? '') : `${owner}/${name.value ?? ''}`;
}

function reportCircle(reference: FluxReference, circle: readonly FluxBuiltRoot[]): BuildProblem {
  const names = circle.map(({ flux }) => `\`${fluxName(flux.kustomization)}\``);
  return {
    kind: 'error',
    message:
      circle.length === 1
        ? `Flux Kustomization ${names[0]} depends on itself, so it is never applied; remove this`
        : `Flux Kustomizations depend on each other in a circle (${[...names, names[0]].join(' → ')}), so none of them is ever applied; remove one of the dependencies`,
    at: reference.name.place.at,
    related: circle
      .slice(1)
      .flatMap(({ flux }) => flux.kustomization.dependsOn.slice(0, 1))
      .map(({ name }) => ({ at: name.place.at, note: 'which depends on the next here' })),
  };
}
