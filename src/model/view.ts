import type { Resource } from '../kustomize/resource.ts';
import { findEntry, isNull, type Node } from '../source/node.ts';
import type { Origin } from '../source/origin.ts';
import { type Place, placeOf } from './place.ts';

/**
 * One value of a built object, or its absence: rules see these and never a YAML node. `value` is undefined where the
 * field is absent, null or of another type.
 */
export interface Field<T> {
  readonly value: T | undefined;
  /** Path in the built object: `spec.template.spec.containers[0].args[1]`. */
  readonly path: string;
  /** The value's place; of an absent field the key of its parent. */
  readonly place: Place;
}

/** A field that is known to have a value. */
export type Present<T> = Field<T> & { readonly value: T };

/** Narrows a field to one with a value. */
export function isPresent<T>(field: Field<T>): field is Present<T> {
  return field.value !== undefined;
}

/** A cursor into a built object that remembers where to point when a field is missing. */
export class View {
  readonly path: string;
  readonly #node: Node | undefined;
  /** The key that the node stands under; for a missing node the nearest key above it. */
  readonly #anchor: Origin;

  private constructor(node: Node | undefined, path: string, anchor: Origin) {
    this.#node = node === undefined || isNull(node) ? undefined : node;
    this.path = path;
    this.#anchor = anchor;
  }

  /** The whole object. A field missing at its top is reported at the value of `kind`. */
  static ofResource(resource: Resource): View {
    return new View(resource.node, '', findEntry(resource.node, 'kind')?.value.origin ?? resource.node.origin);
  }

  /** A free-standing node, such as one entry of a kustomization file. */
  static ofNode(node: Node, path = ''): View {
    return new View(node, path, node.origin);
  }

  get exists(): boolean {
    return this.#node !== undefined;
  }

  /** A scalar's own place; of a map or list the key it stands under, of a missing field the key of its parent. */
  get place(): Place {
    return this.#node?.kind === 'scalar' ? placeOf(this.#node.origin, this.#node.value) : placeOf(this.#anchor);
  }

  /** The place of the key that the value stands under. */
  get keyPlace(): Place {
    return placeOf(this.#anchor);
  }

  get(...keys: readonly string[]): View {
    return keys.reduce<View>((view, key) => view.#child(key), this);
  }

  /** The items of a list; empty for anything else. */
  items(): View[] {
    if (this.#node?.kind !== 'sequence') return [];
    return this.#node.items.map((item, index) => new View(item, `${this.path}[${index}]`, this.#itemAnchor(item)));
  }

  /** The entries of a map; empty for anything else. */
  entries(): (readonly [key: string, value: View])[] {
    if (this.#node?.kind !== 'map') return [];
    return this.#node.entries.map(({ key }) => [key.value, this.#child(key.value)] as const);
  }

  /** A scalar's text whatever its type. */
  text(): Field<string> {
    return this.#field(this.#node?.kind === 'scalar' ? this.#node.value : undefined);
  }

  /** A number, quoted or not. */
  number(): Field<number> {
    const text = this.text().value;
    const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    return this.#field(Number.isFinite(number) ? number : undefined);
  }

  boolean(): Field<boolean> {
    const text = this.text().value;
    return this.#field(text === 'true' ? true : text === 'false' ? false : undefined);
  }

  /** The scalars of a list. */
  texts(): Present<string>[] {
    return this.items()
      .map((item) => item.text())
      .filter(isPresent);
  }

  /** The scalars of a map by key. */
  textMap(): ReadonlyMap<string, Present<string>> {
    const map = new Map<string, Present<string>>();
    for (const [key, view] of this.entries()) {
      const field = view.text();
      if (isPresent(field)) map.set(key, field);
    }
    return map;
  }

  #field<T>(value: T | undefined): Field<T> {
    return { value, path: this.path, place: this.place };
  }

  #child(key: string): View {
    const path = joinPath(this.path, key);
    const entry = this.#node?.kind === 'map' ? findEntry(this.#node, key) : undefined;
    return entry ? new View(entry.value, path, entry.key.origin) : new View(undefined, path, this.#anchor);
  }

  /** An item of a list has no key of its own: its `name` tells it from its neighbours, else the list's key stands in. */
  #itemAnchor(item: Node): Origin {
    if (item.kind === 'scalar') return item.origin;
    const name = item.kind === 'map' ? findEntry(item, 'name')?.value : undefined;
    return name?.kind === 'scalar' ? name.origin : this.#anchor;
  }
}

function joinPath(path: string, key: string): string {
  const step = /^[\w-]+$/.test(key) ? key : `["${key}"]`;
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}
