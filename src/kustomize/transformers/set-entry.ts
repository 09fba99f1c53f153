import { findEntry, isNull, type Node, type ScalarNode, stringNode } from '../../source/node.ts';
import type { Step } from '../../source/origin.ts';
import { resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import type { Resource } from '../resources/resource.ts';
import { wrongKind } from './apply-field-spec.ts';
import { addEntry, type Change, changeConfiguredBy, changedOrigin, changeText } from './change.ts';

/**
 * Sets one key to one string in several maps of an object.
 *
 * The maps that lacked the key **share one node**, as in kustomize, with a visible effect: a label that `commonLabels`
 * adds to metadata, selector and pod template is one value in three places, and an overlay's patch of `metadata.labels`
 * alone changes all three, until a JSON patch or a copy separates them.
 */
export class EntrySetter {
  readonly change: Change;
  readonly #key: ScalarNode;
  readonly #value: ScalarNode;
  readonly #resource: Resource;
  #shared: ScalarNode | undefined;

  constructor(key: ScalarNode, value: ScalarNode, by: Step, resource: Resource) {
    this.#key = key;
    this.#value = value;
    this.#resource = resource;
    this.change = changeConfiguredBy(value, by);
  }

  /** Sets the entry in one map. A null is left alone; anything else is a BuildError. */
  set(field: Node, { path }: FieldSpec): void {
    if (isNull(field)) return;
    if (field.kind !== 'map') throw wrongKind(field, 'a map', path, this.#resource, this.change);
    const entry = findEntry(field, this.#key.value);
    if (entry?.value.kind === 'scalar') changeText(entry.value, this.#value.value, this.change, '!!str');
    else if (entry !== undefined) entry.value = this.#makeValue(changedOrigin(this.change, entry.value.origin));
    else addEntry(field, this.#key.value, this.#sharedValue(), changeConfiguredBy(this.#key, this.change.by));
  }

  #sharedValue(): ScalarNode {
    this.#shared ??= this.#makeValue(changedOrigin(this.change));
    return this.#shared;
  }

  /** The value, quoted if YAML 1.1 would not read a string, so that it stays one in later steps. */
  #makeValue(origin: ScalarNode['origin']): ScalarNode {
    const text = this.#value.value;
    return stringNode(text, origin, resolveYaml11(text) === '!!str' ? 'plain' : 'double');
  }
}
