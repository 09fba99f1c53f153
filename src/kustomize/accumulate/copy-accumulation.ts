import { cloneNode, type MapNode, type Node } from '../../source/node.ts';
import type { ReplacementTrace } from '../replacements/replacement-trace.ts';
import type { Resource } from '../resources/resource.ts';
import { Accumulation } from './accumulation.ts';

/** The result of building a kustomization: its accumulation, and what its replacements did. */
export interface Gathered {
  readonly accumulation: Accumulation;
  readonly replacements: readonly ReplacementTrace[];
}

/**
 * A copy with its own objects and nodes, for another build to change. A node that is shared stays shared: a label that
 * was added to metadata and selector at once, or a value that a replacement trace refers to.
 */
export function copyGathered({ accumulation, replacements }: Gathered): Gathered {
  const copying = new Copying(replacements);
  const copy = new Accumulation();
  copy.config = accumulation.config;
  copy.resources.reset(accumulation.resources.toArray().map((resource) => copying.resource(resource)));
  copy.variables.merge(accumulation.variables);
  return { accumulation: copy, replacements: replacements.map((trace) => copying.trace(trace)) };
}

class Copying {
  readonly #resources = new Map<Resource, Resource>();
  readonly #nodes = new Map<Node, Node>();
  readonly #traced: ReadonlySet<Node>;

  constructor(replacements: readonly ReplacementTrace[]) {
    this.#traced = new Set(replacements.map(({ value }) => value));
  }

  resource(resource: Resource): Resource {
    let copy = this.#resources.get(resource);
    if (copy === undefined) {
      copy = resource.cloneWith(this.#node(resource.node) as MapNode);
      this.#resources.set(resource, copy);
    }
    return copy;
  }

  trace({ replacement, source, value, targets }: ReplacementTrace): ReplacementTrace {
    return {
      replacement,
      source: source && this.resource(source),
      value: this.#node(value),
      targets: targets.map(({ target, selected, writes }) => ({
        target,
        selected: selected.map((each) => this.resource(each)),
        writes: writes.map(({ resource, fieldPath, fields }) => ({
          resource: this.resource(resource),
          fieldPath,
          fields: fields.map((field) => this.#node(field)),
        })),
      })),
    };
  }

  /** A node read from a file occurs only once, so its copy need not be remembered unless a trace refers to it. */
  #node(node: Node): Node {
    if (node.origin.kind === 'source' && !this.#traced.has(node)) return this.#copy(node);
    let copy = this.#nodes.get(node);
    if (copy === undefined) {
      copy = this.#copy(node);
      this.#nodes.set(node, copy);
    }
    return copy;
  }

  #copy(node: Node): Node {
    switch (node.kind) {
      case 'scalar':
        return cloneNode(node);
      case 'map':
        return {
          kind: 'map',
          entries: node.entries.map(({ key, value }) => ({ key, value: this.#node(value) })),
          origin: node.origin,
        };
      case 'sequence':
        return { kind: 'sequence', items: node.items.map((item) => this.#node(item)), origin: node.origin };
    }
  }
}
