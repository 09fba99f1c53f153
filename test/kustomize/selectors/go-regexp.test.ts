import { expect, test } from 'vitest';
import { matchAnywhere, matchWhole } from '../../../src/kustomize/selectors/go-regexp.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

const at = { file: new SourceFile('file', 'text'), start: 0, end: 4 };

test.each([
  ['web', 'web', true],
  ['web', 'web2', false],
  ['web.*', 'web2', true],
  ['a|b', 'b', true],
  ['a|b', 'ab', false],
  ['w.b', 'web', true],
  ['a\\.b', 'axb', false],
  ['a$b', 'a$b', false],
  ['a\\$b', 'a$b', true],
  ['(?i)WEB', 'web', true],
  ['[^a-c]+', 'xyz', true],
  ['\\pL+', 'äß', true],
])('%s matches all of %s: %s', (pattern, text, expected) => {
  expect(matchWhole(pattern, at)(text)).toBe(expected);
});

test.each([
  ['x', 'axb', true],
  ['^x$', 'axb', false],
  ['a.*b|c', 'xcx', true],
  ['a b', 'xa bx', true],
])('%s matches in %s: %s', (pattern, text, expected) => {
  expect(matchAnywhere(pattern, at)(text)).toBe(expected);
});

test('a pattern that only JavaScript knows is refused, each time', () => {
  const message = /^`\(\?=a\)` is not a regular expression that Go can read/;
  expect(() => matchWhole('(?=a)', at)).toThrow(message);
  expect(() => matchWhole('(?=a)', at)).toThrow(message);
});

test('parentheses may close what kustomize opened around the pattern', () => {
  expect(matchWhole('a)|(b', at)('abc')).toBe(true);
});
