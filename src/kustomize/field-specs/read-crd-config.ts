import { getField, isNull, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
import type { BuildContext } from '../session/build-context.ts';
import type { FieldSpec } from './field-spec.ts';
import {
  emptyTransformerConfig,
  mergeFieldSpecs,
  mergeTransformerConfig,
  type NameReference,
  type TransformerConfig,
} from './transformer-config.ts';

/**
 * Reads a file of `crds:`, a map of OpenAPI definitions by type name. Its `x-kubernetes-*` extensions say which fields
 * of custom resources hold labels, annotations, names and references. Only definitions with `apiVersion`, `kind` and
 * `metadata` count; their kind is the last part of the type's name. `$ref` is followed, except into a type that is
 * being read. Throws a BuildError for anything but a definition. Follows kustomize's `LoadConfigFromCRDs`.
 */
export function readCrdConfig(definitions: MapNode, { checkTime }: BuildContext): TransformerConfig {
  let config = emptyTransformerConfig;
  for (const { key, value } of definitions.entries) {
    const properties = getPropertiesOf(value);
    if (properties === undefined || !isObjectType(properties)) continue;
    const kind = key.value.slice(key.value.lastIndexOf('.') + 1);
    const gvk = { group: '', version: '', kind };
    const walk: Walk = { definitions, gvk, found: new FoundFields(), open: [], checkTime };
    readProperties(walk, key.value, []);
    config = mergeTransformerConfig(config, walk.found.toConfig());
  }
  return config;
}

interface Walk {
  readonly definitions: MapNode;
  readonly gvk: GroupVersionKind;
  readonly found: FoundFields;
  /** The types that are being read, outermost first. */
  readonly open: readonly string[];
  readonly checkTime: BuildContext['checkTime'];
}

function isObjectType(properties: MapNode): boolean {
  return ['kind', 'apiVersion', 'metadata'].every((name) => getField(properties, name) !== undefined);
}

function readProperties(walk: Walk, typeName: string, path: readonly string[]): void {
  const properties = getPropertiesOf(getField(walk.definitions, typeName));
  if (properties === undefined || walk.open.includes(typeName)) return;
  // Types that each refer twice to the next one double the number of paths.
  walk.checkTime(originSpan(properties.origin));
  for (const { key, value } of properties.entries) {
    const property = mapOf(value);
    if (property === undefined) continue;
    const propertyPath = [...path, key.value];
    readExtensions(walk, property, propertyPath);
    const reference = getString(property, '$ref');
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

/** The fields found in the definition of one custom resource. */
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

/** `Schema.properties` of a definition, if it has any. */
function getPropertiesOf(definition: Node | undefined): MapNode | undefined {
  const parts = definition && mapOf(definition);
  const schema = parts?.entries.find(({ key }) => key.value.toLowerCase() === 'schema')?.value;
  const fields = schema && mapOf(schema);
  const properties = fields && getField(fields, 'properties');
  return properties && mapOf(properties);
}

/** The node as a map, or undefined for a null. Throws a BuildError for anything else. */
function mapOf(node: Node): MapNode | undefined {
  if (node.kind === 'map') return node;
  if (isNull(node)) return undefined;
  throw new BuildError(
    'a file under `crds:` holds OpenAPI definitions by the name of their type, but this is not one; a ' +
      'CustomResourceDefinition is listed under `resources:`',
    originSpan(node.origin),
  );
}

/** The text of an extension or reference; undefined if it is absent or not a string. */
function getString(property: MapNode, name: string): string | undefined {
  const value = getField(property, name);
  return value?.kind === 'scalar' && value.tag === '!!str' ? value.value : undefined;
}
