import type { Resource } from './resource.ts';
import { type ResourceId, sameId } from './resource-id.ts';

/** The objects of a build in the order in which they were added, like kustomize's `ResMap`. Current ids are unique. */
export class ResourceSet implements Iterable<Resource> {
  #resources: Resource[] = [];

  get size(): number {
    return this.#resources.length;
  }

  [Symbol.iterator](): IterableIterator<Resource> {
    return this.#resources[Symbol.iterator]();
  }

  /** A copy of the objects, safe to keep while the set changes. */
  toArray(): Resource[] {
    return [...this.#resources];
  }

  /** Adds an object at the end. The caller makes sure that no object has its current id. */
  append(resource: Resource): void {
    this.#resources.push(resource);
  }

  /** Replaces an object in place. */
  replace(old: Resource, replacement: Resource): void {
    this.#resources[this.#resources.indexOf(old)] = replacement;
  }

  remove(resource: Resource): void {
    this.#resources = this.#resources.filter((other) => other !== resource);
  }

  /** Replaces all objects. */
  reset(resources: readonly Resource[]): void {
    this.#resources = [...resources];
  }

  /** The objects whose current id is this one: at most one in a valid set. */
  withCurrentId(id: ResourceId): Resource[] {
    // Compare names first: reading a whole id takes four field accesses.
    return this.#resources.filter((resource) => resource.name === id.name && sameId(resource.id, id));
  }

  /** The objects whose current id, or a previous one, is this one. */
  withAnyId(id: ResourceId): Resource[] {
    return this.#resources.filter(
      (resource) =>
        (resource.name === id.name && sameId(resource.id, id)) ||
        resource.previousIds.some((previous) => sameId(previous, id)),
    );
  }
}
