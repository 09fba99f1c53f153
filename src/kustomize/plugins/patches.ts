import { getField, getText, type Node, type SequenceNode } from '../../source/node.ts';
import { list, object, string } from '../load/field-type.ts';
import { patch, replacementEntry, selector } from '../load/kustomization-schema.ts';
import { mapItems } from '../load/read-field.ts';
import { applyJsonPatch } from '../patches/apply-json-patch.ts';
import { applyPatch } from '../patches/apply-patch.ts';
import { applyStrategicMergePatches } from '../patches/apply-strategic-merge-patches.ts';
import { BuildError } from '../problem.ts';
import { applyReplacements } from '../replacements/apply-replacement.ts';
import type { TransformerPlugin } from './plugin.ts';

export const patchTransformer: TransformerPlugin = {
  kind: 'PatchTransformer',
  schema: patch('5.7'),
  transform(resources, { config, files, context }) {
    applyPatch(resources, config, files, context);
  },
};

export const patchStrategicMergeTransformer: TransformerPlugin = {
  kind: 'PatchStrategicMergeTransformer',
  schema: object({ paths: list(string), patches: string }),
  transform(resources, { config, at, files, context }) {
    const paths = getField(config, 'paths');
    const text = getField(config, 'patches');
    const items: Node[] = paths?.kind === 'sequence' ? [...paths.items] : [];
    if (text !== undefined && getText(text) !== '') items.push(text);
    if (items.length === 0) throw new BuildError('this transformer needs `paths` or `patches`; add one of them', at);
    const all: SequenceNode = { kind: 'sequence', items, origin: (paths ?? text ?? config).origin };
    applyStrategicMergePatches(resources, all, files, context);
  },
};

export const patchJson6902Transformer: TransformerPlugin = {
  kind: 'PatchJson6902Transformer',
  schema: object({ target: selector, path: string, jsonOp: string }),
  transform(resources, { config, files, context }) {
    applyJsonPatch(resources, config, files, context);
  },
};

export const replacementTransformer: TransformerPlugin = {
  kind: 'ReplacementTransformer',
  schema: object({ replacements: list(replacementEntry) }),
  transform(resources, { config, files, context }) {
    applyReplacements(resources, mapItems(config, 'replacements'), files, context);
  },
};
