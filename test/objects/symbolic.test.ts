// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { canBeEqual, fillVariables, leftVariables } from '../../src/objects/symbolic.ts';

describe('symbolic: variables left', () => {
  test('are found with their functions, and escapes are not', () => {
    expect(leftVariables('a-${TAG}-${X:=1}-$${Y}-${#Z}').map(({ name }) => name)).toEqual(['TAG', 'X', 'Z']);
    expect(leftVariables('$(TAG) $TAG ${1}')).toEqual([]);
    expect(leftVariables('${X:-1}')[0]?.hasDefault).toBe(true);
    expect(leftVariables('${X%-*}')[0]?.hasDefault).toBe(false);
  });

  test('are filled where they are known', () => {
    const values = new Map([['TAG', 'v1']]);
    expect(fillVariables('a-${TAG}-${OTHER}-$${TAG}', values)).toBe('a-v1-${OTHER}-$${TAG}');
  });
});

describe('symbolic', () => {
  test.each([
    ['app-${TAG}', 'app-1.2', true],
    ['app-${TAG}', 'app-', true],
    ['app-${TAG}', 'apps-${TAG}', false],
    ['app-${TAG}', 'app-${OTHER}', true],
    ['app-${TAG}', 'app-${TAG}', true],
    ['app-${TAG}', 'web-${TAG}', false],
    ['app-${TAG}', 'web-1.2', false],
    ['app-${TAG}-x', 'app-1.2-y', false],
    ['app-${TAG}-x', 'app-${OTHER}-y', false],
    ['${A}-x', '${B}-y', false],
    ['${A}x', 'x${A}', true],
    ['${A}xx', 'x${A}', false],
    ['${A}xx', 'x${B}', true],
    ['${A}${B}', '${B}${A}', true],
    ['app', 'app', true],
    ['app', 'apps', false],
    ['', '', true],
    ['', '${A}', true],
    ['', 'a${A}', false],
    ['a\n${A}', 'a\nb', true],
    ['ab${A}', 'ab', true],
    ['${A}ab', 'ab', true],
    ['a${A}b', 'ab', true],
    ['a${A}c', 'abc', true],
    ['${A}${A}', '${A}', true],
    ['x${A}y', 'xy${B}', true],
    ['aa', 'a', false],
    ['a', 'aa', false],
    ['${A}aa', '${A}a', false],
    ['a${A}', '${A}aa', false],
  ])('%j and %j can be equal: %s', (a, b, expected) => {
    expect(canBeEqual(a, b)).toBe(expected);
    expect(canBeEqual(b, a)).toBe(expected);
  });

  test.each([
    ['${A}', [['A', '${A}', false]]],
    ['${ A}', [['A', '${ A}', false]]],
    ['${#A}', [['A', '${#A}', false]]],
    ['${A-b}', [['A', '${A-b}', true]]],
    ['${A:=b}', [['A', '${A:=b}', true]]],
    ['${A::-b}', [['A', '${A::-b}', false]]],
    ['${A/x/-}', [['A', '${A/x/-}', false]]],
    ['$${A}', []],
    ['${1A}', []],
    ['${A', []],
    [
      'a${A}b${B_1}',
      [
        ['A', '${A}', false],
        ['B_1', '${B_1}', false],
      ],
    ],
  ])('what is left in %s', (text, expected) => {
    expect(leftVariables(text).map(({ name, text: whole, hasDefault }) => [name, whole, hasDefault])).toEqual(expected);
  });

  test.each([
    ['${A}-${B:-x}-${A:=y}-${A-z}', '1-${B:-x}-1-1'],
    ['$${A}', '$${A}'],
    ['${A/1/2}', '${A/1/2}'],
    ['${A:-}', '1'],
    ['${EMPTY}.', '.'],
  ])('%s filled is %s', (text, expected) => {
    expect(
      fillVariables(
        text,
        new Map([
          ['A', '1'],
          ['EMPTY', ''],
        ]),
      ),
    ).toBe(expected);
  });
});
