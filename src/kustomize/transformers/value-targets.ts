import { getField, getText, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { readYaml } from '../../source/read.ts';
import type { KustomizationFiles } from '../build-context.ts';
import { integer, list, object, string } from '../load/field-type.ts';
import { selector } from '../load/kustomization-schema.ts';
import { pluginRules, type ShapeRules, shapeFields } from '../load/shape-fields.ts';
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

const targetsFile = object({
  targets: list(object({ selector, fieldPath: string, filePathPosition: integer })),
});

const targetsFileRules: ShapeRules = { ...pluginRules, scalars: 'yaml 1.1', file: 'target file' };

/**
 * The targets of a ValueAddTransformer: those of its configuration, then those of the file that `targetFilePath` names.
 * Throws a BuildError where there are none, and for one that kustomize refuses.
 */
export function readValueTargets(config: MapNode, files: KustomizationFiles): ValueTarget[] {
  const path = getField(config, 'targetFilePath');
  const fromFile = path?.kind === 'scalar' && path.value !== '' ? readTargetsFile(path, files) : undefined;
  const targets = [config, fromFile].flatMap((holder) => mapsOf(holder, 'targets'));
  if (targets.length === 0) {
    throw new BuildError('this transformer has no targets; add at least one to `targets`', originSpan(config.origin));
  }
  return targets.map(readTarget);
}

function readTargetsFile(path: ScalarNode, files: KustomizationFiles): MapNode | undefined {
  const file = files.readSource(path.value, originSpan(path.origin));
  const { documents, problems } = readYaml(file, { firstDocumentOnly: true });
  const [problem] = problems;
  if (problem !== undefined) throw new BuildError(problem.message, problem.at);
  const root = documents[0]?.root;
  if (root === undefined) return undefined;
  if (root.kind === 'map') return shapeFields(root, targetsFile, targetsFileRules);
  throw new BuildError('a target file is a map with a list of `targets`', originSpan(root.origin));
}

function mapsOf(holder: MapNode | undefined, name: string): MapNode[] {
  const value: Node | undefined = holder === undefined ? undefined : getField(holder, name);
  return value?.kind === 'sequence' ? value.items.filter((item) => item.kind === 'map') : [];
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
