import type { Resource } from '../../kustomize/resources/resource.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';

/** Looks up objects. */
export interface ObjectIndex {
  /** The object of a kind and name. An unknown namespace matches any. */
  find(kind: string, name: string, namespace: string | undefined): Resource | undefined;
  ofKind(kind: string): Resource[];
}

/** An index of objects by kind and name. Objects that were added first are found first. */
export class ResourceIndex implements ObjectIndex {
  readonly #byKind = new Map<string, Map<string, Resource[]>>();
  readonly #fallback: ObjectIndex | undefined;

  /** @param fallback objects that come after all of these, such as those that several indexes share */
  constructor(resources: Iterable<Resource> = [], fallback?: ObjectIndex) {
    this.#fallback = fallback;
    this.add(resources);
  }

  add(resources: Iterable<Resource>): void {
    for (const resource of resources) {
      const { kind, name } = resource;
      const byName = this.#byKind.get(kind) ?? new Map<string, Resource[]>();
      this.#byKind.set(kind, byName);
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [resource]);
      else known.push(resource);
    }
  }

  find(kind: string, name: string, namespace: string | undefined): Resource | undefined {
    const found = this.#byKind.get(kind)?.get(name) ?? [];
    return (
      found.find((resource) => sameNamespace(resource.namespace === '' ? undefined : resource.namespace, namespace)) ??
      this.#fallback?.find(kind, name, namespace)
    );
  }

  ofKind(kind: string): Resource[] {
    return [...(this.#byKind.get(kind)?.values() ?? [])].flat().concat(this.#fallback?.ofKind(kind) ?? []);
  }
}
