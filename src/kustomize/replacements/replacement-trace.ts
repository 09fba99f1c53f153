import type { MapNode, Node, ScalarNode } from '../../source/node.ts';
import type { Resource } from '../resources/resource.ts';

/** What one replacement did, for rules that check whether it does what it was written for. */
export interface ReplacementTrace {
  /** `{source | sourceValue, targets}`, from the kustomization or from a file that it names. */
  readonly replacement: MapNode;
  /** The object that the value was read from; undefined with `sourceValue`. */
  readonly source: Resource | undefined;
  /** The value to write: the source's field, or the part of it that `options` select. */
  readonly value: Node;
  readonly targets: readonly TargetTrace[];
}

/** What one entry of `targets:` did. */
export interface TargetTrace {
  readonly target: MapNode;
  /** The objects that it selects. If there are none, it does nothing, and kustomize does not complain. */
  readonly selected: readonly Resource[];
  readonly writes: readonly WriteTrace[];
}

/** The fields that one path selects in one object. */
export interface WriteTrace {
  readonly resource: Resource;
  /** The entry of `fieldPaths:`; undefined for the default, the name. */
  readonly fieldPath: ScalarNode | undefined;
  /** The resulting nodes. */
  readonly fields: readonly Node[];
}
