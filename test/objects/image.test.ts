// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { isPlaceholderImage, isUtilityImage, parseImage } from '../../src/objects/image.ts';
import { imageVersion } from '../../src/objects/version.ts';

describe('image: parts of a reference', () => {
  test.each([
    ['app', { repository: 'app', tag: undefined, digest: undefined }],
    ['app:v1', { repository: 'app', tag: 'v1', digest: undefined }],
    ['registry:5000/app', { repository: 'registry:5000/app', tag: undefined, digest: undefined }],
    ['registry:5000/app:v1@sha256:ab', { repository: 'registry:5000/app', tag: 'v1', digest: 'sha256:ab' }],
    ['app:${TAG:-v1}', { repository: 'app', tag: '${TAG:-v1}', digest: undefined }],
    ['${REPO:=a/b:c}/app', { repository: '${REPO:=a/b:c}/app', tag: undefined, digest: undefined }],
  ])('%s', (image, parts) => {
    expect(parseImage(image)).toEqual(parts);
  });

  test('tags that move are no version', () => {
    expect(imageVersion('app:latest')).toBeUndefined();
    expect(imageVersion('app')).toBeUndefined();
    expect(imageVersion('app:v1.2')).toBe('v1.2');
    expect(imageVersion('app@sha256:0123456789abcdef')).toBe('0123456789ab');
  });
});

describe('image', () => {
  test.each([
    ['REGISTRY/app:v1', true],
    ['registry/IMAGE_PLACEHOLDER', true],
    ['IMAGE-1:v1', true],
    ['<image>', true],
    ['registry/{{image}}', true],
    ['__IMAGE__', true],
    ['registry/App', false],
    ['registry/app_NAME', false],
    ['NAME_app/x', false],
    ['<account>.dkr.ecr.<region>.amazonaws.com/app', true],
    ['app-<name>', true],
    ['registry/app:TAG', false],
    ['registry/x_IMAGE_', false],
    ['_IMAGE_x/app', false],
    ['registry/your-org/app', true],
    ['your_company/app', true],
    ['my-org/app', true],
    ['my_company/app', true],
    ['mycompany/app', true],
    ['my-user/app', true],
    ['my-username/app', true],
    ['example/app', true],
    ['placeholder/app', true],
    ['changeme/app', true],
    ['change-me/app', true],
    ['registry/example', false],
    ['registry/placeholder:v1', false],
    ['examples/app', false],
    ['an-example/app', false],
    ['myorganisation/app', false],
    ['yours/app', false],
    ['', false],
  ])('%s is to be written over: %s', (image, expected) => expect(isPlaceholderImage(image)).toBe(expected));

  test.each([
    ['busybox', true],
    ['docker.io/library/postgres', true],
    ['mypostgres', false],
    ['postgres-migrations', false],
    ['registry/app', false],
  ])('%s holds tools: %s', (repository, expected) => expect(isUtilityImage(repository)).toBe(expected));
});
