import { expect, test } from 'vitest';
import { trimEnd } from '../../src/text/trim-end.ts';

test.each([
  ['k8s/base//', '/', 'k8s/base'],
  ['//', '/', ''],
  ['/k8s', '/', '/k8s'],
  ['1.500', '0', '1.5'],
  ['', '/', ''],
])('%j without %j at its end', (text, character, expected) => {
  expect(trimEnd(text, character)).toBe(expected);
});
