import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { toJson } from '../../src/source/json/json.ts';
import type { Node } from '../../src/source/node.ts';
import { printYaml } from '../../src/source/print/print.ts';
import { readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function read(text: string): Node {
  const { documents, problems } = readYaml(new SourceFile('test.yaml', text));
  expect(problems).toEqual([]);
  const root = documents[0]?.root;
  if (root === undefined) throw new Error('nothing was read');
  return root;
}

/** Characters that every YAML allows and none treats in a way of its own. */
const text = fc.string({ unit: fc.constantFrom(...' ab:#-\'"\\{}[],&*!|>%@`?0123.~\n\téß日😀'), maxLength: 120 });
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);
const key = fc.string({ unit: fc.constantFrom(...'abcACZ019-./: #'), maxLength: 140 });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(key, value, { minKeys: 1, maxKeys: 6, noNullPrototype: true });

/** JSON values as they are when -0 is 0 and keys are in no order. */
function parsed(json: string): unknown {
  return JSON.parse(json.replaceAll(/(?<=[:[,])-0(?=[,}\]])/g, '0'));
}

describe('reading and printing', () => {
  it('reads what the yaml package writes', () => {
    fc.assert(
      fc.property(object, fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'), (data, style) => {
        const written = stringify(data, { version: '1.1', defaultStringType: style, lineWidth: 60, blockQuote: false });
        expect(parsed(toJson(read(written)))).toEqual(parsed(JSON.stringify(data)));
      }),
      { numRuns: 400 },
    );
  });

  it('reads JSON', () => {
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, '\t'), (data, space) => {
        const json = JSON.stringify(data, undefined, space);
        expect(parsed(toJson(read(json)))).toEqual(parsed(json));
      }),
      { numRuns: 400 },
    );
  });

  it('reads what it prints, and prints that again the same', () => {
    fc.assert(
      fc.property(object, (data) => {
        const node = read(JSON.stringify(data));
        const printed = printYaml(node);
        const again = read(printed);
        expect(parsed(toJson(again))).toEqual(parsed(toJson(node)));
        expect(printYaml(again)).toBe(printed);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws, and finds problems in the text', () => {
    const pieces = [
      'a',
      ': ',
      ':',
      '- ',
      '? ',
      '\n',
      '\n  ',
      ' ',
      '\t',
      '#',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '!x ',
      '|',
      '>-\n',
      '%',
      '---\n',
      '...\n',
      '<<: ',
      '\\',
      '\r\n',
      '\ufeff',
      '\x01',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), (parts) => {
        const source = parts.join('');
        const { documents, problems } = readYaml(new SourceFile('test.yaml', source));
        for (const { start, end } of [...documents, ...problems.map(({ at }) => at)]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
