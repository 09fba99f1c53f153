import { getText, type MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { mapItems, textField } from '../load/read-field.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
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
  for (const list of fieldSpecLists) config[list] = readFieldSpecs(file, list);
  return { ...config, nameReference: mapItems(file, 'nameReference').map(readNameReference) };
}

/** Reads a list of `{group, version, kind, path, create}`, such as a transformer's `fieldSpecs`; empty if it is absent. */
export function readFieldSpecs(config: MapNode, field: string): FieldSpec[] {
  return mapItems(config, field).map((spec) => ({
    ...readType(spec),
    path: textField(spec, 'path'),
    create: getText(spec, ['create']) === 'true',
    configuredIn: originSpan(spec.origin),
  }));
}

function readNameReference(reference: MapNode): NameReference {
  return {
    referred: readType(reference),
    referrers: readFieldSpecs(reference, 'fieldSpecs'),
  };
}

function readType(node: MapNode): GroupVersionKind {
  return {
    group: textField(node, 'group'),
    version: textField(node, 'version'),
    kind: textField(node, 'kind'),
  };
}
