/**
 * The types that fields of kustomize's own files have, as its Go structs declare them. One value of these describes
 * a whole kustomization file; `shapeFields` makes nodes conform to it.
 */
export type FieldType =
  | { readonly kind: 'string' | 'boolean' | 'integer' | 'any' }
  | { readonly kind: 'list'; readonly items: FieldType }
  | { readonly kind: 'map'; readonly values: FieldType }
  | { readonly kind: 'embedded'; readonly type: FieldType }
  | ObjectType;

/** A struct: its fields under the names that kustomize prints. Names are matched in any case. */
export interface ObjectType {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, FieldType>>;
}

export const string: FieldType = { kind: 'string' };
export const boolean: FieldType = { kind: 'boolean' };
export const integer: FieldType = { kind: 'integer' };
/** Whatever JSON holds. */
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

/**
 * Fields that Go declares in a struct of their own and embeds. They read like any other, but the conversion of numbers
 * and booleans to strings, where a file has it, does not reach into them.
 */
export function embedded(fields: Readonly<Record<string, FieldType>>): Record<string, FieldType> {
  return Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { kind: 'embedded', type }]));
}
