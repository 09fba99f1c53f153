import { describe, expect, test } from 'vitest';
import { boolean, integer, list, map, object, string } from '../../../src/kustomize/load/field-type.ts';
import { fieldSpec } from '../../../src/kustomize/load/kustomization-schema.ts';
import { shapeFields } from '../../../src/kustomize/load/shape-fields.ts';
import {
  configurationRules,
  kustomizationRules,
  pluginRules,
  type ShapeRules,
} from '../../../src/kustomize/load/shape-rules.ts';
import { BuildError } from '../../../src/kustomize/problem.ts';
import { toJson } from '../../../src/source/json/json.ts';
import { readYaml } from '../../../src/source/read.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { findNearest } from '../../../src/text/find-nearest.ts';

const type = object({
  text: string,
  flag: boolean,
  number: integer,
  texts: list(string),
  pairs: map(string),
  inner: object({ name: string, count: integer }),
});

function shape(text: string, rules: ShapeRules = kustomizationRules): string {
  const root = readYaml(new SourceFile('<test>', text), { firstDocumentOnly: true }).documents[0]?.root;
  if (root?.kind !== 'map') throw new Error('no map');
  try {
    return toJson(shapeFields(root, type, rules));
  } catch (error) {
    if (error instanceof BuildError) return error.message;
    throw error;
  }
}

describe('kustomization files', () => {
  test.each([
    ['text: a', '{"text":"a"}'],
    ['TEXT: a', '{"text":"a"}'],
    ['{Text: a, text: b}', '{"text":"b"}'],
    ['{text: b, Text: a}', '{"text":"b"}'],
    ['{text: a, text: b}', '{"text":"b"}'],
    ['text: 2024-01-02', '{"text":"2024-01-02"}'],
    ['text: 1:30', '{"text":"1:30"}'],
    ['text: !!str 12', '{"text":"12"}'],
    ['text: "12"', '{"text":"12"}'],
    ['text: 12e4567890', '{"text":"12e4567890"}'],
    ['text: !!binary YQ==', '{"text":"a"}'],
    ['text: ~', '{}'],
    ['flag: yes', '{"flag":true}'],
    ['flag: Off', '{"flag":false}'],
    ['flag: y', '{"flag":true}'],
    ['number: 0x10', '{"number":16}'],
    ['number: 010', '{"number":8}'],
    ['number: 3.0', '{"number":3}'],
    ['number: 1e3', '{"number":1000}'],
    ['number: 1_000', '{"number":1000}'],
    ['texts: [a, null, ""]', '{"texts":["a","",""]}'],
    ['pairs: {a: b, c: , a: d}', '{"pairs":{"a":"d","c":""}}'],
    ['inner: {}', '{"inner":{}}'],
    ['inner:', '{}'],
  ])('%s', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  test.each([
    ['text: no', '`text` must be a string, but this is the boolean no; put it in quotes: "no"'],
    ['text: 1.0', '`text` must be a string, but this is the number 1.0; put it in quotes: "1.0"'],
    ['text: [a]', '`text` must be a string, but this is a list'],
    ['flag: "yes"', '`flag` must be a boolean, but this is the string yes; write true or false without quotes'],
    ['number: 1.5', '`number` must be a whole number, but this is the number 1.5; write a whole number without quotes'],
    ['number: "1"', '`number` must be a whole number, but this is the string 1; write a whole number without quotes'],
    ['texts: [a, 1]', '`texts[1]` must be a string, but this is the number 1; put it in quotes: "1"'],
    ['texts: a', '`texts` must be a list of strings, but this is the string a; write it as a list: [a]'],
    ['text: !!null x', '`x` is not a valid !!null; correct the value or remove the tag'],
    ['pairs: {~: x}', 'the key `~` must be a string; put it in quotes'],
    ['pairs: {a: {b: c}}', '`pairs.a` must be a string, but this is a map'],
    ['inner: {nane: x}', 'unknown field `nane`: `inner` has no field of this name; did you mean `name`?'],
    ['other: x', 'unknown field `other`: a kustomization file has no field of this name; remove it'],
  ])('%s', (text, message) => {
    expect(shape(text)).toBe(message);
  });
});

describe('configuration files and plugins', () => {
  test('numbers and booleans become text', () => {
    expect(shape('{text: 1.50, texts: [1, true, 1e21]}', configurationRules)).toBe(
      '{"text":"1.5","texts":["1","true","1e+21"]}',
    );
    expect(shape('pairs: {a: 80, b: yes, c: 2020-01-02}', pluginRules)).toBe(
      '{"pairs":{"a":"80","b":"yes","c":"2020-01-02T00:00:00Z"}}',
    );
    // Go converts by way of 32 bits.
    expect(shape('texts: [0.1, 1.23456789]', pluginRules)).toBe('{"texts":["0.1","1.2345679"]}');
  });

  test('numbers stay numbers in what Go embeds', () => {
    const root = readYaml(new SourceFile('<test>', '{kind: 1, path: 1}')).documents[0]?.root;
    const shapeSpec = () => root?.kind === 'map' && shapeFields(root, fieldSpec, pluginRules);
    expect(shapeSpec).toThrow('`kind` must be a string, but this is the number 1; put it in quotes: "1"');
  });

  test('unknown fields are errors in the one, and nothing to the other', () => {
    expect(shape('other: 1', configurationRules)).toMatch(/^unknown field `other`: a configuration file/);
    expect(shape('{other: 1, text: a}', pluginRules)).toBe('{"text":"a"}');
  });
});

test('the nearest name is near enough', () => {
  const names = ['namePrefix', 'nameSuffix', 'namespace'];
  expect(findNearest('nameprefx', names)).toBe('namePrefix');
  expect(findNearest('labels', names)).toBeUndefined();
});
