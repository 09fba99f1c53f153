import { findEntry, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { printYaml } from '../../source/print/print.ts';
import { readYaml } from '../../source/read.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { spanOfUse } from './use-span.ts';

/** A key or value of an object, and its range in the printed text. */
export interface PrintedScalar {
  readonly node: ScalarNode;
  readonly start: number;
  readonly end: number;
}

/** An object's text as kustomize prints it, with a mapping from the text to the object. */
export interface PrintedObject {
  readonly text: string;
  /** The node read from the text; its spans are offsets into the text. */
  readonly tree: Node;
  /** In the order of the text. */
  readonly scalars: readonly PrintedScalar[];
}

/** Prints an object and locates its scalars in the text. Throws a PrintError if kustomize refuses to print it. */
export function printObject(node: Node): PrintedObject {
  const text = printYaml(node);
  const tree = readYaml(new SourceFile('<object>', text)).documents[0]?.root ?? node;
  const scalars: PrintedScalar[] = [];
  pair(node, tree, scalars);
  return { text, tree, scalars };
}

/** The scalar at an offset of the text, or the nearest one before it. */
function scalarAt({ scalars }: PrintedObject, offset: number): PrintedScalar | undefined {
  return scalars.findLast(({ start }) => start <= offset) ?? scalars[0];
}

/** The location of a range of the text: of its use in a file, as far as that is known. */
export function spanOfPrinted(printed: PrintedObject, start: number, end: number): Span {
  const scalar = scalarAt(printed, start);
  if (scalar === undefined) throw new Error('an object always has a scalar: its kind');
  return spanOfUse(scalar.node.origin, printed.text.slice(start, Math.min(end, Math.max(scalar.end, start))));
}

/** Walks the object and its printed form in parallel; they differ only in the order of keys. */
function pair(node: Node, printed: Node, scalars: PrintedScalar[]): void {
  if (node.kind === 'scalar') {
    scalars.push({ node, ...offsets(printed) });
  } else if (node.kind === 'sequence' && printed.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const other = printed.items[index];
      if (other !== undefined) pair(item, other, scalars);
    }
  } else if (node.kind === 'map' && printed.kind === 'map') {
    for (const { key, value } of printed.entries) {
      const entry = findEntry(node, key.value);
      if (entry === undefined) continue;
      scalars.push({ node: entry.key, ...offsets(key) });
      pair(entry.value, value, scalars);
    }
  }
}

function offsets(printed: Node): { start: number; end: number } {
  const { start, end } = originSpan(printed.origin);
  return { start, end };
}
