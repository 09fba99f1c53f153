import {
  childMap,
  cloneNode,
  emptyMap,
  getField,
  getText,
  type MapEntry,
  type MapNode,
  plainNode,
  type ScalarNode,
  setField,
  stringNode,
} from '../../source/node.ts';
import { type GeneratedOrigin, type Origin, originSpan, type Step } from '../../source/origin.ts';
import { resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';
import { BuildError } from '../problem.ts';
import { Resource, readBehavior } from '../resources/resource.ts';
import { mergeGeneratorOptions } from './generator-options.ts';
import type { KeyValue } from './key-value.ts';

/** Builds a generated object: what ConfigMaps and Secrets have in common. */
export class GeneratedObject {
  readonly #args: MapNode;
  readonly #node: MapNode;
  /** The origin of everything that no file holds. */
  readonly origin: GeneratedOrigin;

  /** Starts with `apiVersion`, `kind`, name and namespace. Throws a BuildError if the entry has no name. */
  constructor(kind: 'ConfigMap' | 'Secret', args: MapNode, by: Step) {
    this.#args = args;
    this.origin = { kind: 'generated', by, configuredIn: originSpan(args.origin) };
    this.#node = emptyMap(this.origin);
    this.setField('apiVersion', stringNode('v1', this.origin));
    this.setField('kind', stringNode(kind, this.origin));
    const metadata = this.#makeMap('metadata');
    for (const field of ['name', 'namespace']) {
      const value = getField(args, field);
      if (value?.kind === 'scalar' && value.value !== '') {
        setField(metadata, stringNode(field, this.origin), textNode(value.value, value.origin));
      } else if (field === 'name') {
        throw new BuildError(`a generated ${kind} needs a name; add \`name\` to this entry`, originSpan(args.origin));
      }
    }
  }

  /** Sets a field of the object itself. */
  setField(name: string, value: ScalarNode): void {
    setField(this.#node, stringNode(name, this.origin), value);
  }

  /** Adds an entry to `data` or `binaryData`, creating the map if it is absent. */
  setData(field: 'data' | 'binaryData', { key, keyOrigin, valueOrigin }: KeyValue, text: string): void {
    this.#makeMap(field).entries.push({ key: plainNode(key, keyOrigin), value: textNode(text, valueOrigin) });
  }

  /** Creates an empty `data` if it is absent. */
  makeData(): void {
    this.#makeMap('data');
  }

  /** Applies the options, and returns the object with its behavior and need for a hash. */
  finish(sharedOptions: MapNode | undefined): Resource {
    const options = mergeGeneratorOptions(getField(this.#args, 'options'), sharedOptions);
    this.#setMetadata('labels', options.labels);
    this.#setMetadata('annotations', options.annotations);
    if (options.immutable?.kind === 'scalar') this.setField('immutable', cloneNode(options.immutable));
    const resource = new Resource(this.#node);
    resource.needsHash = !options.disableNameSuffixHash;
    resource.behavior = readBehavior(getText(this.#args, ['behavior']));
    return resource;
  }

  #setMetadata(field: 'labels' | 'annotations', entries: readonly MapEntry[]): void {
    const metadata = getField(this.#node, 'metadata');
    if (entries.length === 0 || metadata?.kind !== 'map') return;
    const map = emptyMap(this.origin);
    for (const { key, value } of entries) {
      if (value.kind !== 'scalar') continue;
      map.entries.push({
        key: plainNode(key.value, key.origin),
        value: stringNode(value.value, value.origin, 'single'),
      });
    }
    setField(metadata, stringNode(field, this.origin), map);
  }

  #makeMap(name: string): MapNode {
    return childMap(this.#node, name, this.origin);
  }
}

/** A string in the style that kustomize gives it, which affects later steps. */
function textNode(text: string, origin: Origin): ScalarNode {
  if (text.includes('\n')) return stringNode(text, origin, 'literal');
  return stringNode(text, origin, resolveYaml11(text) === '!!str' ? 'plain' : 'double');
}
