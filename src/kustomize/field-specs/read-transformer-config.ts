import { getField, getText, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { FieldSpec } from './field-spec.ts';
import {
  emptyTransformerConfig,
  type FieldSpecList,
  fieldSpecLists,
  type NameReference,
  type TransformerConfig,
} from './transformer-config.ts';

/** Reads a file of `configurations:`, already in the shape of `configurationSchema`. Lists that it lacks are empty. */
export function readTransformerConfig(file: MapNode): TransformerConfig {
  const config: Record<FieldSpecList, readonly FieldSpec[]> = { ...emptyTransformerConfig };
  for (const list of fieldSpecLists) config[list] = readFieldSpecs(getField(file, list));
  return { ...config, nameReference: mapsOf(getField(file, 'nameReference')).map(readNameReference) };
}

/**
 * Reads a list of `{group, version, kind, path, create}`, such as a transformer's `fieldSpecs`; undefined reads as
 * empty.
 */
export function readFieldSpecs(list: Node | undefined): FieldSpec[] {
  return mapsOf(list).map((spec) => ({
    group: getText(spec, ['group']) ?? '',
    version: getText(spec, ['version']) ?? '',
    kind: getText(spec, ['kind']) ?? '',
    path: getText(spec, ['path']) ?? '',
    create: getText(spec, ['create']) === 'true',
    configuredIn: originSpan(spec.origin),
  }));
}

function readNameReference(reference: MapNode): NameReference {
  return {
    referred: {
      group: getText(reference, ['group']) ?? '',
      version: getText(reference, ['version']) ?? '',
      kind: getText(reference, ['kind']) ?? '',
    },
    referrers: readFieldSpecs(getField(reference, 'fieldSpecs')),
  };
}

function mapsOf(list: Node | undefined): MapNode[] {
  return list?.kind === 'sequence' ? list.items.filter((item) => item.kind === 'map') : [];
}
