import { describe, expect, test } from 'vitest';
import { haveSameSource } from '../../../src/model/images/image-source.ts';

describe('image-source', () => {
  test.each([
    ['shop:v1', 'shop:v2', true],
    ['registry/shop', 'registry/shop-migration', true],
    ['registry/migration', 'registry/migration', true],
    ['shop/migration', 'web/migration', false],
    ['registry/shop-migrate', 'registry/shop', true],
    ['registry/shop', 'registry/shop/migration', true],
    ['registry/shop/migration', 'registry/shop', true],
    ['registry/shop', 'other/shop', false],
    ['registry/shop', 'other/shop-migration', false],
    ['registry/shop', 'registry/web-migration', false],
    ['registry/migration', 'registry/migrator', false],
    ['shop', 'shop-migration', true],
    ['', '', false],
    ['', 'shop', false],
    ['shop', '', false],
  ])('%s and %s: %s', (a, b, expected) => expect(haveSameSource(a, b)).toBe(expected));
});
