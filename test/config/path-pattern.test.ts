import { describe, expect, test } from 'vitest';
import { compilePathPattern } from '../../src/discover/path-pattern.ts';

const matches = (pattern: string, path: string): boolean => compilePathPattern(pattern, '/w')(path);

describe('the patterns of the settings', () => {
  test.each([
    ['*', '/w/a'],
    ['a/*', '/w/a/.b'],
    ['**/testdata', '/w/testdata'],
    ['**/testdata/**', '/w/a/b/testdata/c/d'],
    ['a/**', '/w/a/b/c'],
    ['a/**/c', '/w/a/c'],
    ['a/**/c', '/w/a/b/b/c'],
    ['**', '/w/a/b'],
    ['./a?/*.yaml', '/w/ab/x.yaml'],
    ['a*b*c', '/w/a-b-b-c'],
    ['[ab]', '/w/b'],
    ['[!ab]', '/w/c'],
    ['[^ab]', '/w/c'],
    ['{a,b/c}/d', '/w/b/c/d'],
    ['{a,{b,c}}', '/w/c'],
    ['a{1..3}', '/w/a2'],
    ['a{,b}', '/w/a'],
    ['{a}', '/w/{a}'],
    ['a(b)', '/w/a(b)'],
    ['[a', '/w/[a'],
    ['../*/a', '/v/a'],
    ['/v/*', '/v/a'],
    ['*/', '/w/a'],
  ])('%s stands for %s', (pattern, path) => expect(matches(pattern, path)).toBe(true));

  test.each([
    ['*', '/w/a/b'],
    ['a/*', '/w/b/a'],
    ['a/**', '/w/ab/c'],
    ['**/a', '/w/ba'],
    ['a?', '/w/a'],
    ['[ab]', '/w/ab'],
    ['[!ab]', '/w/a'],
    ['{a,b}', '/w/c'],
    ['a{1..3}', '/w/a4'],
    ['A', '/w/a'],
    ['**', '/v/a'],
    ['../*', '/w/a'],
    ['/v/*', '/w/a'],
  ])('%s does not stand for %s', (pattern, path) => expect(matches(pattern, path)).toBe(false));

  test.each([
    [
      '{a,b}'.repeat(30),
      `The pattern "${'{a,b}'.repeat(30)}" in the settings expands to more than 1000 patterns; use fewer braces.`,
    ],
    [
      '{1..9999999}',
      'The pattern "{1..9999999}" in the settings expands to more than 1000 patterns; use fewer braces.',
    ],
    [
      'a/+(b|c)',
      'The pattern "a/+(b|c)" in the settings contains "+(b|c)", which is not supported; for alternatives write "{a,b}".',
    ],
    ['a'.repeat(1001), 'A pattern in the settings is longer than 1000 characters; split it into several.'],
  ])('%s is refused', (pattern, message) => expect(() => compilePathPattern(pattern, '/w')).toThrow(message));

  test('no path takes long to compare', () => {
    const start = performance.now();
    const long = `/w/${'a'.repeat(250)}/`.repeat(15);
    for (const pattern of [
      '*a'.repeat(400),
      `${'**/'.repeat(300)}x`,
      '{'.repeat(999),
      '[a'.repeat(400),
      `{${','.repeat(990)}}`,
    ]) {
      matches(`${pattern}c`, long);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
