import type { Dialect } from '../dialect.ts';

/**
 * The types of fields in kustomize's own files, as its Go structs declare them. One such value describes a whole
 * kustomization file; `shapeFields` makes nodes conform to it.
 */
export type FieldType =
  | { readonly kind: 'string' | 'boolean' | 'integer' | 'any' }
  | { readonly kind: 'list'; readonly items: FieldType }
  | { readonly kind: 'map'; readonly values: FieldType }
  | ObjectType;

/** A struct: its fields by the names that kustomize prints. Names match in any case. */
export interface ObjectType {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, FieldType | EmbeddedField>>;
  /** Fields that it does not have yet, with the version of kustomize that added them. */
  readonly later?: Readonly<Record<string, Dialect>>;
}

/** A field of a struct that Go embeds in another. Numbers and booleans are never converted to strings in it. */
export interface EmbeddedField {
  readonly kind: 'embedded';
  readonly type: FieldType;
}

export const string: FieldType = { kind: 'string' };
export const boolean: FieldType = { kind: 'boolean' };
export const integer: FieldType = { kind: 'integer' };
/** Any JSON value. */
export const any: FieldType = { kind: 'any' };

export function list(items: FieldType): FieldType {
  return { kind: 'list', items };
}

export function map(values: FieldType): FieldType {
  return { kind: 'map', values };
}

export function object(fields: ObjectType['fields']): ObjectType {
  return { kind: 'object', fields };
}

/** A struct to which kustomize 5.8.2 has added a field. */
export function objectSince582(
  dialect: Dialect,
  fields: ObjectType['fields'],
  added: ObjectType['fields'],
): ObjectType {
  if (dialect === '5.8.2') return object({ ...fields, ...added });
  return { ...object(fields), later: Object.fromEntries(Object.keys(added).map((name) => [name, '5.8.2'])) };
}

/** The fields of a struct that Go embeds. */
export function embedded(fields: Readonly<Record<string, FieldType>>): Record<string, EmbeddedField> {
  return Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { kind: 'embedded', type }]));
}
