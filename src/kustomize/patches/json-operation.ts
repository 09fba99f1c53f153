import { findEntry, getField, type MapNode, type Node, plainNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import { firstKeySpan } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';

/** One operation of a JSON patch (RFC 6902). */
export type JsonOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: Pointer; readonly value: Node; readonly at: Span }
  | { readonly op: 'remove'; readonly path: Pointer; readonly at: Span }
  | { readonly op: 'move' | 'copy'; readonly path: Pointer; readonly from: Pointer; readonly at: Span };

/** A JSON pointer: the keys and indices that lead to a value. */
export interface Pointer {
  readonly text: string;
  /** Never empty: the whole object cannot be the target. */
  readonly steps: readonly string[];
  readonly at: Span;
}

/** Reads one operation. Throws a BuildError at a missing or invalid field. */
export function readOperation(node: Node): JsonOperation {
  if (node.kind !== 'map') {
    throw new BuildError(
      'a step of a JSON patch is a map with `op`, `path` and mostly `value`',
      originSpan(node.origin),
    );
  }
  const at = originSpan(node.origin);
  const op = readText(node, 'op');
  switch (op.value) {
    case 'add':
    case 'replace':
    case 'test':
      return { op: op.value, path: readPointer(node, 'path'), value: readValue(node), at };
    case 'remove':
      return { op: op.value, path: readPointer(node, 'path'), at };
    case 'move':
    case 'copy':
      return { op: op.value, path: readPointer(node, 'path'), from: readPointer(node, 'from'), at };
    default:
      throw new BuildError(
        `\`${op.value}\` is not an operation of a JSON patch; write add, remove, replace, move, copy or test`,
        originSpan(op.origin),
      );
  }
}

/** An absent value counts as null. */
function readValue(node: MapNode): Node {
  return getField(node, 'value') ?? plainNode('null', node.origin);
}

function readPointer(node: MapNode, field: string): Pointer {
  const { value, origin } = readText(node, field);
  const at = originSpan(origin);
  // As in kustomize, the text before the first slash is ignored.
  const [, ...steps] = value.split('/');
  if (steps.length === 0) {
    throw new BuildError(`"${value}" is not a path of a JSON patch, which looks like \`/spec/replicas\``, at);
  }
  return { text: value, steps: steps.map(unescapeStep), at };
}

function unescapeStep(step: string): string {
  return step.replace(/~[01]/g, (found) => (found === '~1' ? '/' : '~'));
}

function readText(node: MapNode, field: string): ScalarNode {
  const entry = findEntry(node, field);
  if (entry === undefined) {
    throw new BuildError(`this step of the JSON patch has no \`${field}\`; add it`, firstKeySpan(node));
  }
  if (entry.value.kind !== 'scalar' || entry.value.tag !== '!!str') {
    throw new BuildError(`\`${field}\` of a step of a JSON patch must be a string`, originSpan(entry.value.origin));
  }
  return entry.value;
}
