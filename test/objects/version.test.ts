// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import {
  carriesVersion,
  imageVersion,
  isMovingTag,
  isPlaceholderVersion,
  nameForm,
  nameStem,
  versionLikePart,
  versionOfTag,
  versionShape,
  withoutPurpose,
} from '../../src/objects/version.ts';

describe('version: in names', () => {
  test.each([
    ['shop-migration-v1.2286938253.0', 'v1.2286938253.0'],
    ['shop-migration-1-4-0', '1.4.0'],
    ['shop-migration-v1-4-0-rc1', 'v1.4.0-rc1'],
    ['shop-migration-a1b2c3d', 'a1b2c3d4e5f6'],
    ['shop-migration-build-77', 'build_77'],
  ])('%s carries %s', (name, version) => {
    expect(carriesVersion(name, version)).toBe(true);
  });

  test.each([
    ['shop-migration', 'v1.4.0'],
    ['shop-migration-v1.4.01', 'v1.4.0'],
    ['shop-migration-11.4.0', '1.4.0'],
  ])('%s does not carry %s', (name, version) => {
    expect(carriesVersion(name, version)).toBe(false);
  });

  test.each([
    ['shop-migration-v2', 'v2'],
    ['shop-migration-20240131', '20240131'],
    ['shop-migration-17', '17'],
    ['shop-migration-3f5a9c17d2e4', '3f5a9c17d2e4'],
    ['shop-migration-t8m2kc5fg9', 't8m2kc5fg9'],
    ['shop-migration', undefined],
    ['shop-migration-TAG', undefined],
    ['shop-migration-staging', undefined],
    ['defaced-migration', undefined],
  ])('%s', (name, part) => {
    expect(versionLikePart(name)).toBe(part);
  });

  test.each([
    ['shop-migration-v1.4.0', 'shop'],
    ['shop-api-db-migrate', 'shop-api'],
    ['shop', 'shop'],
    ['migrate', ''],
    ['shop-migration-${IMAGE_TAG}', 'shop'],
  ])('the stem of %s is %s', (name, stem) => {
    expect(nameStem(name)).toBe(stem);
  });
});

describe('version', () => {
  test.each(['latest', 'Main', 'master', 'prod', 'test', 'dev', 'prod-latest', 'v1.latest', 'latest-dev'])(
    '%s moves',
    (tag) => expect(isMovingTag(tag)).toBe(true),
  );
  test.each(['v1', 'latest-1', 'my-main', 'tested', ''])('%s does not move', (tag) =>
    expect(isMovingTag(tag)).toBe(false),
  );

  test.each([
    ['app@sha256:0123456789abcdef', '0123456789ab'],
    ['app@sha512:0123456789abcdef', 'sha512:01234'],
    ['app:v1@sha256:0123456789abcdef', '0123456789ab'],
    ['app:main', undefined],
    ['app:x', 'x'],
  ])('of %s is %s', (image, expected) => expect(imageVersion(image)).toBe(expected));

  test.each([
    ['V1.2_3', 'v1-2-3'],
    ['--a--', 'a'],
    ['.a+b.', 'a-b'],
  ])('%s in a name is %s', (version, expected) => expect(nameForm(version)).toBe(expected));

  test.each([
    ['shop-1-4-0', 'v1.4.0', true],
    ['shop-v1-4-0', '1.4.0', true],
    ['shop-x1-4-0', '1.4.0', false],
    ['shop-1-4-0-rc1', '1.4.0', true],
    ['shop-1-4-01', '1.4.0', false],
    ['1-4-0-shop', '1.4.0', true],
    ['v', 'v', true],
    ['shop', '', false],
    ['shop', '...', false],
    ['shop-a1b2c3d', 'a1b2c3d4e5', true],
    ['shop-a1b2c3', 'a1b2c3d4e5', false],
    ['shop-a1b2c3', 'a1b2c3', true],
    ['shop-version1', 'version1', true],
    ['shop-ersion1', 'version1', false],
    ['shop-12345670', '1234567', true],
    ['shop-x1234567', 'x-1234567', false],
  ])('%s carries %s: %s', (name, version, expected) => expect(carriesVersion(name, version)).toBe(expected));

  test.each([
    ['shop-1.4.0', '1.4.0'],
    ['shop-v1-4-0-rc.1', 'v1-4-0-rc.1'],
    ['shop-V2-final', 'V2-final'],
    ['shop-1.2.x', '1.2.x'],
    ['shop-1.2_x', '1.2'],
    ['shop-2024-x', '2024'],
    ['shop-202', '202'],
    ['shop-r202', 'r202'],
    ['shop-202-x', undefined],
    ['shop-abc1234-x', 'abc1234'],
    ['shop-abcdefa', undefined],
    ['shop-abc123', undefined],
    ['shop-m2g4h6k8t9', 'm2g4h6k8t9'],
    ['shop-m2g4h6k8t', undefined],
    ['shop-m2g4h6k8t9x', undefined],
    ['shop2024', undefined],
    ['shopv2', undefined],
    ['2024', '2024'],
    ['v2', 'v2'],
    ['shop.v2', 'v2'],
  ])('the part of %s that looks like one is %s', (name, expected) => expect(versionLikePart(name)).toBe(expected));

  test.each([
    ['V1.20.3', '0.0.0'],
    ['1-2', '0-0'],
    ['v1-rc2', '0-rc0'],
    ['vx1', 'vx0'],
  ])('the shape of %s is %s', (version, expected) => expect(versionShape(version)).toBe(expected));

  test.each([
    ['shop_db.migrate', 'shop'],
    ['Shop-Migration-v2', 'Shop'],
    ['shop--api', 'shop-api'],
    ['${NAME}-shop-${TAG}', 'shop'],
    ['run-shop-job-for-deploy', 'shop'],
  ])('the stem of %s is %s', (name, expected) => expect(nameStem(name)).toBe(expected));

  test.each([
    ['v1.4.0-migration', '1.4.0'],
    ['migrate_v1.4.0', '1.4.0'],
    ['v1.4.0-rc1', '1.4.0-rc1'],
    ['vnext', 'vnext'],
    ['Migration', ''],
  ])('%s without its purpose is %s', (tag, expected) => expect(withoutPurpose(tag)).toBe(expected));

  test.each([
    ['api-migrations-5abcab59-42', '5abcab59-42'],
    ['api-v1.4.0', '1.4.0'],
    ['v1.4.0', '1.4.0'],
    ['v1.4.0-rc1', '1.4.0-rc1'],
    ['blue-green', 'blue-green'],
  ])('the version of tag %s is %s', (tag, expected) => expect(versionOfTag(tag)).toBe(expected));

  test.each([
    ['REPLACE_WITH', true],
    ['TAG', true],
    ['000000000000', true],
    ['0', true],
    ['1111111111111111', true],
    ['v1.4.0', false],
    ['RC1', false],
    ['5abcab590000', false],
    ['0.0.0-unset', true],
    ['unset', true],
    ['0.0.0', false],
    ['1.2.0-unset', false],
  ])('%s is yet to be written: %s', (version, expected) => expect(isPlaceholderVersion(version)).toBe(expected));
});
