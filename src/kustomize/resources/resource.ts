import { pushAll } from '../../collections/push-all.ts';
import { getField, listItems, type MapNode, mapEntries, type Node } from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import { parseApiVersion, type ResourceId } from './resource-id.ts';

/** A generator's `behavior`: what to do if an object with its id exists already. */
export type GeneratorBehavior = 'unspecified' | 'create' | 'replace' | 'merge';

/** Reads a `behavior`; like kustomize, ignores unknown words. */
export function readBehavior(text: string | undefined): GeneratorBehavior {
  return text === 'create' || text === 'replace' || text === 'merge' ? text : 'unspecified';
}

/**
 * One object of a build: its node, and the state that kustomize's `Resource` keeps in annotations on the object.
 * Here that state is in fields, so that it cannot leak into the output.
 */
export class Resource {
  /** The object itself. A patch may replace it. */
  node: MapNode;
  /** The ids that this object had before each step that renamed or moved it, oldest first. */
  readonly previousIds: ResourceId[] = [];
  /** The name prefixes and suffixes added so far, in the order in which they were added. */
  readonly prefixes: string[] = [];
  readonly suffixes: string[] = [];
  /** Current ids of the resources whose name references point at this one. */
  readonly referredBy: ResourceId[] = [];
  /** The names of the `vars` that take their value from this object. */
  readonly usedByVars: string[] = [];
  behavior: GeneratorBehavior = 'unspecified';
  /** Whether to add a content hash to the name at the end of the build. */
  needsHash = false;
  /** The entries that led to this object, one for each kustomization from the built root inwards. */
  readonly listedIn: Span[] = [];
  #id: ResourceId = { group: '', version: '', kind: '', name: '', namespace: '' };
  #apiVersion = '';

  constructor(node: MapNode) {
    this.node = node;
  }

  get kind(): string {
    return textOf(getField(this.node, 'kind'));
  }

  get apiVersion(): string {
    return textOf(getField(this.node, 'apiVersion'));
  }

  get name(): string {
    const metadata = getField(this.node, 'metadata');
    return metadata?.kind === 'map' ? textOf(getField(metadata, 'name')) : '';
  }

  get namespace(): string {
    const metadata = getField(this.node, 'metadata');
    return metadata?.kind === 'map' ? textOf(getField(metadata, 'namespace')) : '';
  }

  /** The current id. Returns the same object until it changes, since every step reads it. */
  get id(): ResourceId {
    const { node } = this;
    let apiVersion = '';
    let kind = '';
    let metadata: Node | undefined;
    // Backwards, since the first of repeated keys wins.
    for (let i = node.entries.length - 1; i >= 0; i--) {
      const entry = node.entries[i];
      if (entry === undefined) continue;
      const { key, value } = entry;
      if (key.value === 'apiVersion') apiVersion = textOf(value);
      else if (key.value === 'kind') kind = textOf(value);
      else if (key.value === 'metadata') metadata = value;
    }
    let name = '';
    let namespace = '';
    if (metadata?.kind === 'map') {
      name = textOf(getField(metadata, 'name'));
      namespace = textOf(getField(metadata, 'namespace'));
    }
    const known = this.#id;
    if (
      known.name !== name ||
      known.namespace !== namespace ||
      known.kind !== kind ||
      this.#apiVersion !== apiVersion
    ) {
      this.#id = { ...parseApiVersion(apiVersion), kind, name, namespace };
      this.#apiVersion = apiVersion;
    }
    return this.#id;
  }

  /** The id that the object was loaded or generated with. */
  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  /**
   * Stores the current id before a step that may rename or move the object. kustomize stores it in annotations, which
   * has a visible effect: it removes null or empty `annotations`, and a second `metadata` that is null or empty.
   */
  storePreviousId(): void {
    this.previousIds.push(this.id);
    removeEmpty(this.node, 'metadata');
    const metadata = getField(this.node, 'metadata');
    if (metadata?.kind === 'map') removeEmpty(metadata, 'annotations');
  }

  /** A copy with the same state and another node. */
  cloneWith(node: MapNode): Resource {
    const copy = new Resource(node);
    pushAll(copy.previousIds, this.previousIds);
    pushAll(copy.prefixes, this.prefixes);
    pushAll(copy.suffixes, this.suffixes);
    pushAll(copy.referredBy, this.referredBy);
    pushAll(copy.usedByVars, this.usedByVars);
    pushAll(copy.listedIn, this.listedIn);
    copy.behavior = this.behavior;
    copy.needsHash = this.needsHash;
    return copy;
  }
}

/** Whether an object lacks a kind or, unless it is a list, a name, without which it cannot be built. */
export function lacksIdentity({ kind, name }: Resource): boolean {
  return kind === '' || (name === '' && !kind.endsWith('List'));
}

/** Removes the entries for a key whose value is neither a map nor a list, or is empty. */
function removeEmpty(map: MapNode, name: string): void {
  for (const { key, value } of map.entries) {
    if (key.value !== name || isFilled(value)) continue;
    map.entries = map.entries.filter((entry) => entry.key.value !== name || isFilled(entry.value));
    return;
  }
}

function isFilled(node: Node): boolean {
  return mapEntries(node).length > 0 || listItems(node).length > 0;
}

/** The text of a scalar; empty for null, other nodes and undefined. */
function textOf(value: Node | undefined): string {
  return value?.kind === 'scalar' && value.tag !== '!!null' ? value.value : '';
}
