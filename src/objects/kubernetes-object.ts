import type { Resource } from '../kustomize/resources/resource.ts';
import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import { firstText, type Place } from './place.ts';
import { isSymbolic } from './symbolic.ts';
import { type Field, type Present, View } from './view.ts';

/** The part that every object of the build has, whatever its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: Field<string>;
  readonly namespace: Field<string>;
  readonly metadata: View;
  readonly labels: ReadonlyMap<string, Present<string>>;
  readonly annotations: ReadonlyMap<string, Present<string>>;
  /** The key `annotations`, or `metadata` if there are none: where to point if one is missing. */
  readonly annotationsPlace: Place;
  /** An annotation, present or not. */
  annotation(key: string): Field<string>;
  /** The names before each step that renamed the object, oldest first; the built name is not among them. */
  readonly earlierNames: readonly string[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** The list entries of the kustomizations that lead to the object, from the built root inwards. */
  readonly listedIn: readonly Span[];
}

/** The object that a finding is about, with its name after the build. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined if the built object has none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Reads the common part of an object. Its name may be `generateName`. */
export function readObject(resource: Resource, nameKey: 'name' | 'generateName' = 'name'): KubernetesObject {
  return new BuiltObject(resource, nameKey);
}

/** A class, since V8 stores object literals with getters as slow dictionaries, and there are many of these objects. */
class BuiltObject implements KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: Field<string>;
  readonly namespace: Field<string>;
  readonly earlierNames: readonly string[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly listedIn: readonly Span[];
  readonly metadata: View;
  #labels: KubernetesObject['labels'] | undefined;
  #annotations: KubernetesObject['annotations'] | undefined;

  constructor(resource: Resource, nameKey: string) {
    const metadata = View.ofResource(resource).get('metadata');
    this.apiVersion = resource.apiVersion;
    this.kind = resource.kind;
    this.name = metadata.get(nameKey).text();
    this.namespace = metadata.get('namespace').text();
    const earlier = new Set(resource.previousIds.map((id) => id.name));
    earlier.delete(this.name.value ?? '');
    this.earlierNames = [...earlier];
    this.prefixes = resource.prefixes;
    this.suffixes = resource.suffixes;
    this.listedIn = resource.listedIn;
    this.metadata = metadata;
  }

  get labels(): KubernetesObject['labels'] {
    this.#labels ??= this.metadata.get('labels').textMap();
    return this.#labels;
  }

  get annotations(): KubernetesObject['annotations'] {
    this.#annotations ??= this.metadata.get('annotations').textMap();
    return this.#annotations;
  }

  get annotationsPlace(): Place {
    return this.metadata.get('annotations').keyPlace;
  }

  annotation(key: string): Field<string> {
    return this.metadata.get('annotations', key).text();
  }
}

/** The object as findings name it. */
export function referTo(object: KubernetesObject): ObjectReference {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: object.namespace.value,
    name: object.name.value ?? '',
  };
}

/** The object in a sentence: ``Deployment `myapp` ``. A built Kustomization is one of Flux. */
export function describeObject({ kind, name }: KubernetesObject): string {
  return `${kind === 'Kustomization' ? 'Flux Kustomization' : kind} \`${name.value ?? ''}\``;
}

/** Points at the name of an object, as a related place of a finding. */
export function pointAtName(object: KubernetesObject): Related {
  return { at: object.name.place.at, note: `${describeObject(object)} is named here` };
}

/** What the build added to an object's name: ``prefix `prod-` and suffix `-v2` ``, or nothing. */
export function describeAffixes({ prefixes, suffixes }: KubernetesObject): string {
  const affixes = [...prefixes.map((text) => ['prefix', text]), ...suffixes.map((text) => ['suffix', text])];
  return affixes.flatMap(([what, text]) => (text === '' ? [] : `${what} \`${text}\``)).join(' and ');
}

/** The name that an object's file gives it, before the build changes it. */
export function writtenName({ name }: KubernetesObject): string {
  return firstText(name.place);
}

/** All names that the build gave an object, oldest first; the last one is the built name. */
export function allNames({ earlierNames, name }: KubernetesObject): string[] {
  return [...earlierNames, name.value ?? ''];
}

/** The name that an object had before the build changed it. */
export function originalName(object: KubernetesObject): string {
  return object.earlierNames[0] ?? object.name.value ?? '';
}

/** Whether an object has all these labels, with these values. */
export function hasLabels({ labels }: Pick<KubernetesObject, 'labels'>, wanted: ReadonlyMap<string, string>): boolean {
  return [...wanted].every(([key, value]) => labels.get(key)?.value === value);
}

/** The API group without its version; empty for the core group. */
export function apiGroup(object: KubernetesObject): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? '' : object.apiVersion.slice(0, slash);
}

/**
 * Whether two objects end up in the same namespace, as far as the tree shows. A tree often leaves the namespace to the
 * one who applies it, so an absent namespace, or one with a variable in it, counts as the same.
 */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b || isSymbolic(a) || isSymbolic(b);
}
