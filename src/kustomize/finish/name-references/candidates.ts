import { getField, getText, isNull, type Node, type ScalarNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { isSelected } from '../../field-specs/field-spec.ts';
import { isClusterScoped } from '../../openapi/scope.ts';
import { BuildError } from '../../problem.ts';
import type { Resource } from '../../resources/resource.ts';
import { effectiveNamespace, formatId, type GroupVersionKind, noNamespace } from '../../resources/resource-id.ts';
import type { ResourceSet } from '../../resources/resource-set.ts';

/** A field that holds the names of objects of a type. */
export interface ReferenceField {
  readonly referred: GroupVersionKind;
  readonly path: string;
}

/** The objects of a build as targets of references. Only objects that were renamed or moved matter. */
export class Candidates {
  readonly #resources: readonly Resource[];
  /** The objects by each of their previous names, in the order of the build. */
  readonly #byPreviousName = new Map<string, Resource[]>();

  constructor(resources: ResourceSet) {
    this.#resources = resources.toArray();
    for (const resource of this.#resources) {
      for (const name of new Set(resource.previousIds.map((id) => id.name))) {
        const known = this.#byPreviousName.get(name);
        if (known === undefined) this.#byPreviousName.set(name, [resource]);
        else known.push(resource);
      }
    }
  }

  /** The candidates that one object can refer to. Throws a BuildError for an invalid subject of a RoleBinding. */
  seenFrom(referrer: Resource): VisibleCandidates {
    return new VisibleCandidates(referrer, this.#resources, this.#byPreviousName);
  }
}

/** The candidates that one object can refer to. */
export class VisibleCandidates {
  readonly #referrer: Resource;
  readonly #resources: readonly Resource[];
  readonly #byPreviousName: ReadonlyMap<string, readonly Resource[]>;
  /** Undefined for a cluster-scoped object, which can refer to anything. */
  readonly #namespace: string | undefined;
  readonly #subjectNamespaces: ReadonlySet<string>;
  #originalNamespaces: ReadonlySet<string> | undefined;

  constructor(
    referrer: Resource,
    resources: readonly Resource[],
    byPreviousName: ReadonlyMap<string, readonly Resource[]>,
  ) {
    const id = referrer.id;
    this.#referrer = referrer;
    this.#resources = resources;
    this.#byPreviousName = byPreviousName;
    this.#namespace = isClusterScoped(id) ? undefined : effectiveNamespace(id);
    this.#subjectNamespaces = this.#namespace === undefined ? new Set() : subjectNamespaces(referrer);
  }

  /**
   * The objects that a name in a field may refer to. There are several only if prefixes and suffixes do not distinguish
   * them.
   * @param namespace the `namespace` field next to the name, if there is one
   */
  named(name: string, field: ReferenceField, namespace?: string): readonly Resource[] {
    const renamed = this.#byPreviousName.get(name);
    if (renamed === undefined) return [];
    const roleRef = field.path.endsWith('roleRef/name') ? roleRefType(this.#referrer) : undefined;
    const found = renamed.filter(
      (resource) =>
        this.#sees(resource) &&
        (namespace === undefined || this.#isIn(namespace, resource)) &&
        wasOfType(resource, field.referred) &&
        (roleRef === undefined || wasOfType(resource, roleRef)) &&
        this.#sharesNamespace(resource),
    );
    if (found.length < 2) return found;
    const alike = found.filter((resource) => hasSameAffixes(resource, this.#referrer, 'like any'));
    return alike.length < 2
      ? alike
      : alike.filter((resource) => hasSameAffixes(resource, this.#referrer, 'like an empty one'));
  }

  /**
   * Whether an object may be referred to at all: it is cluster-scoped, in the same namespace, or in that of a subject.
   */
  #sees(resource: Resource): boolean {
    if (this.#namespace === undefined) return true;
    const namespace = effectiveNamespace(resource.id);
    return (
      namespace === noNamespace || namespace === this.#namespace || this.#subjectNamespaces.has(resource.namespace)
    );
  }

  #sharesNamespace(resource: Resource): boolean {
    if (this.#namespace === undefined) return true;
    const namespace = effectiveNamespace(resource.id);
    return namespace === noNamespace || resource.kind === 'ServiceAccount' || namespace === this.#namespace;
  }

  /**
   * Whether an object is in the namespace that a reference names. This means its original namespace or, if no visible
   * object was originally in the named one, its current namespace.
   */
  #isIn(namespace: string, resource: Resource): boolean {
    if (namespace === noNamespace) return false;
    this.#originalNamespaces ??= new Set(
      this.#resources.filter((each) => this.#sees(each)).map((each) => effectiveNamespace(each.originalId)),
    );
    const id = this.#originalNamespaces.has(namespace) ? resource.originalId : resource.id;
    return effectiveNamespace(id) === namespace;
  }
}

/** The namespaces of a RoleBinding's ServiceAccount subjects. Throws a BuildError where kustomize fails to read them. */
function subjectNamespaces(referrer: Resource): ReadonlySet<string> {
  const namespaces = new Set<string>();
  if (referrer.kind !== 'RoleBinding') return namespaces;
  const subjects = getField(referrer.node, 'subjects');
  if (subjects?.kind !== 'sequence') return namespaces;
  for (const subject of subjects.items) {
    if (subject.kind !== 'map') {
      throw new BuildError(
        `a subject of ${formatId(referrer.id)} is not a map, which makes kustomize crash; remove or complete it`,
        originSpan(subject.origin),
      );
    }
    const namespace = getField(subject, 'namespace');
    const kind = getField(subject, 'kind');
    if (namespace === undefined || kind === undefined) continue;
    if (!isString(kind)) {
      throw new BuildError(
        `a subject of ${formatId(referrer.id)} has a kind that is not a string, which makes kustomize crash; correct it`,
        originSpan(kind.origin),
      );
    }
    if (kind.value !== 'ServiceAccount') continue;
    if (!isString(namespace)) {
      const isBlank = isNull(namespace);
      throw new BuildError(
        `a subject of ${formatId(referrer.id)} has ${isBlank ? 'a blank namespace; write one or remove the field' : 'a namespace that is not a string; put it in quotes'}`,
        originSpan(namespace.origin),
      );
    }
    namespaces.add(namespace.value);
  }
  return namespaces;
}

function isString(node: Node): node is ScalarNode {
  return node.kind === 'scalar' && node.tag === '!!str';
}

/** The type that a binding's roleRef names; undefined if it names none, and any type matches. */
function roleRefType(referrer: Resource): GroupVersionKind | undefined {
  const group = getText(referrer.node, ['roleRef', 'apiGroup']);
  const kind = getText(referrer.node, ['roleRef', 'kind']);
  return group === undefined || kind === undefined ? undefined : { group, version: '', kind };
}

function wasOfType(resource: Resource, type: GroupVersionKind): boolean {
  return resource.previousIds.some((id) => isSelected(id, type));
}

/**
 * Whether two objects have the same prefixes and suffixes, that is, one list ends with the other. Follows
 * `PrefixesSuffixesEquals` of kustomize's Resource.
 * @param empty what a list without affixes is like
 */
function hasSameAffixes(a: Resource, b: Resource, empty: EmptyAffixes): boolean {
  return sameEnding(a.prefixes, b.prefixes, empty) && sameEnding(a.suffixes, b.suffixes, empty);
}

type EmptyAffixes = 'like any' | 'like an empty one';

function sameEnding(a: readonly string[], b: readonly string[], empty: EmptyAffixes): boolean {
  if (a.length === 0 || b.length === 0) return empty === 'like any' || a.length === b.length;
  const length = Math.min(a.length, b.length);
  return a.slice(-length).every((affix, i) => affix === b.at(i - length));
}
