import type { Resource } from './resource.ts';
import { type ResourceId, sameId } from './resource-id.ts';

/** The objects of a build in the order in which they were added. No two may have the same current id. */
export class ResourceSet implements Iterable<Resource> {
  #resources: Resource[] = [];

  get size(): number {
    return this.#resources.length;
  }

  [Symbol.iterator](): IterableIterator<Resource> {
    return this.#resources[Symbol.iterator]();
  }

  /** The objects as an array of its own, safe to keep while the set changes. */
  toArray(): Resource[] {
    return [...this.#resources];
  }

  /** Adds at the end. The caller has made sure that no object with this current id is there. */
  append(resource: Resource): void {
    this.#resources.push(resource);
  }

  /** Puts one object in another's place. */
  replace(old: Resource, replacement: Resource): void {
    this.#resources[this.#resources.indexOf(old)] = replacement;
  }

  /** Takes an object out. */
  remove(resource: Resource): void {
    this.#resources = this.#resources.filter((other) => other !== resource);
  }

  /** Sets the objects and their order anew. */
  reset(resources: readonly Resource[]): void {
    this.#resources = [...resources];
  }

  /** The objects whose id is now this one: at most one in a sound set. */
  withCurrentId(id: ResourceId): Resource[] {
    // Names are looked at first, as a whole id takes reading four fields.
    return this.#resources.filter((resource) => resource.name === id.name && sameId(resource.id, id));
  }

  /** The objects whose id is this one, or ever was. */
  withAnyId(id: ResourceId): Resource[] {
    return this.#resources.filter(
      (resource) =>
        (resource.name === id.name && sameId(resource.id, id)) ||
        resource.previousIds.some((previous) => sameId(previous, id)),
    );
  }
}
