import { cloneNode, getText, type MapNode } from '../source/node.ts';
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

  constructor(node: MapNode) {
    this.node = node;
  }

  get kind(): string {
    return getText(this.node, ['kind']) ?? '';
  }

  get apiVersion(): string {
    return getText(this.node, ['apiVersion']) ?? '';
  }

  get name(): string {
    return getText(this.node, ['metadata', 'name']) ?? '';
  }

  get namespace(): string {
    return getText(this.node, ['metadata', 'namespace']) ?? '';
  }

  /** The id as the object stands now. */
  get id(): ResourceId {
    const { kind, name, namespace } = this;
    return { ...parseApiVersion(this.apiVersion), kind, name, namespace };
  }

  /** The id that the object was loaded or generated with. */
  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  /** Remembers the present id, before a step that may rename or move the object. */
  storePreviousId(): void {
    this.previousIds.push(this.id);
  }

  /** A copy with a node of its own. */
  clone(): Resource {
    const copy = new Resource(cloneNode(this.node));
    copy.previousIds.push(...this.previousIds);
    copy.prefixes.push(...this.prefixes);
    copy.suffixes.push(...this.suffixes);
    copy.referredBy.push(...this.referredBy);
    copy.usedByVars.push(...this.usedByVars);
    copy.listedIn.push(...this.listedIn);
    copy.behavior = this.behavior;
    copy.needsHash = this.needsHash;
    copy.allowNameChange = this.allowNameChange;
    copy.allowKindChange = this.allowKindChange;
    return copy;
  }
}
