import type { MapNode, ScalarNode, SequenceNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { BuildContext, KustomizationFiles } from '../build-context.ts';
import { BuildError } from '../problem.ts';
import type { ResourceSet } from '../resource-set.ts';
import { findPatched, mergeIntoSelected } from './merge-target.ts';
import { inlinePatch, patchFile } from './patch-text.ts';
import { readMergePatch } from './read-patch.ts';
import { noPatchOptions } from './strategic-merge.ts';

/**
 * Applies the items of `patchesStrategicMerge:`, or `paths:` of a PatchStrategicMergeTransformer: each a file, or the
 * patch itself. All are read before the first is applied. Follows kustomize's PatchStrategicMergeTransformer.
 */
export function applyStrategicMergePatches(
  resources: ResourceSet,
  list: SequenceNode,
  files: KustomizationFiles,
  context: BuildContext,
): void {
  const scalars = list.items.filter((item) => item.kind === 'scalar');
  const patches = scalars.flatMap((item) => readItem(item, files));
  if (patches.length === 0) {
    throw new BuildError('there is no patch in here; write one, or remove the field', originSpan(list.origin));
  }
  for (const patch of patches) {
    mergeIntoSelected(resources, [findPatched(resources, patch)], patch, noPatchOptions, context);
  }
}

/** An item that reads as objects is the patch, anything else the path of one. */
function readItem(item: ScalarNode, files: KustomizationFiles): readonly MapNode[] {
  const isText = /[\n:{]/.test(item.value);
  try {
    // A path is YAML too, but no object, so that reading it as a patch fails, and is not worth trying.
    if (isText || item.value.trim() === '') return readMergePatch(inlinePatch(item));
  } catch (error) {
    const isFile = !item.value.includes('\n');
    if (!isFile) throw error;
  }
  const at = originSpan(item.origin);
  return readMergePatch(patchFile(files.readSource(item.value, at), at));
}
