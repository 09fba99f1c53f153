import { groupBy } from '../../group-by.ts';
import { joinWords } from '../../join-words.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { toJson } from '../../source/json/json.ts';
import { cloneNode, getField, getPath, getText, removeField } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import { writtenPlace } from './find-entries.ts';

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
export function findSharedObjects(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
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

function definitions({ roots }: Owners): Related[] {
  return roots.slice(0, 3).map(({ flux: { kustomization } }) => ({
    at: kustomization.object.name.place.at,
    note: `\`${fluxName(kustomization)}\` is defined here`,
  }));
}

function nameSpan({ node }: Resource): Span {
  const origin = (getPath(node, ['metadata', 'name']) ?? getField(node, 'kind') ?? node).origin;
  const { file, start, end } = originSpan(origin);
  return { file, start, end };
}
