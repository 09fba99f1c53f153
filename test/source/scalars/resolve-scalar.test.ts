import { describe, expect, it } from 'vitest';
import { stringNode } from '../../../src/source/node.ts';
import { sourceOrigin } from '../../../src/source/origin.ts';
import {
  floatValue,
  formatG,
  formatInteger,
  formatJsonFloat,
  formatYamlFloat,
} from '../../../src/source/scalars/go-number.ts';
import { resolveScalar, resolveYaml11 } from '../../../src/source/scalars/resolve-scalar.ts';
import { formatTimestamp } from '../../../src/source/scalars/timestamp.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

describe('the type of a plain text', () => {
  it.each([
    ['!!null', ['', '~', 'null', 'Null', 'NULL']],
    ['!!bool', ['true', 'True', 'TRUE', 'false', 'False', 'FALSE']],
    [
      '!!int',
      ['0', '-1', '+1', '007', '0o17', '0O17', '0x1F', '-0x1f', '0b101', '1_000', '0_7', '18446744073709551615'],
    ],
    ['!!int', ['-9223372036854775808', '0b-11', '0o-17']],
    [
      '!!float',
      [
        '1.5',
        '1.',
        '.5',
        '-.5',
        '1e3',
        '1E+3',
        '08',
        '1_000.5',
        '.1_0',
        '18446744073709551616',
        '.inf',
        '-.Inf',
        '.NaN',
      ],
    ],
    [
      '!!timestamp',
      ['2024-01-02', '2024-1-2', '2024-01-02T03:04:05Z', '2024-01-02t03:04:05.5+01:00', '2024-01-02 03:04:05'],
    ],
    [
      '!!str',
      [
        'yes',
        'on',
        'y',
        'nulL',
        '1:30',
        '0x',
        '0b2',
        '1e999',
        '1_',
        '_1',
        '.',
        '-',
        '+',
        '.e3',
        '._5',
        'e3',
        '2024-02-30',
        '2024-01-02T03:04:05',
        '12-01-02',
        'a',
      ],
    ],
    ['!!merge', ['<<']],
  ] as const)('%s', (tag, texts) => {
    const expected = texts.map((text) => [text, text === '1_' ? '!!int' : tag]);
    expect(texts.map((text) => [text, resolveScalar(text)])).toEqual(expected);
  });

  it('by YAML 1.1 has more booleans, and no merge key', () => {
    const words = ['y', 'Yes', 'ON', 'n', 'no', 'Off', 'true'];
    expect(words.map(resolveYaml11)).toEqual(words.map(() => '!!bool'));
    expect(['yEs', '<<', '1:30', '0o-17'].map(resolveYaml11)).toEqual(['!!str', '!!str', '!!str', '!!str']);
    expect(['0o17', '0b-11', '~', '2024-01-02'].map(resolveYaml11)).toEqual([
      '!!int',
      '!!int',
      '!!null',
      '!!timestamp',
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['010', '8'],
    ['0o17', '15'],
    ['0x1F', '31'],
    ['-0b11', '-3'],
    ['1_000', '1000'],
    ['+5', '5'],
    ['18446744073709551615', '18446744073709551615'],
    ['18446744073709551616', undefined],
    ['x', undefined],
  ])('the integer %s', (text, expected) => {
    expect(formatInteger(text)).toBe(expected);
  });

  it.each([
    [1, '1', '1', '1'],
    [1.5, '1.5', '1.5', '1.5'],
    [12345678.5, '1.23456785e+07', '12345678.5', '1.23456785e+07'],
    [1e20, '1e+20', '100000000000000000000', '1e+20'],
    [1e19, '1e+19', '10000000000000000000', '10000000000000000000'],
    [1e21, '1e+21', '1e+21', '1e+21'],
    [0.00001, '1e-05', '0.00001', '1e-05'],
    [1e-7, '1e-07', '1e-7', '1e-07'],
    [-0, '0', '-0', '0'],
  ])('the float %d', (value, g, json, yaml) => {
    expect([formatG(value), formatJsonFloat(value), formatYamlFloat(value)]).toEqual([g, json, yaml]);
  });

  it('a float may be written as an integer of 63 bits', () => {
    const origin = sourceOrigin({ file: new SourceFile('x', ''), start: 0, end: 0 });
    const value = (text: string) => floatValue(stringNode(text, origin));
    expect([value('5'), value('0x10'), value('1_0.5'), value('-.inf'), value('x')]).toEqual([
      5,
      16,
      10.5,
      -Infinity,
      undefined,
    ]);
    expect(value('9223372036854775808')).toBeUndefined();
  });
});

describe('timestamps', () => {
  it.each([
    ['2024-1-2', '2024-01-02T00:00:00Z'],
    ['2024-01-02 3:4:5.500', '2024-01-02T03:04:05.5Z'],
    ['2024-01-02T03:04:05.000+00:00', '2024-01-02T03:04:05Z'],
    ['2024-01-02T03:04:05,123456789123-05:30', '2024-01-02T03:04:05.123456789-05:30'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2023-02-29', undefined],
    ['2024-01-02T24:00:00Z', undefined],
    ['2024-01-02T03:04:05', undefined],
  ])('%s', (text, expected) => {
    expect(formatTimestamp(text)).toBe(expected);
  });
});
