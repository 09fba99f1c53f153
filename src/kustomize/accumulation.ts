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

  /** Widens what transformers reach, with what a kustomization and its configurations add. */
  addConfig(config: TransformerConfig): void {
    const known = this.config ?? emptyTransformerConfig;
    const isDefault = config === defaultTransformerConfig();
    // Nearly every kustomization adds the defaults to the defaults, which need not be compared each time.
    if (known === defaults() && (isDefault || config === known)) return;
    this.config = known === emptyTransformerConfig && isDefault ? defaults() : mergeTransformerConfig(known, config);
  }

  /**
   * Merges what transformers reach into nothing, as kustomize does after each component. It matters where a narrow
   * field was added beside a general one of the same path: the general one is dropped then.
   */
  remergeConfig(): void {
    if (this.config === undefined || this.config === defaults()) return;
    this.config = mergeTransformerConfig(emptyTransformerConfig, this.config);
  }

  /** Takes over everything that a base has gathered. Throws a BuildError where an object is there twice. */
  merge(other: Accumulation, listedAt: Span, taken: TakenIds): void {
    addResources(this.resources, other.resources, listedAt, taken);
    if (other.config !== undefined) this.addConfig(other.config);
    this.variables.merge(other.variables);
  }
}

let mergedDefaults: TransformerConfig | undefined;

/**
 * The defaults, merged into nothing. Merging is more than copying: of two fields with one path it drops the later one
 * where its type is less narrow, so that a configuration for one kind can take the place of a default for all.
 */
function defaults(): TransformerConfig {
  mergedDefaults ??= mergeTransformerConfig(emptyTransformerConfig, defaultTransformerConfig());
  return mergedDefaults;
}

/** Who has an id. It counts as long as nothing but {@link addResources} changes the set. */
export type TakenIds = Map<string, Resource>;

export function takenIds(set: ResourceSet): TakenIds {
  const taken: TakenIds = new Map();
  for (const resource of set) taken.set(idKey(resource.id), resource);
  return taken;
}

/**
 * Adds objects at the end of a set and notes where they are listed. Throws a BuildError for an object whose id is
 * taken, naming both places.
 */
export function addResources(
  set: ResourceSet,
  added: Iterable<Resource>,
  listedAt: Span,
  taken: TakenIds = takenIds(set),
): void {
  for (const resource of added) {
    resource.listedIn.unshift(listedAt);
    const key = idKey(resource.id);
    const other = taken.get(key);
    if (other !== undefined) throw duplicateResource(resource, other);
    taken.set(key, resource);
    set.append(resource);
  }
  checkLimit('objects', set.size, listedAt);
}

/** A text that two ids share exactly if they are the same. */
export function idKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
}
