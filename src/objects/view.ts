import type { Resource } from '../kustomize/resources/resource.ts';
import { entryFinder, findEntry, isNull, type MapEntry, type Node, type ScalarTag } from '../source/node.ts';
import type { Origin } from '../source/origin.ts';
import { findRemoval } from '../source/removed-fields.ts';
import { type Place, placeOf } from './place.ts';

/**
 * One value of a built object, or its absence. Rules see fields, never YAML nodes. `value` is undefined if the field is
 * absent, null or of another type.
 */
export interface Field<T> {
  readonly value: T | undefined;
  /** Path in the built object: `spec.template.spec.containers[0].args[1]`. */
  readonly path: string;
  /** The place of the value; for an absent field, the key of its parent. */
  readonly place: Place;
  /** The keys that are missing below the place of an absent field; undefined if that is not known. */
  readonly missing?: readonly string[];
  /** If a patch removed the field, the place of that, with the history of the value. */
  readonly removal?: Place | undefined;
}

/** A field that is known to have a value. */
export type Present<T> = Field<T> & { readonly value: T };

/** Narrows a field to one with a value. */
export function isPresent<T>(field: Field<T>): field is Present<T> {
  return field.value !== undefined;
}

/** The same field with part of its text, or with the text that it resolves to. */
export function withText(field: Field<string>, value: string): Present<string> {
  return new TextOfField(value, field);
}

class TextOfField implements Field<string> {
  readonly value: string;
  readonly #field: Field<string>;

  constructor(value: string, field: Field<string>) {
    this.value = value;
    this.#field = field;
  }

  get path(): string {
    return this.#field.path;
  }

  get place(): Place {
    return this.#field.place;
  }
}

/** A field that computes its path and place on demand, since few fields of a build end up in a finding. */
class ViewField<T> implements Field<T> {
  readonly value: T | undefined;
  readonly #view: View;

  constructor(value: T | undefined, view: View) {
    this.value = value;
    this.#view = view;
  }

  get path(): string {
    return this.#view.path;
  }

  get place(): Place {
    return this.#view.place;
  }

  get missing(): readonly string[] {
    return this.#view.missing;
  }

  get removal(): Place | undefined {
    return this.#view.removal;
  }
}

/** A cursor into a built object that remembers where to point when a field is missing. */
export class View {
  readonly #above: View | undefined;
  /** The key or index under {@link #above}. */
  readonly #step: string | number;
  readonly #node: Node | undefined;
  /** The key of the node; for a missing node, the nearest key above it. */
  readonly #anchor: Origin;

  private constructor(node: Node | undefined, anchor: Origin, above?: View, step: string | number = '') {
    this.#node = node === undefined || isNull(node) ? undefined : node;
    this.#anchor = anchor;
    this.#above = above;
    this.#step = step;
  }

  /** The whole object. A field missing at its top is reported at the value of `kind`. */
  static ofResource(resource: Resource): View {
    return new View(resource.node, findEntry(resource.node, 'kind')?.value.origin ?? resource.node.origin);
  }

  /** A free-standing node, such as one entry of a kustomization file. */
  static ofNode(node: Node): View {
    return new View(node, node.origin);
  }

  /** Path in the built object, empty at its top. */
  get path(): string {
    const above = this.#above?.path ?? '';
    if (typeof this.#step === 'number') return `${above}[${this.#step}]`;
    const step = /^[\w-]*$/.test(this.#step) ? this.#step : `["${this.#step}"]`;
    return above === '' || step.startsWith('[') ? `${above}${step}` : `${above}.${step}`;
  }

  get exists(): boolean {
    return this.#node !== undefined;
  }

  /** The place of a scalar itself; of a map or list, its key; of a missing field, the key of its parent. */
  get place(): Place {
    return this.#node?.kind === 'scalar' ? placeOf(this.#node.origin, this.#node.value) : placeOf(this.#anchor);
  }

  /** The keys from the place of an absent field down to it; none if its key exists in the object's own file. */
  get missing(): readonly string[] {
    const above = this.#above;
    if (above === undefined || this.#anchor !== above.#anchor) return [];
    if (this.#node !== undefined && !this.#isAddedToAll()) return [];
    return [...above.missing, String(this.#step)];
  }

  /** If a patch removed this field, or a map around it, the place of that. */
  get removal(): Place | undefined {
    const above = this.#above;
    if (this.#node !== undefined || above === undefined) return undefined;
    if (above.#node?.kind !== 'map') return above.removal;
    const origin = findRemoval(above.#node, String(this.#step));
    return origin && placeOf(origin);
  }

  /** The place of the value's key. */
  get keyPlace(): Place {
    return placeOf(this.#anchor);
  }

  /** What the value is; undefined if there is none, or null. */
  get shape(): 'text' | 'number' | 'boolean' | 'list' | 'map' | undefined {
    switch (this.#node?.kind) {
      case 'map':
        return 'map';
      case 'sequence':
        return 'list';
      case 'scalar':
        return shapeOf(this.#node.tag);
      default:
        return undefined;
    }
  }

  /** Whether the bare value is there and passes a test. Tests of many values are cheaper on nodes than on views. */
  passes(test: (node: Node) => boolean): boolean {
    return this.#node !== undefined && test(this.#node);
  }

  /** Whether this is a scalar without quotes that YAML reads as a number or a boolean. */
  get isUnquoted(): boolean {
    return isUnquoted(this.#node);
  }

  get(...keys: readonly string[]): View {
    return keys.reduce<View>((view, key) => view.#child(key), this);
  }

  /** The items of a list; empty for anything else. */
  items(): View[] {
    if (this.#node?.kind !== 'sequence') return [];
    return this.#node.items.map((item, index) => new View(item, this.#itemAnchor(item), this, index));
  }

  /** The keys of a map; empty for anything else. */
  keys(): string[] {
    return this.#node?.kind === 'map' ? this.#node.entries.map(({ key }) => key.value) : [];
  }

  /** The numbers and booleans among the values of a map or list. */
  unquoted(): View[] {
    // There is hardly ever one, and views of all values cost more than a look at the nodes.
    if (!valuesOf(this.#node).some(isUnquoted)) return [];
    return [...this.items(), ...this.entries().map(([, view]) => view)].filter((view) => view.isUnquoted);
  }

  /** The texts among these fields of a map that would be numbers or booleans without their quotes. */
  quoted(fields: ReadonlySet<string>): View[] {
    if (this.#node?.kind !== 'map') return [];
    const found = this.#node.entries.filter(({ key, value }) => fields.has(key.value) && isQuoted(value));
    return found.map(({ key }) => this.get(key.value));
  }

  /** The entries of a map; empty for anything else. */
  entries(): (readonly [key: string, value: View])[] {
    if (this.#node?.kind !== 'map') return [];
    const find = entryFinder(this.#node);
    return this.#node.entries.map(({ key }) => [key.value, this.#childAt(key.value, find(key.value))] as const);
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
    return new ViewField(value, this);
  }

  #child(key: string): View {
    return this.#childAt(key, this.#node?.kind === 'map' ? findEntry(this.#node, key) : undefined);
  }

  #childAt(key: string, entry: MapEntry | undefined): View {
    const own = entry?.key.origin;
    return new View(entry?.value, own === undefined || isAddedToAll(own) ? this.#anchor : own, this, key);
  }

  #isAddedToAll(): boolean {
    if (this.#above === undefined) return false;
    const above = this.#above.#node;
    const entry = above?.kind === 'map' ? findEntry(above, String(this.#step)) : undefined;
    return entry !== undefined && isAddedToAll(entry.key.origin);
  }

  /** Where to point for an item of a list, which has no key of its own: at its `name`, or else at the list's key. */
  #itemAnchor(item: Node): Origin {
    if (item.kind === 'scalar') return item.origin;
    const name = item.kind === 'map' ? findEntry(item, 'name')?.value : undefined;
    return name?.kind === 'scalar' ? name.origin : this.#anchor;
  }
}

/**
 * Whether a key comes from a setting for many objects, such as `commonAnnotations`: additions belong in the object's
 * own file.
 */
function isAddedToAll(key: Origin): boolean {
  if (key.kind === 'source') return false;
  return key.by === 'annotations' || key.by === 'labels' || key.by === 'build metadata';
}

function valuesOf(node: Node | undefined): readonly Node[] {
  switch (node?.kind) {
    case 'map':
      return node.entries.map(({ value }) => value);
    case 'sequence':
      return node.items;
    default:
      return [];
  }
}

function isUnquoted(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && (node.tag === '!!int' || node.tag === '!!float' || node.tag === '!!bool');
}

function shapeOf(tag: ScalarTag): 'text' | 'number' | 'boolean' {
  switch (tag) {
    case '!!int':
    case '!!float':
      return 'number';
    case '!!bool':
      return 'boolean';
    default:
      return 'text';
  }
}

function isQuoted(node: Node): boolean {
  return node.kind === 'scalar' && node.tag === '!!str' && /^(?:-?\d+|true|false)$/.test(node.value);
}
