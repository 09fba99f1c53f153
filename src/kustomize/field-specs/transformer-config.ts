import type { Dialect } from '../dialect.ts';
import { BuildError } from '../problem.ts';
import { compareTypes } from '../resources/kind-order.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
import {
  annotationFields,
  commonLabelFields,
  imageFields,
  nameFields,
  nameReferences,
  namespaceFields,
  replicaFields,
  templateLabelFields,
  variableFields,
  volumeClaimTemplateLabelFields,
} from './default-field-specs.ts';
import { type FieldSpec, isSelected } from './field-spec.ts';

/**
 * The fields that each built-in transformer changes, by the names of a `configurations:` file (kustomize's
 * `TransformerConfig`).
 */
export interface TransformerConfig extends Readonly<Record<FieldSpecList, readonly FieldSpec[]>> {
  readonly nameReference: readonly NameReference[];
}

/** The fields that hold names of objects of one type (kustomize's `NameBackReferences`). */
export interface NameReference {
  /** The type of the objects that are referred to. */
  readonly referred: GroupVersionKind;
  /** The fields that refer to them. Their `create` has no meaning. */
  readonly referrers: readonly FieldSpec[];
}

/** The keys of a configuration that are plain lists of fields. */
export const fieldSpecLists = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;

export type FieldSpecList = (typeof fieldSpecLists)[number];

/** A configuration without any fields. */
export const emptyTransformerConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};

const defaults = new Map<Dialect, TransformerConfig>();

/** The fields that kustomize changes by default. Returns the same object each time; it must not be changed. */
export function defaultTransformerConfig(dialect: Dialect): TransformerConfig {
  const known = defaults.get(dialect);
  if (known !== undefined) return known;
  const config = sortConfig({
    namePrefix: nameFields(),
    nameSuffix: nameFields(),
    namespace: namespaceFields(),
    commonLabels: commonLabelFields(),
    labels: [],
    templateLabels: templateLabelFields(dialect),
    volumeClaimTemplateLabels: volumeClaimTemplateLabelFields(dialect),
    commonAnnotations: annotationFields(),
    nameReference: nameReferences(),
    varReference: variableFields(),
    images: imageFields(dialect),
    replicas: replicaFields(),
  });
  defaults.set(dialect, config);
  return config;
}

/** Whether a configuration has nothing but the defaults. */
export function isDefaultConfig(config: TransformerConfig): boolean {
  return [...defaults.values()].includes(config);
}

/**
 * Merges two configurations, sorted by type as in kustomize. Throws a BuildError if they differ in the `create` of a
 * field.
 *
 * Merging into an empty configuration may change the result: after sorting, a spec for one kind comes before the
 * built-in spec for all kinds, which then counts as present already and is dropped. This is how `namePrefix:` in a
 * `configurations:` file takes the prefix away from all kinds that it does not name.
 */
export function mergeTransformerConfig(config: TransformerConfig, added: TransformerConfig): TransformerConfig {
  if (added === emptyTransformerConfig) return config;
  // Merging the defaults drops none of them.
  if (config === emptyTransformerConfig && isDefaultConfig(added)) return added;
  const merged: Record<FieldSpecList, readonly FieldSpec[]> = { ...emptyTransformerConfig };
  for (const list of fieldSpecLists) merged[list] = mergeFieldSpecs(config[list], added[list]);
  return sortConfig({ ...merged, nameReference: mergeNameReferences(config.nameReference, added.nameReference) });
}

/**
 * Appends the fields that are not there yet. A field is there if one has the same path and a type that the added one's
 * type selects. Throws a BuildError if the two then differ in `create`. Follows kustomize's `FsSlice.MergeAll`.
 */
export function mergeFieldSpecs(specs: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] {
  if (specs.length === 0 && added.length < 2) return added;
  const merged = [...specs];
  for (const spec of added) {
    const known = merged.find((other) => other.path === spec.path && isSelected(other, spec));
    if (known === undefined) merged.push(spec);
    else if (known.create !== spec.create) throw conflictOf(known, spec);
  }
  return merged;
}

function conflictOf(known: FieldSpec, added: FieldSpec): Error {
  const [spec, other] = added.configuredIn === undefined ? [known, added] : [added, known];
  if (spec.configuredIn === undefined) return new Error(`built-in field specs contradict each other at ${spec.path}`);
  return new BuildError(
    `the field \`${spec.path}\` has \`create: ${spec.create}\` here, but \`create: ${other.create}\` elsewhere, and ` +
      `kustomize refuses the two together; write \`create: ${other.create}\` or remove this entry`,
    spec.configuredIn,
    other.configuredIn === undefined ? [] : [{ at: other.configuredIn, note: 'the other entry for this field' }],
  );
}

function mergeNameReferences(
  references: readonly NameReference[],
  added: readonly NameReference[],
): readonly NameReference[] {
  let merged = references;
  for (const reference of added) merged = mergeNameReference(merged, reference);
  return merged;
}

function mergeNameReference(references: readonly NameReference[], added: NameReference): readonly NameReference[] {
  if (!references.some(({ referred }) => sameType(referred, added.referred))) return [...references, added];
  return references.map((known) =>
    sameType(known.referred, added.referred)
      ? { referred: known.referred, referrers: mergeFieldSpecs(known.referrers, added.referrers) }
      : known,
  );
}

function sameType(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function sortConfig(config: TransformerConfig): TransformerConfig {
  const sorted: Record<FieldSpecList, readonly FieldSpec[]> = { ...config };
  for (const list of fieldSpecLists) sorted[list] = [...config[list]].sort(compareTypes);
  const nameReference = [...config.nameReference].sort((a, b) => compareTypes(a.referred, b.referred));
  return { ...sorted, nameReference };
}
