import { groupBy } from '../../collections/group-by.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { toJson } from '../../source/json/json.ts';
import { cloneNode, getField, getPath, getText, type MapNode, mapEntries, removeField } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import { joinFew } from '../../text/join-few.ts';
import { joinWords } from '../../text/join-words.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import { writtenPlace } from './find-entries.ts';

/** One object, and the roots that apply it in order. */
interface Owners {
  readonly resource: Resource;
  readonly roots: FluxBuiltRoot[];
  /** The first version of the object that differs from `resource` in more than labels and annotations. */
  other: Resource | undefined;
  /** Whether a version differs from `resource` in labels or annotations. */
  isRelabelled: boolean;
  /** Whether versions hold encrypted values that are written differently, so that nobody can tell here whether they differ. */
  isSealed: boolean;
}

/**
 * Finds objects that several Kustomizations apply. If their versions differ, each undoes the other's fields. If they are
 * equal, the object is still deleted when a Kustomization that prunes drops it. Each is reported once for all objects of
 * the same Kustomizations; an object counts once for each location in the files.
 */
export function findSharedObjects(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  const add = ({ roots: [, second] }: Owners, problem: BuildProblem): void => {
    if (second !== undefined) found.set(second, [...(found.get(second) ?? []), problem]);
  };
  const reported = new Set<string>();
  const shared: Owners[] = [];
  for (const owners of collectOwners(roots).values()) {
    const place = `${harmOf(owners)} ${writtenPlace(owners.resource)}`;
    if (owners.roots.length < 2 || reported.has(place)) continue;
    reported.add(place);
    if (owners.other !== undefined || owners.roots.some(prunes)) shared.push(owners);
  }
  const groups = groupBy(shared, (owners) => [`${harmOf(owners)} ${namesOf(owners).join(' ')}`]);
  for (const [first, ...others] of groups.values()) {
    if (first !== undefined) add(first, reportShared(first, others));
  }
  return found;
}

/** What objects have in common that are reported together. */
function harmOf({ other, isRelabelled, isSealed }: Owners): string {
  return other !== undefined ? 'differ' : isRelabelled ? 'differ in labels' : isSealed ? 'sealed' : 'agree';
}

function prunes({ flux }: FluxBuiltRoot): boolean {
  return flux.kustomization.prune.value === true;
}

function namesOf({ roots }: Owners): string[] {
  return roots.map(({ flux }) => fluxName(flux.kustomization));
}

/**
 * Kustomizations of the same name are of different clusters, or of one as it was and as it will be. A suspended one
 * applies nothing.
 */
function collectOwners(roots: readonly FluxBuiltRoot[]): Map<string, Owners> {
  const byKey = new Map<string, Owners>();
  for (const root of roots.filter(({ flux }) => flux.kustomization.suspend.value !== true)) {
    for (const resource of root.resources) {
      if (isShareable(resource)) continue;
      const key = objectKey(resource, root.flux.kustomization);
      const owners = byKey.get(key);
      if (owners === undefined)
        byKey.set(key, { resource, roots: [root], other: undefined, isRelabelled: false, isSealed: false });
      else if (!namesOf(owners).includes(fluxName(root.flux.kustomization))) {
        owners.roots.push(root);
        compareContent(owners, resource);
        owners.isRelabelled ||= marks(resource) !== marks(owners.resource);
      }
    }
  }
  return byKey;
}

/** Notes whether another version of an object differs from the first in more than labels and annotations. */
function compareContent(owners: Owners, resource: Resource): void {
  const { resource: first, other } = owners;
  if (other !== undefined || agree(resource.node, first.node)) return;
  if (agree(withoutSealed(resource.node), withoutSealed(first.node))) owners.isSealed = true;
  else owners.other = resource;
}

function agree(first: MapNode, second: MapNode): boolean {
  return content(first) === content(second);
}

/** An object without what is encrypted in it: to encrypt the same value twice gives two texts. The keys stay. */
function withoutSealed(node: MapNode): MapNode {
  const copy = cloneNode(node);
  for (const path of [['data'], ['stringData'], ['spec', 'encryptedData']]) {
    for (const { value } of mapEntries(getPath(copy, path))) {
      if (value.kind === 'scalar' && (path.length > 1 || value.value.startsWith('ENC['))) value.value = '';
    }
  }
  return copy;
}

/** An object's content without labels and annotations, and without what SOPS adds and Flux removes again. */
function content(node: MapNode): string {
  const copy = cloneNode(node);
  removeField(copy, 'sops');
  const metadata = getField(copy, 'metadata');
  if (metadata?.kind === 'map') for (const name of ['labels', 'annotations']) removeField(metadata, name);
  return toJson(copy);
}

/** An object's labels and annotations, without the labels by which Flux names the Kustomization. */
function marks({ node }: Resource): string {
  const written = ['labels', 'annotations'].map((name) => {
    const map = getPath(node, ['metadata', name]);
    if (map?.kind !== 'map') return '';
    const own = cloneNode(map);
    for (const label of ['name', 'namespace']) removeField(own, `kustomize.toolkit.fluxcd.io/${label}`);
    return own.entries.length === 0 ? '' : toJson(own);
  });
  return written.join();
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

/**
 * Reports objects of the same Kustomizations. Points at the object, or, for several, at the path by which the second
 * Kustomization applies them too.
 */
function reportShared(first: Owners, others: readonly Owners[]): BuildProblem {
  const { resource, other } = first;
  const [second, ...more] = others;
  const path = first.roots[1]?.flux.kustomization.path.place.at;
  const kind = other === undefined ? 'incomplete' : 'error';
  if (second === undefined || path === undefined) {
    const same = { at: nameSpan(resource), note: `the same ${resource.kind} for \`${namesOf(first)[0]}\`` };
    return {
      kind,
      message: `${describe(resource)} is applied by ${appliers(first)}${describeHarm(first, 'it')}; leave it to one of them`,
      at: nameSpan(other ?? resource),
      related: [...(other === undefined ? [] : [same]), ...definitions(first)],
    };
  }
  const named = [first, second].map((owners) => describe(owners.resource));
  if (more.length > 0) named.push(`${more.length} more ${more.length === 1 ? 'object' : 'objects'}`);
  return {
    kind,
    message: `${joinWords(named)} are applied by ${appliers(first)}${describeHarm(first, 'them')}; leave each to one of them`,
    at: path,
    related: [
      ...definitions(first),
      ...[first, second].map((owners) => ({
        at: nameSpan(owners.resource),
        note: `${describe(owners.resource)} is named here`,
      })),
    ],
  };
}

function describeHarm(owners: Owners, what: 'it' | 'them'): string {
  if (owners.other !== undefined) return ', and they differ: each writes over the other time and again';
  const object = what === 'it' ? 'it' : 'an object';
  const deletes = `${lastApplier(owners, object)} deletes it for all once it no longer has it`;
  if (owners.isSealed)
    return `: whether ${what === 'it' ? 'its' : 'their'} encrypted values are the same does not show, and ${deletes}`;
  return owners.isRelabelled
    ? `, and they differ in its labels or annotations: each writes over the other's time and again, and ${deletes}`
    : `: they agree about ${what}, but ${deletes}`;
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
  return `${names.length} Flux Kustomizations, ${joinFew(names)}`;
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
