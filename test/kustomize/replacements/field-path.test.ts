import { expect, test } from 'vitest';
import { splitFieldPath } from '../../../src/kustomize/replacements/field-path.ts';

test.each([
  ['a.b.c', ['a', 'b', 'c']],
  ['.a.b', ['a', 'b']],
  ['a\\.b.c', ['a.b', 'c']],
  ['a.[b.c/d].e', ['a', 'b.c/d', 'e']],
  ['a.[name=b.c].d', ['a', '[name=b.c]', 'd']],
  ['a.[=b.c]', ['a', '[=b.c]']],
  ['a.[1]', ['a', '[1]']],
  ['a.[b.c', ['a', 'b.c']],
  ['a..b', ['a', '', 'b']],
  ['', ['']],
])('%s', (path, steps) => {
  expect(splitFieldPath(path)).toEqual(steps);
});
