/** Checks a value in parsed JSON and returns it with its type. `path` is its location. Throws a {@link ShapeFault}. */
export type Read<T> = (value: unknown, path: string) => T;

/** A value of the wrong shape; the message includes its location. */
export class ShapeFault extends Error {
  constructor(path: string, expected: string) {
    super(`${path === '' ? 'it' : `\`${path}\``} is not ${expected}`);
    this.name = 'ShapeFault';
  }
}

export const text: Read<string> = (value, path) => {
  if (typeof value !== 'string') throw new ShapeFault(path, 'a text');
  return value;
};

/** A non-negative integer. */
export const count: Read<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new ShapeFault(path, 'a count');
  return value;
};

export const flag: Read<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeFault(path, 'true or false');
  return value;
};

export function oneOf<T extends string | number>(...allowed: readonly T[]): Read<T> {
  return (value, path) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new ShapeFault(path, `one of ${allowed.join(', ')}`);
    return found;
  };
}

export function list<T>(item: Read<T>): Read<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeFault(path, 'a list');
    return value.map((each, index) => item(each, `${path}[${index}]`));
  };
}

/** An optional field; if it is absent, `object` leaves it out. */
export function optional<T>(read: Read<T>): Read<T | undefined> {
  return (value, path) => (value === undefined ? undefined : read(value, path));
}

/** The readers for the fields of an object. */
type Fields<T> = { readonly [K in keyof T]-?: Read<T[K]> | (undefined extends T[K] ? Read<T[K] | undefined> : never) };

/** An object with these fields; others are ignored. */
export function object<T extends object>(fields: Fields<T>): Read<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeFault(path, 'an object');
    const entries = Object.entries<Read<unknown>>(fields as unknown as Record<string, Read<unknown>>);
    const found = entries.flatMap(([name, read]) => {
      const own: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      const taken = read(own, path === '' ? name : `${path}.${name}`);
      return taken === undefined ? [] : [[name, taken] as const];
    });
    return Object.fromEntries(found) as T;
  };
}
