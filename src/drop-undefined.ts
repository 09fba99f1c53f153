/** A shape whose fields that may be undefined are optional instead. */
export type Defined<Shape> = {
  [Key in keyof Shape as undefined extends Shape[Key] ? never : Key]: Shape[Key];
} & {
  [Key in keyof Shape as undefined extends Shape[Key] ? Key : never]?: Exclude<Shape[Key], undefined>;
};

/** The same fields without those that are undefined: an optional field is either not there or has a value. */
export function dropUndefined<Shape extends object>(fields: Shape): Defined<Shape> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Shape>;
}
