import { describe, expect, test } from 'vitest';
import { readQuantity } from '../../src/objects/quantity.ts';

describe('quantity', () => {
  test.each([
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1', -1],
    ['500m', 0.5],
    ['2k', 2000],
    ['1Ki', 1024],
    ['1.5Mi', 1.5 * 1024 ** 2],
    ['1M', 1e6],
    ['1Gi', 1024 ** 3],
    ['1G', 1e9],
    ['1T', 1e12],
    ['1Ei', 1024 ** 6],
    ['1E', 1e18],
    ['1e3', 1000],
    ['1E3', 1000],
    ['2e-3', 0.002],
  ])('%s', (text, amount) => {
    expect(readQuantity(text)).toBeCloseTo(amount, 9);
  });

  test.each(['', 'Mi', '1MB', '1 Mi', '1K', 'half', '1.2.3'])('no quantity: %s', (text) => {
    expect(readQuantity(text)).toBeUndefined();
  });
});
