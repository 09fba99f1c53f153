import { getText, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { filledScalar, firstKeySpan, mapField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { selectResources } from '../selectors/selector.ts';
import type { BuildContext } from '../session/build-context.ts';
import { patchWithSteps } from './json-patch.ts';
import { findPatched, mergeIntoSelected } from './merge-target.ts';
import { inlinePatch, type PatchText, readPatchFile } from './patch-text.ts';
import { readPatch } from './read-patch.ts';
import { mergePatch, type PatchOptions } from './strategic-merge.ts';

/**
 * Applies one entry of `patches:`: `{path | patch, target, options}`.
 *
 * A JSON patch needs a target. A strategic merge patch without one names its object, and may have several documents.
 * A target may select nothing, but a named object that is absent or ambiguous is a BuildError. Resources that end up
 * empty are removed. Follows kustomize's PatchTransformer.
 *
 * Returns how many objects the target selected, or undefined without a target.
 */
export function applyPatch(
  resources: ResourceSet,
  entry: MapNode,
  files: KustomizationFiles,
  context: BuildContext,
): number | undefined {
  const text = readPatchText(entry, files);
  const target = mapField(entry, 'target');
  const patch = readPatch(text);
  switch (patch.kind) {
    case 'strategic merge':
      return applyMergePatches(resources, patch.objects, target, readOptions(entry), text, context);
    case 'json':
      return applySteps(resources, patch.steps, target, text, context);
    case 'empty':
      return appliesEmptyPatches(context) ? applySteps(resources, [], target, text, context) : undefined;
  }
}

/** 5.7 treats a patch without content as a JSON patch, which needs a target; 5.8 skips it. */
function appliesEmptyPatches({ dialect }: BuildContext): boolean {
  return dialect === '5.7';
}

function readPatchText(entry: MapNode, files: KustomizationFiles): PatchText {
  const patch = filledScalar(entry, 'patch');
  const path = filledScalar(entry, 'path');
  const isPatch = patch !== undefined && patch.value.trim() !== '';
  if (isPatch && path) {
    throw new BuildError('a patch has either `patch` or `path`; remove one of the two', originSpan(path.origin));
  }
  if (isPatch) return inlinePatch(patch);
  if (path) return readPatchFile(path, files);
  throw new BuildError(
    'this patch has no content; name a file with `path`, or write it in `patch`',
    patch === undefined ? firstKeySpan(entry) : originSpan(patch.origin),
  );
}

function readOptions(entry: MapNode): PatchOptions {
  const isOn = (option: string): boolean => getText(entry, ['options', option])?.toLowerCase() === 'true';
  return { allowNameChange: isOn('allowNameChange'), allowKindChange: isOn('allowKindChange') };
}

function applyMergePatches(
  resources: ResourceSet,
  patches: readonly MapNode[],
  target: MapNode | undefined,
  options: PatchOptions,
  text: PatchText,
  context: BuildContext,
): number | undefined {
  if (target === undefined) {
    for (const patch of patches) {
      const resource = findPatched(resources, patch);
      if (!mergePatch(resource, patch, options, context)) resources.remove(resource);
    }
    return undefined;
  }
  const [patch] = patches;
  if (patches.length > 1) {
    throw new BuildError(
      `this patch has ${patches.length} documents, and only one may go with a \`target\`; give each document a patch entry of its own`,
      text.at,
    );
  }
  if (patch === undefined) return undefined;
  const selected = selectResources(resources, target);
  mergeIntoSelected(resources, selected, patch, options, context);
  return selected.length;
}

function applySteps(
  resources: ResourceSet,
  steps: readonly Node[],
  target: MapNode | undefined,
  text: PatchText,
  context: BuildContext,
): number {
  if (target === undefined) {
    const what = steps.length > 0 ? 'a JSON patch' : 'a patch without content';
    throw new BuildError(`${what} needs a \`target\` that says which objects to patch; add it to this entry`, text.at);
  }
  const selected = selectResources(resources, target);
  for (const resource of selected) {
    resource.storePreviousId();
    patchWithSteps(resource, steps, context);
  }
  return selected.length;
}
