import type { MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { filledScalar, firstKeySpan, mapField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { selectResources } from '../selectors/selector.ts';
import type { BuildContext } from '../session/build-context.ts';
import { patchWithSteps } from './json-patch.ts';
import { inlinePatch, type PatchText, readPatchFile } from './patch-text.ts';
import { readJsonPatch } from './read-patch.ts';

/**
 * Applies one entry of `patchesJson6902:`, or a PatchJson6902Transformer: `{target, path | patch | jsonOp}`. Throws a
 * BuildError if the target has no name, or the patch no operations. Follows kustomize's PatchJson6902Transformer.
 * Returns how many objects the target selected.
 */
export function applyJsonPatch(
  resources: ResourceSet,
  entry: MapNode,
  files: KustomizationFiles,
  context: BuildContext,
): number {
  const target = mapField(entry, 'target');
  if (target === undefined || filledScalar(target, 'name') === undefined) {
    throw new BuildError(
      'the target of a JSON patch must have a `name`; add it, or use `patches:` instead',
      firstKeySpan(target === undefined || target.entries.length === 0 ? entry : target),
    );
  }
  const text = readText(entry, files);
  const steps = readJsonPatch(text);
  if (steps.length === 0) {
    throw new BuildError('this JSON patch has no steps; add some, or remove the entry', text.at);
  }
  const selected = selectResources(resources, target);
  for (const resource of selected) patchWithSteps(resource, steps, context);
  return selected.length;
}

function readText(entry: MapNode, files: KustomizationFiles): PatchText {
  const inline = filledScalar(entry, 'patch') ?? filledScalar(entry, 'jsonOp');
  const path = filledScalar(entry, 'path');
  if (inline && path) {
    throw new BuildError('a patch has either a `path` or its text; remove one of the two', originSpan(path.origin));
  }
  if (inline) return inlinePatch(inline);
  if (path) return readPatchFile(path, files);
  throw new BuildError(
    'this patch has no content; name a file with `path`, or write it in `patch`',
    firstKeySpan(entry),
  );
}
