import { describe, expect, test } from 'vitest';
import { judgeImageName } from '../../../src/model/images/image-name-fault.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('image-name-fault', () => {
  test.each<[string, string, string]>([
    ['ghcr.io/AcmeShop/app:v1', 'InvalidImageName', 'ghcr.io/acmeshop/app:v1'],
    ['ghcr.io/team/App', 'InvalidImageName', 'ghcr.io/team/app'],
    ['App:V1', 'InvalidImageName', 'app:V1'],
    ['localhost:5000/Team/app@sha256:ABC', 'InvalidImageName', 'localhost:5000/team/app@sha256:ABC'],
    ['AcmeShop/app:v1', 'ImagePullBackOff', 'acmeshop/app:v1'],
    ['AcmeShop/App:v1', 'InvalidImageName', 'acmeshop/app:v1'],
    ['https://ghcr.io/team/app:v1', 'InvalidImageName', 'ghcr.io/team/app:v1'],
    [`team/app:${digest}`, 'InvalidImageName', `team/app@${digest}`],
    [`team/app/${digest}`, 'ImagePullBackOff', `team/app@${digest}`],
  ])('%s', (image, state, meant) => {
    expect(judgeImageName(image)).toMatchObject({ state, meant });
  });

  test.each([
    '',
    'app',
    'app:V1.2-RC',
    'ghcr.io/team/app:v1',
    'Registry.example.com/team/app:v1',
    `ghcr.io/team/app@${digest}`,
    `ghcr.io/team/app:v1@${digest}`,
    `app:${digest.slice('sha256:'.length)}`,
    'ghcr.io/OWNER/app',
    'ghcr.io/REPLACE_ME/app',
    'ghcr.io/YourOrg/app',
    'IMAGE_PLACEHOLDER',
    `ghcr.io/\${Owner}/app`,
    'ghcr.io/<Owner>/app',
    '{{ .Values.Image }}',
    'ENC[AES256_GCM,data:Ab]',
  ])('not %j', (image) => {
    expect(judgeImageName(image)).toBeUndefined();
  });
});
