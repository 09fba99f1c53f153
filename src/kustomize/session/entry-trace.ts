import type { MapNode } from '../../source/node.ts';

/** What an entry of a kustomization found to change, which may be nothing: kustomize does not report that. */
export interface EntryTrace {
  /** An entry of `patches` or `patchesJson6902` with a `target`, or one of `images`. */
  readonly field: 'patches' | 'patchesJson6902' | 'images';
  readonly entry: MapNode;
  /** How many objects its target selected, or how often its name matched an image. */
  readonly matched: number;
}
