import { any, boolean, list, object, string } from '../../kustomize/load/field-type.ts';
import { selector } from '../../kustomize/load/kustomization-schema.ts';
import { shapeFields } from '../../kustomize/load/shape-fields.ts';
import { pluginRules, type ShapeRules } from '../../kustomize/load/shape-rules.ts';
import { toJson } from '../../source/json/json.ts';
import { emptyMap, getField, type MapNode, type Node, stringNode } from '../../source/node.ts';

/** The parts of a Flux Kustomization's `spec` that Flux writes into the kustomization. */
const buildFields = object({
  targetNamespace: string,
  namePrefix: string,
  nameSuffix: string,
  patches: list(object({ patch: string, target: selector })),
  patchesStrategicMerge: list(any),
  patchesJson6902: list(object({ patch: list(any), target: selector })),
  images: list(object({ name: string, newName: string, newTag: string, digest: string })),
  components: list(string),
  ignoreMissingComponents: boolean,
  buildMetadata: list(string),
});

const rules: ShapeRules = { ...pluginRules, coerceToString: false, file: 'Flux Kustomization' };

/**
 * Reads the build settings of a Flux Kustomization in the shapes of a kustomization file. Throws a BuildError for a
 * value of the wrong type, which the cluster would refuse.
 */
export function readBuildFields(kustomization: MapNode): MapNode {
  const spec = getField(kustomization, 'spec');
  if (spec?.kind !== 'map') return emptyMap(kustomization.origin);
  const fields = shapeFields(spec, buildFields, rules, 'spec');
  inlinePatches(getField(fields, 'patchesStrategicMerge'));
  const jsonPatches = getField(fields, 'patchesJson6902');
  if (jsonPatches?.kind === 'sequence') {
    for (const entry of jsonPatches.items) if (entry.kind === 'map') inlinePatch(entry);
  }
  return fields;
}

/** Turns patches that are objects, as in v1beta2, into text, as in a kustomization file. */
function inlinePatches(patches: Node | undefined): void {
  if (patches?.kind === 'sequence') patches.items = patches.items.map(asText);
}

function inlinePatch(entry: MapNode): void {
  for (const field of entry.entries) if (field.key.value === 'patch') field.value = asText(field.value);
}

function asText(node: Node): Node {
  return stringNode(toJson(node), node.origin, 'double');
}
