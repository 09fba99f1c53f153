import { expect, test } from 'vitest';
import { PathIndex } from '../../../src/model/appliers/path-index.ts';
import { startCpuTime } from '../../support/cpu-time.ts';

test.each([
  ['./apps/shop', '/repo/apps/shop', true],
  ['apps/shop/', '/repo/apps/shop', true],
  ['shop', '/repo/apps/workshop', false],
  ['./', '/repo/apps/shop', false],
  [undefined, '/repo', false],
  ['apps/*', '/repo/apps/shop', true],
  ['apps/*', '/repo/apps', false],
  ['apps/*', '/repo/apps/shop/base', false],
  ['ap*/s*p', '/repo/apps/shop', true],
  ['apps/shop.*', '/repo/apps/shop1', false],
  ['apps/[s]*', '/repo/apps/shop', false],
  ['apps/**', '/repo/apps/shop', true],
])('path-index: path %s means %s: %s', (path, folder, expected) => {
  expect(new PathIndex([path], (each) => each).find(folder)).toEqual(expected ? [path] : []);
});

test('path-index: all that point at a folder, in their order', () => {
  const paths = ['repo/apps/shop', 'shop', '../shop', 'apps/shop', './', '', 'other'];
  const index = new PathIndex(paths, (each) => each);
  expect(index.find('/repo/apps/shop')).toEqual(['repo/apps/shop', 'shop', 'apps/shop']);
  expect(new PathIndex([...paths].reverse(), (each) => each).find('/repo/apps/shop')).toEqual([
    'apps/shop',
    'shop',
    'repo/apps/shop',
  ]);
  expect(index.find('/')).toEqual([]);
  expect(index.find('/repo/../shop')).toEqual(['shop']);
  const patterns = new PathIndex(['*/shop', 'shop', 'apps/*'], (each) => each);
  expect(patterns.find('/repo/apps/shop')).toEqual(['*/shop', 'shop', 'apps/*']);
});

test('path-index: a path of many stars', () => {
  const index = new PathIndex(['*a'.repeat(60)], (each) => each);
  const cpuTime = startCpuTime();
  expect(index.find(`/repo/${'a'.repeat(250)}b`)).toEqual([]);
  expect(cpuTime()).toBeLessThan(500);
});
