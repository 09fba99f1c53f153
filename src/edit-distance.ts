import { distance } from 'fastest-levenshtein';

/**
 * In how many letters two names differ. Infinitely many where one is longer than any name that Kubernetes or a file system
 * takes: the work grows with the product of their lengths, and a tree may hold what it likes.
 */
export function editDistance(a: string, b: string): number {
  return a.length > longest || b.length > longest ? Number.POSITIVE_INFINITY : distance(a, b);
}

const longest = 300;
