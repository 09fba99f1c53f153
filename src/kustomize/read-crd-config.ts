import { getField, getPath, type MapNode, type Node } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import type { FieldSpec } from './field-spec.ts';
import type { GroupVersionKind } from './resource-id.ts';
import {
  emptyTransformerConfig,
  mergeFieldSpecs,
  mergeTransformerConfig,
  type NameReference,
  type TransformerConfig,
} from './transformer-config.ts';

/**
 * Reads a file of `crds:`, OpenAPI definitions by type name: what its `x-kubernetes-*` extensions say about labels,
 * annotations, names and references inside of custom resources. Only definitions with `apiVersion`, `kind` and `metadata`
 * count; their kind is the last part of the type's name. `$ref` is followed, as far as a type does not contain itself.
 */
export function readCrdConfig(definitions: MapNode): TransformerConfig {
  let config = emptyTransformerConfig;
  for (const { key, value } of definitions.entries) {
    const properties = getPropertiesOf(value);
    if (properties === undefined || !isObjectType(properties)) continue;
    const kind = key.value.slice(key.value.lastIndexOf('.') + 1);
    const walk: Walk = { definitions, gvk: { group: '', version: '', kind }, found: new FoundFields(), open: [] };
    readProperties(walk, key.value, []);
    config = mergeTransformerConfig(config, walk.found.toConfig());
  }
  return config;
}

interface Walk {
  readonly definitions: MapNode;
  readonly gvk: GroupVersionKind;
  readonly found: FoundFields;
  /** The types that are being read, from the outside in. */
  readonly open: readonly string[];
}

function isObjectType(properties: MapNode): boolean {
  return ['kind', 'apiVersion', 'metadata'].every((name) => getField(properties, name) !== undefined);
}

function readProperties(walk: Walk, typeName: string, path: readonly string[]): void {
  const properties = getPropertiesOf(getField(walk.definitions, typeName));
  if (properties === undefined || walk.open.includes(typeName)) return;
  for (const { key, value } of properties.entries) {
    if (value.kind !== 'map') continue;
    const propertyPath = [...path, key.value];
    readExtensions(walk, value, propertyPath);
    const reference = getString(value, '$ref');
    if (reference !== undefined) {
      readProperties({ ...walk, open: [...walk.open, typeName] }, reference, propertyPath);
    }
  }
}

function readExtensions({ gvk, found }: Walk, property: MapNode, path: readonly string[]): void {
  const spec = (...steps: string[]): FieldSpec => ({
    ...gvk,
    path: [...path, ...steps].join('/'),
    create: false,
    configuredIn: originSpan(property.origin),
  });
  if (getString(property, 'x-kubernetes-annotation') !== undefined) found.annotations.push(spec());
  if (getString(property, 'x-kubernetes-label-selector') !== undefined) found.labels.push(spec());
  if (getString(property, 'x-kubernetes-identity') !== undefined) found.names.push(spec());
  const version = getString(property, 'x-kubernetes-object-ref-api-version');
  const kind = getString(property, 'x-kubernetes-object-ref-kind');
  if (version === undefined || kind === undefined) return;
  const nameKey = getString(property, 'x-kubernetes-object-ref-name-key') ?? 'name';
  found.references.push({ referred: { group: '', version, kind }, referrers: [spec(nameKey)] });
}

/** What was found in one custom resource's definition. */
class FoundFields {
  readonly annotations: FieldSpec[] = [];
  readonly labels: FieldSpec[] = [];
  readonly names: FieldSpec[] = [];
  readonly references: NameReference[] = [];

  toConfig(): TransformerConfig {
    return mergeTransformerConfig(emptyTransformerConfig, {
      ...emptyTransformerConfig,
      namePrefix: mergeFieldSpecs([], this.names),
      commonLabels: mergeFieldSpecs([], this.labels),
      commonAnnotations: mergeFieldSpecs([], this.annotations),
      nameReference: this.references,
    });
  }
}

/** `Schema.properties` of a definition, or undefined where it has none. */
function getPropertiesOf(definition: Node | undefined): MapNode | undefined {
  if (definition?.kind !== 'map') return undefined;
  const schema = definition.entries.find(({ key }) => key.value.toLowerCase() === 'schema')?.value;
  const properties = getPath(schema, ['properties']);
  return properties?.kind === 'map' ? properties : undefined;
}

/** An extension's or reference's text; undefined where it is absent or of another type. */
function getString(property: MapNode, name: string): string | undefined {
  const value = property.entries.find(({ key }) => key.value.toLowerCase() === name)?.value;
  return value?.kind === 'scalar' && value.tag === '!!str' ? value.value : undefined;
}
