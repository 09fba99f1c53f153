import type { MapEntry, Node } from '../node.ts';
import { Refusal } from '../syntax-problem.ts';

/** The anchored nodes of one document, and the budget that all documents of a file share for what aliases copy. */
export class Anchors {
  readonly #nodes = new Map<string, Node>();
  readonly #open = new Set<Node>();
  readonly budget: AliasBudget;

  constructor(budget: AliasBudget) {
    this.budget = budget;
  }

  define(name: string, node: Node): void {
    this.#nodes.set(name, node);
  }

  /** Defines an anchor on a collection that is still being read. */
  open(name: string, node: Node): void {
    this.#nodes.set(name, node);
    this.#open.add(node);
  }

  close(node: Node): void {
    this.#open.delete(node);
  }

  /** The node that an anchor names. Throws a Refusal at these offsets, those of the alias, if there is none. */
  find(name: string, start: number, end: number): Node {
    const node = this.#nodes.get(name);
    if (node !== undefined) return node;
    const message = `there is no anchor &${name} above this alias; quote the value if it only starts with *`;
    throw new Refusal('unknown-anchor', message, start, end);
  }

  isOpen(node: Node): boolean {
    return this.#open.has(node);
  }
}

/**
 * How many nodes aliases may still copy. go-yaml's own limit does not stop kustomize, which copies until it runs out of
 * memory.
 */
export interface AliasBudget {
  left: number;
}

/**
 * A copy of the node that an anchor names, with its origins. Throws a Refusal if the anchor is unknown, encloses the
 * alias, or makes the copy too large.
 * @param maxDepth how deeply the copy may be nested
 */
export function expandAlias(anchors: Anchors, name: string, start: number, end: number, maxDepth: number): Node {
  const node = anchors.find(name, start, end);
  if (anchors.isOpen(node)) {
    throw new Refusal('recursive-alias', `the alias *${name} is inside of the value that &${name} names`, start, end);
  }
  return copy(node, maxDepth);

  function copy(from: Node, depth: number): Node {
    if (--anchors.budget.left < 0) {
      throw new Refusal('too-many-aliases', 'aliases make this file too large to read', start, end);
    }
    if (depth < 0) throw new Refusal('too-deep', 'aliases nest collections too deep', start, end);
    switch (from.kind) {
      case 'scalar':
        return { kind: 'scalar', value: from.value, tag: from.tag, style: from.style, origin: from.origin };
      case 'sequence':
        return { kind: 'sequence', items: from.items.map((item) => copy(item, depth - 1)), origin: from.origin };
      case 'map': {
        const entries = from.entries.map(({ key, value }): MapEntry => ({ key, value: copy(value, depth - 1) }));
        return { kind: 'map', entries, origin: from.origin };
      }
    }
  }
}
