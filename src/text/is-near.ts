import { editDistance } from './edit-distance.ts';

/**
 * Whether a name is most likely another one, misspelt: not more than one letter in `share` differs.
 * @param least the number of letters that may differ even in a short name
 */
export function isNear(written: string, name: string, share: number, least = 0): boolean {
  return editDistance(written, name) <= Math.max(least, Math.floor(written.length / share));
}
