import { describe, expect, test } from 'vitest';
import { locationOf, rangesTouch, sameRange } from '../../src/language-server/positions.ts';
import type { Range } from '../../src/language-server/protocol.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** A range from `line:character` to `line:character`. */
function range(from: string, to: string): Range {
  const [start, end] = [from, to].map((text) => {
    const [line = 0, character = 0] = text.split(':').map(Number);
    return { line, character };
  });
  if (start === undefined || end === undefined) throw new Error('a range has two ends');
  return { start, end };
}

describe('positions', () => {
  test.each([
    ['2:4', '2:8', true],
    ['2:0', '2:4', true],
    ['2:8', '2:9', true],
    ['2:6', '2:6', true],
    ['1:0', '9:0', true],
    ['1:0', '2:5', true],
    ['2:0', '2:3', false],
    ['2:9', '2:9', false],
    ['1:5', '1:6', false],
    ['3:5', '3:6', false],
  ])('a range from %s to %s touches one in line 2: %s', (from, to, expected) => {
    const other = range('2:4', '2:8');
    expect(rangesTouch(range(from, to), other)).toBe(expected);
    expect(rangesTouch(other, range(from, to))).toBe(expected);
  });

  test.each([
    ['2:4', '3:8', true],
    ['1:4', '3:8', false],
    ['2:5', '3:8', false],
    ['2:4', '4:8', false],
    ['2:4', '3:9', false],
  ])('a range from %s to %s is that from 2:4 to 3:8: %s', (from, to, expected) => {
    expect(sameRange(range(from, to), range('2:4', '3:8'))).toBe(expected);
  });

  test('lines and characters count from 0', () => {
    const file = new SourceFile('/C:/w/a.yaml', 'a: é\nbc: 1\n');
    expect(locationOf({ file, start: 9, end: 10 }, (path) => `file://${path}`)).toEqual({
      uri: 'file:///C:/w/a.yaml',
      range: range('1:4', '1:5'),
    });
  });
});
