import type { Span } from '../../source/span.ts';
import {
  emptyTransformerConfig,
  isDefaultConfig,
  mergeTransformerConfig,
  type TransformerConfig,
} from '../field-specs/transformer-config.ts';
import { duplicateResource } from '../resources/duplicate-resource.ts';
import type { Resource } from '../resources/resource.ts';
import { idKey } from '../resources/resource-id.ts';
import { ResourceSet } from '../resources/resource-set.ts';
import { checkLimit } from '../session/build-limits.ts';
import { VariableSet } from '../variables/variables.ts';

/**
 * The state of building a kustomization: its objects so far, the fields that transformers change, and the `vars` to
 * resolve at the end. A base has its own, a component works on its parent's. Corresponds to kustomize's
 * `ResAccumulator`.
 */
export class Accumulation {
  readonly resources = new ResourceSet();
  readonly variables = new VariableSet();
  config: TransformerConfig | undefined;
  /** The objects by {@link idKey}; built on first use, dropped when objects change. */
  #byId: Map<string, Resource> | undefined;
  #changes = 0;

  /** How many steps so far may have done more to the objects than append some. */
  get changes(): number {
    return this.#changes;
  }

  /** Must be called before any step that may change, replace or reorder objects. */
  noteChange(): void {
    this.#changes++;
    this.#byId = undefined;
  }

  /**
   * Appends objects and records where they are listed. Throws a BuildError with both locations for an object whose id is
   * already taken.
   */
  add(added: Iterable<Resource>, listedAt: Span): void {
    this.#byId ??= new Map(this.resources.toArray().map((resource) => [idKey(resource.id), resource]));
    for (const resource of added) {
      resource.listedIn.unshift(listedAt);
      const key = idKey(resource.id);
      const other = this.#byId.get(key);
      if (other !== undefined) throw duplicateResource(resource, other);
      this.#byId.set(key, resource);
      this.resources.append(resource);
    }
    checkLimit('objects', this.resources.size, listedAt);
  }

  /** Adds the fields that a kustomization's `configurations:` name to those that transformers change. */
  addConfig(config: TransformerConfig): void {
    // Nearly every kustomization adds the defaults to the defaults; skip comparing them.
    if (config === this.config && isDefaultConfig(config)) return;
    this.config = mergeTransformerConfig(this.config ?? emptyTransformerConfig, config);
  }

  /**
   * Merges the configuration into an empty one, as kustomize does after each component. That drops a field spec for all
   * kinds if a narrower one with the same path was added.
   */
  remergeConfig(): void {
    if (this.config !== undefined) this.config = mergeTransformerConfig(emptyTransformerConfig, this.config);
  }

  /** Adds everything that a base has accumulated. Throws a BuildError for an object that is there twice. */
  merge(other: Accumulation, listedAt: Span): void {
    this.add(other.resources, listedAt);
    if (other.config !== undefined) this.addConfig(other.config);
    this.variables.merge(other.variables);
  }
}
