import { getField, getText, type MapNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';

/** One of the places where a ValueAddTransformer puts its value. */
export interface ValueTarget {
  /** Which resources; undefined means all. */
  readonly selector: MapNode | undefined;
  /** The field, its parts separated by `/`, with `\/` for a slash in a part. Made where it is absent. */
  readonly fieldPath: ScalarNode;
  /** From 1: the part of the file path in the field before which the value goes in; 0 puts it in the field's place. */
  readonly filePathPosition: number;
}

/**
 * Reads the targets of a ValueAddTransformer, `{targets: [{selector, fieldPath, filePathPosition}]}`, out of its
 * configuration or the file that its `targetFilePath` names. Throws a BuildError for one that kustomize refuses.
 */
export function readValueTargets(holder: MapNode): ValueTarget[] {
  const targets = getField(holder, 'targets');
  if (targets?.kind !== 'sequence') return [];
  return targets.items.filter((target) => target.kind === 'map').map(readTarget);
}

function readTarget(target: MapNode): ValueTarget {
  const fieldPath = getField(target, 'fieldPath');
  if (fieldPath?.kind !== 'scalar' || fieldPath.value === '') {
    throw new BuildError('this target names no field; add a `fieldPath`', originSpan(target.origin));
  }
  const position = getField(target, 'filePathPosition');
  const filePathPosition = Number(getText(target, ['filePathPosition']) ?? '0');
  if (position !== undefined && filePathPosition < 0) {
    throw new BuildError(
      `the position ${filePathPosition} is negative; the parts of a path count from 1`,
      originSpan(position.origin),
    );
  }
  const chosen = getField(target, 'selector');
  return { selector: chosen?.kind === 'map' ? chosen : undefined, fieldPath, filePathPosition };
}
