/** An amount of a resource such as `500m`, `1.5Gi` or `2e3` as a number; undefined if it is none. */
export function readQuantity(text: string): number | undefined {
  const [, digits, unit = ''] =
    /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (units.get(unit) ?? Number(`1${unit}`));
}

const units: ReadonlyMap<string, number> = new Map([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['k', 1e3],
  ...[...'KMGTPE'].map((letter, index) => [`${letter}i`, 1024 ** (index + 1)] as const),
  ...[...'MGTPE'].map((letter, index) => [letter, 1000 ** (index + 2)] as const),
]);
