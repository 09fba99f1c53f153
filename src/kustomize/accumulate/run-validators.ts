import { cloneNode, getPath, type Node, removeField } from '../../source/node.ts';
import { printYaml } from '../../source/print/print.ts';
import { PrintError } from '../../source/print/print-error.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { Accumulation } from './accumulation.ts';
import { externalTransformers } from './run-transformers.ts';
import type { Target } from './target.ts';

/**
 * Runs the `validators:`. Throws a BuildError if one changes anything but the label `validated-by`, which stays on the
 * objects.
 */
export function runValidators(target: Target, into: Accumulation): void {
  for (const { at, transform } of externalTransformers(target, 'validators')) {
    target.session.context.checkTime(at);
    const before = print(into.resources, (node) => node, at);
    into.noteChange();
    transform(into.resources);
    if (print(into.resources, withoutMark, at) === before) continue;
    throw new BuildError('a validator must not change anything, but this one does; list it under `transformers:`', at);
  }
}

/** Throws a BuildError at a value that cannot be printed: kustomize prints the objects before it runs a validator. */
function print(resources: ResourceSet, prepare: (node: Node) => Node, at: Span): string {
  try {
    return resources
      .toArray()
      .map(({ node }) => printYaml(prepare(node)))
      .join('---\n');
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new BuildError(error.message, error.at, [{ at, note: 'this validator reads it' }]);
  }
}

/** A copy without the label that a validator may add. */
function withoutMark(node: Node): Node {
  const copy = cloneNode(node);
  const labels = getPath(copy, ['metadata', 'labels']);
  const metadata = getPath(copy, ['metadata']);
  if (labels?.kind !== 'map' || metadata?.kind !== 'map') return copy;
  if (removeField(labels, 'validated-by') && labels.entries.length === 0) removeField(metadata, 'labels');
  return copy;
}
