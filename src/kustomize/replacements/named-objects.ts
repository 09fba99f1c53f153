import type { Resource } from '../resources/resource.ts';
import { effectiveNamespace, type ResourceId } from '../resources/resource-id.ts';

/**
 * The objects of a build by every current and previous name, so that not every replacement has to check every object.
 * {@link refresh} must be called for objects that a replacement has changed.
 */
export class NamedObjects {
  readonly #positions = new Map<Resource, number>();
  readonly #ids = new Map<Resource, readonly ResourceId[]>();
  readonly #byName = new Map<string, Set<Resource>>();

  constructor(resources: Iterable<Resource>) {
    let position = 0;
    for (const resource of resources) {
      this.#positions.set(resource, position++);
      this.refresh(resource);
    }
  }

  /** The objects in the order of the build; with a name, only those that have or had it. */
  list(name?: string): Resource[] {
    if (name === undefined) return [...this.#positions.keys()];
    return [...(this.#byName.get(name) ?? [])]
      .filter((resource) => this.ids(resource).some((id) => id.name === name))
      .sort((a, b) => (this.#positions.get(a) ?? 0) - (this.#positions.get(b) ?? 0));
  }

  /** An object's current and previous ids; as in kustomize, the latter have the current group and version. */
  ids(resource: Resource): readonly ResourceId[] {
    return this.#ids.get(resource) ?? [];
  }

  /** Updates the ids of an object. */
  refresh(resource: Resource): void {
    const { id, previousIds } = resource;
    const { group, version } = id;
    const ids = [id, ...previousIds.map((old) => ({ ...old, group, version, namespace: effectiveNamespace(old) }))];
    this.#ids.set(resource, ids);
    for (const { name } of ids) {
      const named = this.#byName.get(name);
      if (named === undefined) this.#byName.set(name, new Set([resource]));
      else named.add(resource);
    }
  }
}
