import type { Span } from '../source/span.ts';
import { checkLimit } from './build-limits.ts';
import { duplicateResource } from './duplicate-resource.ts';
import type { Resource } from './resource.ts';
import { effectiveNamespace, type ResourceId } from './resource-id.ts';
import { ResourceSet } from './resource-set.ts';
import {
  defaultTransformerConfig,
  emptyTransformerConfig,
  mergeTransformerConfig,
  type TransformerConfig,
} from './transformer-config.ts';
import { VariableSet } from './variables.ts';

/**
 * What is gathered while a kustomization is worked through: its objects so far, the fields that transformers reach,
 * and the `vars` to resolve at the end. A base has one of its own, a component works on its parent's.
 */
export class Accumulation {
  readonly resources = new ResourceSet();
  readonly variables = new VariableSet();
  config: TransformerConfig | undefined;
  /** Who has an id, from when it is first asked until the objects change. */
  #taken: Map<string, Resource> | undefined;
  #changes = 0;

  /** How often something was done to the objects besides adding some at the end. */
  get changes(): number {
    return this.#changes;
  }

  /** To be called before any step that may change, replace or reorder objects. */
  noteChange(): void {
    this.#changes++;
    this.#taken = undefined;
  }

  /**
   * Adds objects at the end and notes where they are listed. Throws a BuildError for an object whose id is taken, naming
   * both places.
   */
  add(added: Iterable<Resource>, listedAt: Span): void {
    this.#taken ??= new Map(this.resources.toArray().map((resource) => [idKey(resource.id), resource]));
    for (const resource of added) {
      resource.listedIn.unshift(listedAt);
      const key = idKey(resource.id);
      const other = this.#taken.get(key);
      if (other !== undefined) throw duplicateResource(resource, other);
      this.#taken.set(key, resource);
      this.resources.append(resource);
    }
    checkLimit('objects', this.resources.size, listedAt);
  }

  /** Widens what transformers reach, with what a kustomization and its configurations add. */
  addConfig(config: TransformerConfig): void {
    // Nearly every kustomization adds the defaults to the defaults, which need not be compared each time.
    if (config === this.config && config === defaultTransformerConfig()) return;
    this.config = mergeTransformerConfig(this.config ?? emptyTransformerConfig, config);
  }

  /**
   * Merges what transformers reach into nothing, as kustomize does after each component. It matters where a narrow
   * field was added beside a general one of the same path: the general one is dropped then.
   */
  remergeConfig(): void {
    if (this.config !== undefined) this.config = mergeTransformerConfig(emptyTransformerConfig, this.config);
  }

  /** Takes over everything that a base has gathered. Throws a BuildError where an object is there twice. */
  merge(other: Accumulation, listedAt: Span): void {
    this.add(other.resources, listedAt);
    if (other.config !== undefined) this.addConfig(other.config);
    this.variables.merge(other.variables);
  }
}

/** A text that two ids share exactly if they are the same. */
export function idKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
}
