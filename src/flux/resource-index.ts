import type { Resource } from '../kustomize/resource.ts';
import { sameNamespace } from '../model/objects/kubernetes-object.ts';

/** Objects to look up. */
export interface ObjectIndex {
  /** The object of a kind and name. A namespace that is not known, here or there, is taken for the same. */
  find(kind: string, name: string, namespace: string | undefined): Resource | undefined;
  ofKind(kind: string): Resource[];
}

/** Objects by kind and name, for trees with thousands of them. Those added first are found first. */
export class ResourceIndex implements ObjectIndex {
  readonly #byKind = new Map<string, Map<string, Resource[]>>();
  readonly #behind: ObjectIndex | undefined;

  /** @param behind objects that come after all of these, such as those that several indexes have in common */
  constructor(resources: Iterable<Resource> = [], behind?: ObjectIndex) {
    this.#behind = behind;
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
      this.#behind?.find(kind, name, namespace)
    );
  }

  ofKind(kind: string): Resource[] {
    return [...(this.#byKind.get(kind)?.values() ?? [])].flat().concat(this.#behind?.ofKind(kind) ?? []);
  }
}
