/** Compares texts by code units, for sorting: the same order as Go's by bytes, except for characters beyond the basic plane. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
