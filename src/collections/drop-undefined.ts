/** The shape with optional fields in place of fields that may be undefined. */
export type Defined<Shape> = {
  [Key in keyof Shape as undefined extends Shape[Key] ? never : Key]: Shape[Key];
} & {
  [Key in keyof Shape as undefined extends Shape[Key] ? Key : never]?: Exclude<Shape[Key], undefined>;
};

/** Removes undefined fields, so that an optional field is either absent or has a value. */
export function dropUndefined<Shape extends object>(fields: Shape): Defined<Shape> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Shape>;
}
