import { describe, expect, test } from 'vitest';
import { isItemStep, readIndexStep, splitFieldPath } from '../../../src/kustomize/replacements/field-path.ts';

describe('field-path', () => {
  test.each([
    ['a.b.c', ['a', 'b', 'c']],
    ['.a.b', ['a', 'b']],
    ['a\\.b.c', ['a.b', 'c']],
    ['a.[b.c/d].e', ['a', 'b.c/d', 'e']],
    ['a.[name=b.c].d', ['a', '[name=b.c]', 'd']],
    ['a.[=b.c]', ['a', '[=b.c]']],
    ['a.[1]', ['a', '[1]']],
    ['a.[b.c', ['a', 'b.c']],
    ['a.[b', ['a', 'b']],
    ['[[a.b]].c', ['a.b', 'c']],
    ['[a.b].c]', ['a.b', 'c]']],
    ['[a.b]c.d]', ['a.b]c.d']],
    ['[a].[b]', ['[a]', '[b]']],
    ['a\\.b\\.c', ['a.b.c']],
    ['..a', ['', 'a']],
    ['a.', ['a', '']],
    ['a..b', ['a', '', 'b']],
    ['', ['']],
  ])('%s', (path, steps) => {
    expect(splitFieldPath(path)).toEqual(steps);
  });

  test.each([
    ['[name=x]', true],
    ['[=x]', true],
    ['[1]', true],
    ['[name', false],
    ['name]', false],
    ['name', false],
  ])('whether %s asks for items of a list', (step, expected) => {
    expect(isItemStep(step)).toBe(expected);
  });

  test.each([
    ['0', 0],
    ['12', 12],
    ['+3', 3],
    ['-1', undefined],
    ['1a', undefined],
    ['a1', undefined],
    ['', undefined],
  ])('%j as an index', (step, expected) => {
    expect(readIndexStep(step)).toBe(expected);
  });
});
