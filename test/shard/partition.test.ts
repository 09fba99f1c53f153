import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeShare } from '../../src/shard/partition.ts';
import { parseShard } from '../../src/shard/shard.ts';

test('a share is written as its number and theirs', () => {
  expect(parseShard('3/8')).toEqual({ index: 3, count: 8 });
  for (const text of ['', '3', '0/8', '9/8', '3/0', '-1/8', '1.5/8', '3/8/2', ' 3/8', '1/1001', '03/8']) {
    expect(parseShard(text), text).toBeUndefined();
  }
});

const roots = fc
  .uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 })
  .chain((paths) =>
    fc.tuple(...paths.map((path) => fc.record({ path: fc.constant(path), cost: fc.integer({ min: 1, max: 1000 }) }))),
  );

test('each root is in one share, whatever order it was found in, and no share costs much more than another', () => {
  fc.assert(
    fc.property(roots, fc.integer({ min: 1, max: 9 }), (all, count) => {
      const shares = Array.from({ length: count }, (_, at) => takeShare(all, { index: at + 1, count }));
      const others = Array.from({ length: count }, (_, at) => takeShare(all.toReversed(), { index: at + 1, count }));
      expect(shares.flat().toSorted(byPath)).toEqual([...all].toSorted(byPath));
      expect(others.map((share) => share.toSorted(byPath))).toEqual(shares.map((share) => share.toSorted(byPath)));
      const costs = shares.map((share) => share.reduce((sum, { cost }) => sum + cost, 0));
      const largest = Math.max(0, ...all.map(({ cost }) => cost));
      expect(Math.max(...costs) - Math.min(...costs)).toBeLessThanOrEqual(largest);
    }),
  );
});

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
