import { describe, expect, test } from 'vitest';
import {
  firstWritten,
  historyOf,
  joinRelated,
  keepsHead,
  lastSetter,
  lastStep,
  narrowPlace,
  type Place,
  placeOfPart,
  spanText,
  writtenText,
} from '../../src/objects/place.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { firstOf } from '../support/first-of.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

describe('place', () => {
  const file = firstOf(rootFromYaml("kind: X\na: 'one two one'\nb: three\nc: dev-\n").files);
  const placeOf = (text: string): Place => {
    const start = file.text.indexOf(text);
    return { at: { file, start, end: start + text.length }, steps: [] };
  };

  test.each([
    ["'one two one'", 'two', 'two'],
    ["'one two one'", 'one', "'one two one'"],
    ["'one two one'", 'three', "'one two one'"],
    ["'one two one'", '', "'one two one'"],
    ['three', 'three', 'three'],
  ])('%s narrowed to %s is %s', (text, part, expected) => {
    expect(spanText(narrowPlace(placeOf(text), part).at)).toBe(expected);
  });

  test('a part is where the last step has it', () => {
    const [one, three] = [placeOf("'one two one'"), placeOf('three')];
    const place: Place = {
      at: three.at,
      steps: [
        { by: 'written', at: one.at },
        { by: 'replacement', at: three.at },
      ],
    };
    expect(spanText(placeOfPart(place, 'two').at)).toBe('two');
    expect(spanText(placeOfPart(place, 'thre').at)).toBe('thre');
    expect(placeOfPart(place, 'four')).toBe(place);
    const [first, last] = [placeOf('kind: X').at, placeOf('b: three').at];
    const both = placeOfPart(
      {
        at: placeOf('dev-').at,
        steps: [
          { by: 'written', at: first },
          { by: 'image', at: last },
        ],
      },
      ':',
    );
    expect(both.at.start).toBe(last.start + 1);
  });

  test.each([
    ['written', 'name set here'],
    ['value', 'by this value'],
    ['name prefix', 'prefix `dev-` added here'],
    ['name suffix', 'suffix `dev-` added here'],
    ['namespace', 'namespace set here'],
    ['replacement', 'name replaced here'],
    ['substitution', 'variable substituted here'],
    ['variable', 'name filled from this variable'],
    ['image', 'image changed here'],
    ['replicas', 'replicas set here'],
    ['json patch', 'name set by this patch'],
    ['strategic merge patch', 'name set by this patch'],
    ['configMapGenerator', 'name generated here'],
    ['secretGenerator', 'name generated here'],
    ['generator', 'name generated here'],
    ['helm chart', 'name generated here'],
    ['iamPolicyGenerator', 'name generated here'],
    ['content hash', 'content hash added because of this'],
    ['annotations', 'name changed here'],
    ['labels', 'name changed here'],
    ['build metadata', 'name changed here'],
    ['value add', 'name changed here'],
  ] as const)('a step by %s: %s', (by, note) => {
    const place: Place = { at: placeOf('X').at, steps: [{ by, at: placeOf('dev-').at }] };
    expect(historyOf(place, 'name').map((each) => each.note)).toEqual([note]);
  });

  test('what is left out of a history', () => {
    const [one, three, x] = [placeOf("'one two one'").at, placeOf('three').at, placeOf('X').at];
    const steps: Place['steps'] = [
      { by: 'written', at: one },
      { by: 'name reference', at: three },
      { by: 'replacement', at: one },
      { by: 'namespace', at: x },
    ];
    const notes = (place: Place, primary?: Place['at']): string[] =>
      historyOf(place, 'name', primary).map(({ note, at }) => `${note} at ${spanText(at)}`);
    expect(notes({ at: x, steps })).toEqual(["name set here at 'one two one'"]);
    expect(notes({ at: x, steps }, three)).toEqual(["name set here at 'one two one'", 'namespace set here at X']);
    // A step that holds the primary span adds nothing.
    expect(notes({ at: x, steps }, placeOf('two').at)).toEqual(['namespace set here at X']);
  });

  test.each([
    ['namePrefix: dev-', 'prefix `dev-` added here'],
    ['namePrefix: "dev-"', 'prefix `dev-` added here'],
    ['namePrefix: "dev"-', 'prefix `"dev"-` added here'],
    ["namePrefix: dev'-'", "prefix `dev'-'` added here"],
    ['namePrefix: my-namePrefix', 'prefix `my-namePrefix` added here'],
    ['namePrefix: namePrefixes', 'prefix `namePrefixes` added here'],
    ['namePrefix:', 'prefix added here'],
    ['namePrefix', 'prefix added here'],
    ['nameSuffix', 'prefix added here'],
    ['- op: add', 'prefix added here'],
  ])('a prefix by %s: %s', (text, note) => {
    const [whole] = rootFromYaml(`x: |-\n  ${text}\n`).files;
    const start = whole?.text.indexOf(text) ?? -1;
    const at = whole && { file: whole, start, end: start + text.length };
    expect(at && historyOf({ at: placeOf('X').at, steps: [{ by: 'name prefix', at }] }, 'name')[0]?.note).toBe(note);
  });

  test('related places are joined, the first of a span counts', () => {
    const [one, x] = [placeOf("'one two one'").at, placeOf('X').at];
    const joined = joinRelated(
      [{ at: one, note: 'a' }],
      [
        { at: one, note: 'b' },
        { at: x, note: 'c' },
      ],
    );
    expect(joined.map(({ note }) => note)).toEqual(['a', 'c']);
  });

  test('the first, the last, and what set the value', () => {
    const [one, three, x] = [placeOf("'one two one'").at, placeOf('three').at, placeOf('X').at];
    const place: Place = {
      at: x,
      steps: [
        { by: 'written', at: one },
        { by: 'replacement', at: three },
        { by: 'value', at: x },
        { by: 'name reference', at: x },
      ],
    };
    expect(firstWritten(place)).toBe(one);
    expect(firstWritten({ at: x, steps: [] })).toBe(x);
    expect(lastStep(place, 'replacement')?.at).toBe(three);
    expect(lastStep(place, 'image')).toBeUndefined();
    expect(lastSetter(place)?.by).toBe('replacement');
  });

  test.each([
    ['myapp-migration-TAG', 'myapp-migration-v2', true],
    ['myapp:TAG', 'registry/myapp:v2', true],
    ['registry/myapp', 'registry/x', true],
    ['a@b', 'a@c', true],
    ['myapp-TAG', 'v2', false],
    ['myapp', 'myapp', false],
    ['-x', 'a-b', true],
  ])('of %s, %s keeps the head: %s', (written, value, expected) => expect(keepsHead(written, value)).toBe(expected));

  test.each([
    ["'one two one'", 'one two one'],
    ['three', 'three'],
    ['X', 'X'],
    ["'one", "'one"],
    ["dev 'x'", "dev 'x'"],
    ["'x' dev", "'x' dev"],
  ])('%s is written %s', (text, expected) => {
    const file = new SourceFile('/tree/a.yaml', text);
    expect(writtenText({ file, start: 0, end: text.length })).toBe(expected);
  });
});
