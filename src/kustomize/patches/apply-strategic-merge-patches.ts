import type { MapNode, ScalarNode, SequenceNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { BuildError } from '../problem.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { findPatched, mergeIntoSelected } from './merge-target.ts';
import { inlinePatch, readPatchFile } from './patch-text.ts';
import { readMergePatch } from './read-patch.ts';
import { noPatchOptions } from './strategic-merge.ts';

/**
 * Applies the items of `patchesStrategicMerge:`, or `paths:` of a PatchStrategicMergeTransformer: each a path, or an
 * inline patch. All are read before the first is applied. Follows kustomize's PatchStrategicMergeTransformer.
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

/** An item that parses as objects is an inline patch; anything else is a path. */
function readItem(item: ScalarNode, files: KustomizationFiles): readonly MapNode[] {
  const isText = /[\n:{]/.test(item.value);
  try {
    // Skip parsing of texts that can only be a path.
    if (isText || item.value.trim() === '') return readMergePatch(inlinePatch(item));
  } catch (error) {
    const isFile = !item.value.includes('\n');
    if (!isFile) throw error;
  }
  return readMergePatch(readPatchFile(item, files));
}
