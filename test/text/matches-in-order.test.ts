import { expect, test } from 'vitest';
import { matchesInOrder } from '../../src/text/matches-in-order.ts';

test.each([
  ['rails server', true],
  ['rails -e production server', true],
  ['server rails', false],
  ['server rails server', true],
  ['rails', false],
  ['rails-server', true],
  ['', false],
])('matches-in-order: %j', (text, expected) => {
  expect(matchesInOrder(text, /rails\b/, /\bserver\b/)).toBe(expected);
});

test('matches-in-order: a match begins after the one before it', () => {
  expect(matchesInOrder('aa', /a/, /a/)).toBe(true);
  expect(matchesInOrder('a', /a/, /a/)).toBe(false);
});
