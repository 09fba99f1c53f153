import { pushAll } from '../push-all.ts';
import { getField, type MapNode, type Node } from '../source/node.ts';
import type { Span } from '../source/span.ts';
import { parseApiVersion, type ResourceId } from './resource-id.ts';

/** What a generator wants done where an object with its id is there already. */
export type GeneratorBehavior = 'unspecified' | 'create' | 'replace' | 'merge';

/**
 * One object on its way through the build: its node, and what kustomize remembers of it beside the node.
 * kustomize keeps these notes in annotations on the object; here they are fields, so that nothing leaks.
 */
export class Resource {
  /** The object. A patch may set another node. */
  node: MapNode;
  /** The ids this object had before each step that renamed or moved it, oldest first. */
  readonly previousIds: ResourceId[] = [];
  /** The name prefixes and suffixes added so far, in the order in which they were added. */
  readonly prefixes: string[] = [];
  readonly suffixes: string[] = [];
  /** Current ids of the resources whose name references point at this one. */
  readonly referredBy: ResourceId[] = [];
  /** The names of the `vars` that take their value from this object. */
  readonly usedByVars: string[] = [];
  behavior: GeneratorBehavior = 'unspecified';
  /** A content hash is to be added to the name at the end of the build. */
  needsHash = false;
  /** A patch may rename this object or change its kind (`options: {allowNameChange, allowKindChange}`). */
  allowNameChange = false;
  allowKindChange = false;
  /** Where each kustomization on the way here lists what led to this object, from the built root inwards. */
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

  /** The id as the object stands now; the same one as long as it does not change, since every step asks for it. */
  get id(): ResourceId {
    const { node } = this;
    let apiVersion = '';
    let kind = '';
    let metadata: Node | undefined;
    // Backwards, as of a key that stands twice the first counts.
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

  /** Remembers the present id, before a step that may rename or move the object. */
  storePreviousId(): void {
    this.previousIds.push(this.id);
  }

  /** A copy that stands for another node. */
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
    copy.allowNameChange = this.allowNameChange;
    copy.allowKindChange = this.allowKindChange;
    return copy;
  }
}

/** The text of a scalar; empty where there is none. */
function textOf(value: Node | undefined): string {
  return value?.kind === 'scalar' && value.tag !== '!!null' ? value.value : '';
}
