/**
 * The types that fields of kustomize's own files have, as its Go structs declare them. One value of these describes
 * a whole kustomization file; `shapeFields` makes nodes conform to it.
 */
export type FieldType =
  | { readonly kind: 'string' | 'boolean' | 'integer' | 'any' }
  | { readonly kind: 'list'; readonly items: FieldType }
  | { readonly kind: 'map'; readonly values: FieldType }
  | ObjectType;

/** A struct: its fields under the names that kustomize prints. Names are matched in any case. */
export interface ObjectType {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, FieldType>>;
}

export const string: FieldType = { kind: 'string' };
export const boolean: FieldType = { kind: 'boolean' };
export const integer: FieldType = { kind: 'integer' };
/** Whatever YAML holds, left as it is. */
export const any: FieldType = { kind: 'any' };

export function list(items: FieldType): FieldType {
  return { kind: 'list', items };
}

export function map(values: FieldType): FieldType {
  return { kind: 'map', values };
}

export function object(fields: Readonly<Record<string, FieldType>>): ObjectType {
  return { kind: 'object', fields };
}
