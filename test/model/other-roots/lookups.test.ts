import { describe, expect, test } from 'vitest';
import { Lookups } from '../../../src/model/other-roots/lookups.ts';

describe('lookups', () => {
  test.each([
    ['the same', ['a', 'b'], true],
    ['one more', ['a', 'b', 'c'], false],
    ['one less', ['a'], false],
    ['another', ['a', 'c'], false],
    ['another order', ['b', 'a'], false],
    ['nothing', [], false],
  ])('an answer that is %s', (_, now, expected) => {
    let there: readonly string[] = ['a', 'b'];
    const lookups = new Lookups();
    expect(lookups.lookUp('all', () => there)).toEqual(['a', 'b']);
    there = now;
    expect(lookups.isSame()).toBe(expected);
  });

  test('of several questions each counts', () => {
    const there = new Map([
      ['one', [1]],
      ['two', [2]],
    ]);
    const lookups = new Lookups();
    for (const question of there.keys()) lookups.lookUp(question, () => there.get(question) ?? []);
    expect(lookups.isSame()).toBe(true);
    there.set('one', [3]);
    expect(lookups.isSame()).toBe(false);
    expect(new Lookups().isSame()).toBe(true);
  });
});
