import { describe, expect, it } from 'vitest';
import { toJson } from '../../../src/source/json/json.ts';
import { emptyMap, type Node, stringNode } from '../../../src/source/node.ts';
import { sourceOrigin } from '../../../src/source/origin.ts';
import { compareKeys } from '../../../src/source/print/key-order.ts';
import { printYaml } from '../../../src/source/print/print.ts';
import { PrintError } from '../../../src/source/print/print-error.ts';
import { readYaml } from '../../../src/source/read.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

const origin = sourceOrigin({ file: new SourceFile('test.yaml', ''), start: 0, end: 0 });

function root(text: string): Node {
  const { documents, problems } = readYaml(new SourceFile('test.yaml', text));
  expect(problems).toEqual([]);
  return documents[0]?.root ?? emptyMap(origin);
}

/** What a string is printed as, as the value of a key `k`. */
function printValue(value: string): string {
  const key = stringNode('k', origin);
  return printYaml({ kind: 'map', entries: [{ key, value: stringNode(value, origin, 'double') }], origin }).slice(
    3,
    -1,
  );
}

describe('strings', () => {
  it.each([
    ['hello', 'hello'],
    ['', '""'],
    ['yes', '"yes"'],
    ['n', '"n"'],
    ['null', '"null"'],
    ['123', '"123"'],
    ['1_000', '"1_000"'],
    ['1:30', '"1:30"'],
    ['1:60', '1:60'],
    ['2024-01-02', '"2024-01-02"'],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['a #b', "'a #b'"],
    ['-', "'-'"],
    ['-x', '-x'],
    ['*x', "'*x'"],
    ["it's", "it's"],
    ["'q'", "'''q'''"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['"q"\\', '\'"q"\\\''],
    ['é', 'é'],
    ['😀', '"\\U0001F600"'],
    ['\u00a0', '\u00a0'],
    ['a\u0085b', 'a b'],
    ['\x01', '"\\x01"'],
    ['<<', '<<'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n\nb\n', '|\n  a\n\n  b'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb', '|2-\n   a\n  b'],
    ['a \nb', '"a \\nb"'],
    ['a\n\tb', '"a\\n\\tb"'],
  ])('%j', (value, expected) => {
    expect(printValue(value)).toBe(expected);
  });

  it('are folded at the first single space behind column 80', () => {
    const word = 'x'.repeat(38);
    expect(printValue(`${word} ${word} y  z w`)).toBe(`${word} ${word} y  z\n  w`);
    expect(printValue(`${word} ${word}: y z w`)).toBe(`'${word} ${word}:\n  y z w'`);
    expect(printValue(`${word} ${word}\t y  z w`)).toBe(`"${word} ${word}\\t\n  y  z w"`);
  });
});

describe('collections', () => {
  it.each([
    ['sorted keys', 'b: 1\na10: 1\na2: 1\nB: 1\n.x: 1\n', '.x: 1\nB: 1\na2: 1\na10: 1\nb: 1\n'],
    [
      'sequences at the column of their key',
      'a:\n    - 1\n    - - 2\n      - b: 3\n        a: 4\n',
      'a:\n- 1\n- - 2\n  - a: 4\n    b: 3\n',
    ],
    [
      'empty collections and nulls',
      'a: {}\nb: []\nc:\nd: ~\ne: [{}, [], null]\n',
      'a: {}\nb: []\nc: null\nd: null\ne:\n- {}\n- []\n- null\n',
    ],
    ['what a flow collection leaves out', '{a: , b: [c: ]}\n', 'a: ""\nb:\n- c: ""\n'],
    [
      'numbers',
      'a: 010\nb: 1.50\nc: 1e3\nd: 12345678.5\ne: 1_000\nf: 0x10\n',
      'a: 8\nb: 1.5\nc: 1000\nd: 1.23456785e+07\ne: 1000\nf: 16\n',
    ],
    ['dates', 'a: 2024-1-2\n', 'a: "2024-01-02T00:00:00Z"\n'],
    ['tags', 'a: !!binary aGk=\nb: !x y\nc: !!str 1\nd: !!float 5\n', 'a: hi\nb: "y"\nc: "1"\nd: 5\n'],
    ['keys that need quotes', '"yes": 1\n"": 2\n"a: b": 3\n"1": 4\n', '"": 2\n"1": 4\n\'a: b\': 3\n"yes": 1\n'],
    ['a long key', `${'k'.repeat(129)}:\n- a\n`, `? ${'k'.repeat(129)}\n: - a\n`],
    ['a key of several lines', '? |\n  a\n  b\n: c: 1\n', '? |\n  a\n  b\n: c: 1\n'],
    ['a folded text that is rewritten', 'a: >\n  x\n\n  z\n    w\n  v\n', 'a: |\n  x\n  z\n\n    w\n  v\n'],
    ['keys at the top that are no strings', '1: a\ntrue: b\n', '"1": a\n"true": b\n'],
    ['a key that is not written', '? \n: 1\n', '"": 1\n'],
  ])('%s', (_, text, expected) => {
    expect(printYaml(root(text))).toBe(expected);
  });
});

describe('what cannot be printed', () => {
  it.each([
    ['a key that stands twice', 'x:\n  a: 1\n  "a": 2\n', '"a"'],
    ['a number as a key', 'x:\n  1: a\n', '1'],
    ['an infinite number', 'x: .inf\n', '.inf'],
    ['no number', 'x: .nan\n', '.nan'],
    ['a template', 'x: {{ .b }}\n', '{ .b }'],
    ['a value that its tag does not fit', 'x: !!bool yes\n', 'yes'],
    ['bad base64', 'x: !!binary "%"\n', '"%"'],
    ['a DEL', 'x: "\\x7f"\n', '"\\x7f"'],
    ['a block that starts with a tab', 'x: |2\n  \ta\n', '|2\n  \ta'],
    ['a key of more than 1024 characters', `? ${'k'.repeat(1023)}\n: 1\n`, 'k'.repeat(1023)],
  ])('%s', (_, text, at) => {
    const node = root(text);
    let error: unknown;
    try {
      printYaml(node);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(PrintError);
    const span = (error as PrintError).at;
    expect(text.slice(span.start, span.end)).toBe(at);
  });
});

describe('toJson', () => {
  it('is compact, sorted by code points and escaped as in Go', () => {
    const node = root('b: [1, 1.0, 1e21, 1e-7, ~, true]\na: "<&>\\u2028\\x01\\n"\nB: {}\n');
    const json = '{"B":{},"a":"\\u003c\\u0026\\u003e\\u2028\\u0001\\n","b":[1,1,1e+21,1e-7,null,true]}';
    expect(toJson(node)).toBe(json);
    expect(toJson(root('a: "<"\n'), { escapeHtml: false })).toBe('{"a":"<"}');
  });
});

describe('the order of keys', () => {
  it.each([
    [
      ['.', '-', '1', 'A', 'a'],
      ['-', '.', '1', 'A', 'a'],
    ],
    [
      ['a10', 'a2', 'a01', 'a1', 'a'],
      ['a', 'a1', 'a01', 'a2', 'a10'],
    ],
    [
      ['a-b', 'ab', 'a/b', 'a1'],
      ['a-b', 'a/b', 'a1', 'ab'],
    ],
    [
      ['x100', 'x10', 'x1000'],
      ['x10', 'x100', 'x1000'],
    ],
    [
      ['é', 'z', '_', '日'],
      ['_', 'z', 'é', '日'],
    ],
    [
      ['99999999999999999999', '1', '20'],
      ['1', '20', '99999999999999999999'],
    ],
    [
      ['😀2', '😀10', '😀1'],
      ['😀1', '😀2', '😀10'],
    ],
  ])('%j', (keys, expected) => {
    expect([...keys].sort(compareKeys)).toEqual(expected);
  });
});
