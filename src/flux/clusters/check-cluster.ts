import { groupBy } from '../../group-by.ts';
import { joinWords } from '../../join-words.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { toJson } from '../../source/json/json.ts';
import { cloneNode, getField, getPath, getText, removeField } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import type { FluxKustomization, FluxReference } from '../flux-kustomization.ts';
import { writtenPlace } from './find-entries.ts';

/** Adds the problems between the roots of one cluster to them: shared objects, and cyclic dependencies. */
export function checkCluster(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  const shared = findSharedObjects(roots);
  const cycles = findCycles(roots);
  return roots.map((root) => {
    const found = [...(shared.get(root) ?? []), ...(cycles.get(root) ?? [])];
    return found.length === 0 ? root : { ...root, flux: { ...root.flux, remarks: [...root.flux.remarks, ...found] } };
  });
}

/** One object, and the roots that apply it in order. */
interface Owners {
  readonly resource: Resource;
  readonly roots: FluxBuiltRoot[];
  /** The first version of the object that differs from `resource`. */
  other: Resource | undefined;
}

/**
 * Finds objects that several Kustomizations apply. If their versions differ, each undoes the other's fields, which is
 * reported for each object, once for each location in the files. If they are equal, the object is still deleted when a
 * Kustomization that prunes drops it, which is reported once for all objects of the same Kustomizations.
 */
function findSharedObjects(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  const add = ({ roots: [, second] }: Owners, problem: BuildProblem): void => {
    if (second !== undefined) found.set(second, [...(found.get(second) ?? []), problem]);
  };
  const reported = new Set<string>();
  const equal: Owners[] = [];
  for (const owners of collectOwners(roots).values()) {
    const place = `${owners.other !== undefined} ${writtenPlace(owners.resource)}`;
    if (owners.roots.length < 2 || reported.has(place)) continue;
    reported.add(place);
    if (owners.other !== undefined) add(owners, reportContested(owners, owners.other));
    else if (owners.roots.some(prunes)) equal.push(owners);
  }
  for (const group of groupBy(equal, (owners) => [namesOf(owners).join(' ')]).values()) {
    const [first, ...others] = group;
    if (first !== undefined) add(first, reportEqual(first, others));
  }
  return found;
}

function prunes({ flux }: FluxBuiltRoot): boolean {
  return flux.kustomization.prune.value === true;
}

function namesOf({ roots }: Owners): string[] {
  return roots.map(({ flux }) => fluxName(flux.kustomization));
}

/** Kustomizations of the same name are of different clusters, or of one as it was and as it will be. */
function collectOwners(roots: readonly FluxBuiltRoot[]): Map<string, Owners> {
  const byKey = new Map<string, Owners>();
  for (const root of roots) {
    for (const resource of root.resources) {
      if (isShareable(resource)) continue;
      const key = objectKey(resource, root.flux.kustomization);
      const owners = byKey.get(key);
      if (owners === undefined) byKey.set(key, { resource, roots: [root], other: undefined });
      else if (!namesOf(owners).includes(fluxName(root.flux.kustomization))) {
        owners.roots.push(root);
        if (owners.other === undefined && content(resource) !== content(owners.resource)) owners.other = resource;
      }
    }
  }
  return byKey;
}

/** An object's content without labels and annotations, since Flux adds some that name the Kustomization. */
function content({ node }: Resource): string {
  const copy = cloneNode(node);
  const metadata = getField(copy, 'metadata');
  if (metadata?.kind === 'map') for (const name of ['labels', 'annotations']) removeField(metadata, name);
  return toJson(copy);
}

/** Whether an object may have several owners, since Flux only adds fields to it, or leaves an existing one alone. */
function isShareable({ node }: Resource): boolean {
  const mode = getText(node, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/ssa'])?.toLowerCase();
  return mode === 'merge' || mode === 'ifnotpresent' || mode === 'ignore';
}

/** A key for an object, including the cluster that it is applied to. */
function objectKey(resource: Resource, { kubeConfig, object }: FluxKustomization): string {
  const { group, kind, name, namespace } = resource.id;
  const cluster = kubeConfig.value === undefined ? '' : `${object.namespace.value ?? ''}/${kubeConfig.value}`;
  return [cluster, group, kind, namespace, name].join('\0');
}

function reportContested(owners: Owners, other: Resource): BuildProblem {
  const { resource } = owners;
  return {
    kind: 'error',
    message: `${describe(resource)} is applied by ${appliers(owners)}, and they differ: each writes over the other time and again; leave it to one of them`,
    at: nameSpan(other),
    related: [
      { at: nameSpan(resource), note: `the same ${resource.kind} for \`${namesOf(owners)[0]}\`` },
      ...definitions(owners),
    ],
  };
}

/** Points at the object, or, for several, at the path by which the second Kustomization applies them too. */
function reportEqual(first: Owners, others: readonly Owners[]): BuildProblem {
  const [second, ...more] = others;
  const path = first.roots[1]?.flux.kustomization.path.place.at;
  if (second === undefined || path === undefined) {
    return {
      kind: 'incomplete',
      message: `${describe(first.resource)} is applied by ${appliers(first)}: they agree about it, but ${lastApplier(first, 'it')} deletes it for all once it no longer has it; leave it to one of them`,
      at: nameSpan(first.resource),
      related: definitions(first),
    };
  }
  const named = [first, second].map(({ resource }) => describe(resource));
  if (more.length > 0) named.push(`${more.length} more ${more.length === 1 ? 'object' : 'objects'}`);
  return {
    kind: 'incomplete',
    message: `${joinWords(named)} are applied by ${appliers(first)}: they agree about them, but ${lastApplier(first, 'an object')} deletes it for all once it no longer has it; leave each to one of them`,
    at: path,
    related: [
      ...definitions(first),
      ...[first, second].map(({ resource }) => ({
        at: nameSpan(resource),
        note: `${describe(resource)} is named here`,
      })),
    ],
  };
}

/** The one that deletes what it has applied: its labels stand on an object that it was the last to apply. */
function lastApplier({ roots }: Owners, what: 'it' | 'an object'): string {
  const pruning = roots.filter(prunes).map(({ flux }) => `\`${fluxName(flux.kustomization)}\``);
  return pruning.length === roots.length
    ? `the one that applied ${what} last`
    : `${joinWords(pruning, 'or')}, if it applied ${what} last,`;
}

function describe({ kind, name }: Resource): string {
  return `${kind} \`${name}\``;
}

function appliers(owners: Owners): string {
  const names = namesOf(owners).map((name) => `\`${name}\``);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return `${names.length} Flux Kustomizations, ${joinWords(shown)}`;
}

function definitions({ roots }: Owners): BuildProblem['related'] & object {
  return roots.slice(0, 3).map(({ flux: { kustomization } }) => ({
    at: kustomization.object.name.place.at,
    note: `\`${fluxName(kustomization)}\` is defined here`,
  }));
}

function nameSpan({ node }: Resource): BuildProblem['at'] {
  const origin = (getPath(node, ['metadata', 'name']) ?? getField(node, 'kind') ?? node).origin;
  const { file, start, end } = originSpan(origin);
  return { file, start, end };
}

/** Finds Kustomizations that wait for each other in a cycle, so that none of them is ever applied. */
function findCycles(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
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
