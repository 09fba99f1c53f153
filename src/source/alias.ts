import type { MapEntry, Node } from './node.ts';
import { Refusal } from './syntax-problem.ts';

/** What the anchors of one document stand for, with a budget over all documents of a file for what aliases copy. */
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

  /** What an anchor names, for the alias that stands at these offsets. */
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

/** How many nodes aliases may still copy; go-yaml's budget has no effect on kustomize, which copies on until memory ends. */
export interface AliasBudget {
  left: number;
}

/**
 * A copy of what an anchor names, with the origins of the anchor's text.
 * @param maxDepth how deep the copy may be nested
 */
export function expandAlias(anchors: Anchors, name: string, start: number, end: number, maxDepth: number): Node {
  const node = anchors.find(name, start, end);
  if (anchors.isOpen(node)) {
    throw new Refusal('recursive-alias', `the alias *${name} stands inside of what &${name} names`, start, end);
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
