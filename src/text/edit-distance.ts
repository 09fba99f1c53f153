import { distance } from 'fastest-levenshtein';

/**
 * The edit distance of two names; infinite if one is longer than any name in Kubernetes or a file system. The cost grows with
 * the product of the lengths, and a hostile tree may contain texts of any length.
 */
export function editDistance(a: string, b: string): number {
  return a.length > longest || b.length > longest ? Number.POSITIVE_INFINITY : distance(a, b);
}

const longest = 300;
