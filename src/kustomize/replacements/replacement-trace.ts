import type { MapNode, Node, ScalarNode } from '../../source/node.ts';
import type { Resource } from '../resource.ts';

/** What one replacement did, for those who ask afterwards whether it does what it was written for. */
export interface ReplacementTrace {
  /** `{source | sourceValue, targets}`, as the kustomization or the file that it names has it. */
  readonly replacement: MapNode;
  /** The object that the value was read from; undefined with `sourceValue`. */
  readonly source: Resource | undefined;
  /** The value before it was written anywhere: the field of the source, or the part of it that `options` name. */
  readonly value: Node;
  readonly targets: readonly TargetTrace[];
}

/** What became of one entry of `targets:`. */
export interface TargetTrace {
  readonly target: MapNode;
  /** The objects that it selects; empty where it does nothing, of which kustomize says nothing. */
  readonly selected: readonly Resource[];
  readonly writes: readonly WriteTrace[];
}

/** The fields that one path leads to in one object. */
export interface WriteTrace {
  readonly resource: Resource;
  /** The entry of `fieldPaths:`; undefined where there is none and it is the name that is written. */
  readonly fieldPath: ScalarNode | undefined;
  /** The nodes that stand there afterwards. Empty where a path leads into YAML that kustomize then forgets about. */
  readonly fields: readonly Node[];
}
