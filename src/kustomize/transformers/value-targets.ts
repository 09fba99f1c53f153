import { getField, getText, type MapNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { mapField, mapItems } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';

/** One of the fields that a ValueAddTransformer writes its value into. */
export interface ValueTarget {
  /** Selects the resources; undefined means all. */
  readonly selector: MapNode | undefined;
  /** The field: parts separated by `/`, with `\/` for a slash in a part. Created if absent. */
  readonly fieldPath: ScalarNode;
  /** Inserts the value before this part of the file path in the field, counting from 1; 0 replaces the field. */
  readonly filePathPosition: number;
}

/**
 * Reads the targets of a ValueAddTransformer, `{targets: [{selector, fieldPath, filePathPosition}]}`, from its
 * configuration or the file of its `targetFilePath`. Throws a BuildError for a target that kustomize refuses.
 */
export function readValueTargets(holder: MapNode): ValueTarget[] {
  return mapItems(holder, 'targets').map(readTarget);
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
  return { selector: mapField(target, 'selector'), fieldPath, filePathPosition };
}
