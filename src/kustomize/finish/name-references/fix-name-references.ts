import { oncePer, oncePerText } from '../../../collections/once.ts';
import {
  findEntry,
  getField,
  getPath,
  isNull,
  type MapNode,
  type Node,
  plainNode,
  type ScalarNode,
  scalarText,
  setField,
  stringNode,
} from '../../../source/node.ts';
import { type Origin, originSpan } from '../../../source/origin.ts';
import { resolveScalar, resolveYaml11 } from '../../../source/scalars/resolve-scalar.ts';
import { type FieldSpec, isSelected } from '../../field-specs/field-spec.ts';
import type { NameReference } from '../../field-specs/transformer-config.ts';
import { fieldSpan } from '../../load/read-field.ts';
import { BuildError } from '../../problem.ts';
import { describeResource } from '../../resources/describe-resource.ts';
import type { Resource } from '../../resources/resource.ts';
import { formatId, type GroupVersionKind } from '../../resources/resource-id.ts';
import type { ResourceSet } from '../../resources/resource-set.ts';
import type { BuildContext } from '../../session/build-context.ts';
import { applyFieldSpec } from '../../transformers/apply-field-spec.ts';
import { changedOrigin } from '../../transformers/change.ts';
import { Candidates, type ReferenceField, type VisibleCandidates } from './candidates.ts';

/**
 * Writes the final names of renamed and moved objects into the fields that refer to them by a previous name, so that
 * references follow prefixes, suffixes, namespaces and hashes.
 *
 * Follows kustomize's nameref filter: for each field that may refer to a type of object, the candidates are the objects
 * that once had the name and type, narrowed down by namespace, by roleRef, and by prefixes and suffixes shared with the
 * referring object. Throws a BuildError if several with different names remain.
 */
export function fixNameReferences(
  resources: ResourceSet,
  references: readonly NameReference[],
  { checkTime }: BuildContext,
): void {
  const candidates = new Candidates(resources);
  const fields = fieldsByKind(references);
  for (const referrer of resources) {
    checkTime(originSpan(referrer.node.origin));
    const view = candidates.seenFrom(referrer);
    const original = referrer.originalId;
    for (const field of fields(original.kind)) {
      if (!isSelected(original, field.spec)) continue;
      const update = new ReferenceUpdate(referrer, field, view);
      applyFieldSpec(referrer, field.anyType, {
        change: { by: 'name reference', configuredIn: field.spec.configuredIn ?? originSpan(referrer.node.origin) },
        set: (node) => update.visit(node),
      });
    }
  }
}

interface NamedField extends ReferenceField {
  /** The field spec, whose type is matched against the object's original type. */
  readonly spec: FieldSpec;
  /** The same path for objects of any type, since the original type is already checked. */
  readonly anyType: FieldSpec;
}

/**
 * The fields that may hold names in objects of each kind, in the order of the configuration. Most builds share the default
 * configuration.
 */
const fieldsByKind = oncePer((references: readonly NameReference[]) => {
  const all = references.flatMap(({ referred, referrers }) =>
    referrers.map((spec): NamedField => ({ referred, spec, path: spec.path, anyType: { ...spec, ...anyType } })),
  );
  return oncePerText((kind) => all.filter(({ spec }) => spec.kind === '' || spec.kind === kind));
});

const anyType: GroupVersionKind & { create: boolean } = { group: '', version: '', kind: '', create: false };

/** Updates one field of one object. */
class ReferenceUpdate {
  readonly #referrer: Resource;
  readonly #field: NamedField;
  readonly #candidates: VisibleCandidates;

  constructor(referrer: Resource, field: NamedField, candidates: VisibleCandidates) {
    this.#referrer = referrer;
    this.#field = field;
    this.#candidates = candidates;
  }

  /** The field holds a name, a map with name and namespace, or a list of either. */
  visit(node: Node): void {
    if (isNull(node)) return;
    if (node.kind !== 'sequence') {
      this.#visitOne(node);
      return;
    }
    for (const item of node.items) {
      if (isNull(item)) continue;
      if (item.kind === 'sequence') {
        const message = `\`${this.#field.path}\` of ${describeResource(this.#referrer)} must hold names, but this is a list`;
        throw new BuildError(message, originSpan(item.origin));
      }
      this.#visitOne(item);
    }
  }

  #visitOne(node: ScalarNode | MapNode): void {
    if (node.kind === 'scalar') this.#updateName(node);
    else this.#updateNameAndNamespace(node);
  }

  #updateName(node: ScalarNode): void {
    const found = this.#candidates.named(node.value, this.#field);
    const target = this.#choose(found, node, ({ name }) => name);
    if (target === undefined) return;
    target.referredBy.push(this.#referrer.id);
    if (target.name !== node.value) this.#exchange(node, 'name', target);
  }

  #updateNameAndNamespace(map: MapNode): void {
    const name = findEntry(map, 'name')?.value;
    if (name === undefined) {
      const message = `\`${this.#field.path}\` of ${describeResource(this.#referrer)} must have a \`name\`; add it`;
      throw new BuildError(message, originSpan(map.origin));
    }
    const oldName = scalarText(name);
    const found = this.#candidates.named(oldName, this.#field, namespaceOf(map));
    const target = this.#choose(found, map, (resource) => `${resource.name}\n${resource.namespace}`);
    if (target === undefined) return;
    target.referredBy.push(this.#referrer.id);
    if (target.name === oldName && target.namespace === '') return;
    this.#setText(map, 'name', target);
    // A target without a namespace must not clear the one that is written here.
    if (target.namespace !== '') this.#setText(map, 'namespace', target);
  }

  /** The only candidate, or the first if they do not differ in the text to write. Throws a BuildError if they do. */
  #choose(found: readonly Resource[], node: Node, written: (resource: Resource) => string): Resource | undefined {
    const [first, ...others] = found;
    if (first === undefined || others.every((other) => written(other) === written(first))) return first;
    const at = fieldSpan(node, 'name');
    throw new BuildError(
      `${describeResource(this.#referrer)} refers in \`${this.#field.path}\` to an object that could be ` +
        `${found.map(({ id }) => formatId(id)).join(' or ')}; give them different names in their bases`,
      at,
      found.map((resource) => ({
        at: fieldSpan(resource.node, 'metadata', 'name'),
        note: `${formatId(resource.id)} is one of them`,
      })),
    );
  }

  #setText(map: MapNode, field: 'name' | 'namespace', target: Resource): void {
    const value = target[field];
    const old = getField(map, field);
    if (old === undefined) {
      const origin = this.#origin(target, undefined, field);
      setField(map, stringNode(field, origin), addedText(value, origin));
    } else if (old.kind !== 'scalar') {
      setField(map, stringNode(field, old.origin), plainNode(value, this.#origin(target, old.origin, field)));
    } else this.#exchange(old, field, target);
  }

  /** Keeps the style; a plain scalar gets the type that YAML resolves for its new text. */
  #exchange(node: ScalarNode, field: 'name' | 'namespace', target: Resource): void {
    const text = target[field];
    if (node.value !== text) node.origin = this.#origin(target, node.origin, field);
    node.value = text;
    node.tag = node.style === 'plain' ? resolveScalar(text) : '!!str';
  }

  #origin(target: Resource, input: Origin | undefined, field: 'name' | 'namespace'): Origin {
    const from = (getPath(target.node, ['metadata', field]) ?? target.node).origin;
    return changedOrigin({ by: 'name reference', configuredIn: originSpan(from), from }, input);
  }
}

/** A new scalar, in quotes if YAML 1.1 would not read a string or date. */
function addedText(value: string, origin: Origin): ScalarNode {
  const tag = resolveYaml11(value);
  return tag === '!!str' || tag === '!!timestamp' ? plainNode(value, origin) : stringNode(value, origin, 'double');
}

function namespaceOf(map: MapNode): string | undefined {
  const namespace = getField(map, 'namespace');
  return namespace && scalarText(namespace);
}
