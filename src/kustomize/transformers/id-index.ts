import type { Resource } from '../resources/resource.ts';
import { idKey } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';

/** The resources by id, kept up to date while ids change, so that not each has to be compared with all others. */
export class IdIndex {
  readonly #resources = new Map<string, Set<Resource>>();
  readonly #keys = new Map<Resource, string>();

  constructor(resources: ResourceSet) {
    for (const resource of resources) this.#put(resource);
  }

  /** Updates a resource whose id may have changed, and returns the others that have its id now. */
  move(resource: Resource): Resource[] {
    this.#resources.get(this.#keys.get(resource) ?? '')?.delete(resource);
    return [...this.#put(resource)].filter((other) => other !== resource);
  }

  #put(resource: Resource): Set<Resource> {
    const key = idKey(resource.id);
    const same = this.#resources.get(key) ?? new Set();
    same.add(resource);
    this.#resources.set(key, same);
    this.#keys.set(resource, key);
    return same;
  }
}
