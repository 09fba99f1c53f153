import { editDistance } from './edit-distance.ts';

/** The candidate that a misspelt name most likely stands for. */
export function findNearest(written: string, names: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.floor(written.length / 3));
  let best: { name: string; apart: number } | undefined;
  for (const name of names) {
    const apart = editDistance(written.toLowerCase(), name.toLowerCase());
    if (apart <= allowed && (best === undefined || apart < best.apart)) best = { name, apart };
  }
  return best?.name;
}
