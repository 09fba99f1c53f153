/** The order of two texts by their code units, for any sort: as Go's by bytes, but for characters beyond the basic plane. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
