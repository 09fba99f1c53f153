import { describe, expect, test } from 'vitest';
import {
  changesWithRelease,
  judgeJobName,
  releaseVersions,
  versionForName,
} from '../../../src/model/jobs/job-version.ts';
import type { Migration } from '../../../src/model/migrations/migration.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  readonly name?: string;
  readonly image?: string;
  /** Images of services that depend on the migration. */
  readonly services?: readonly string[];
  readonly other?: string;
}

function migrationOf({ name = 'shop-migration', image = 'registry/shop:v1.4.0', services = [], other = '' }: Written): {
  model: RootModel;
  migration: Migration;
} {
  const model = modelFromYaml(
    [
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: "${name}", labels: {app: shop}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "${image}", command: [npx, prisma, migrate, deploy]}]}}}`,
      ...services.map(
        (each, index) =>
          `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: service-${index}, labels: {app: shop}}\nspec: {template: {spec: {containers: [{name: main, image: "${each}"}]}}}`,
      ),
      other,
    ].join('\n---\n'),
  );
  const migration = firstOf(model.migrations);
  return { model, migration };
}

describe('job-version', () => {
  test.each([
    [{ name: 'shop-migration-v1.4.0' }, 'versioned'],
    [{ name: 'shop-migration-v1-4-0' }, 'versioned'],
    [{ name: 'shop-migration' }, 'fixed'],
    [{ name: 'shop-migration-TAG' }, 'fixed'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    [{ name: 'shop-migration-${TAG}' }, 'versioned'],
    [{ name: 'shop-migration-v1.3.0' }, 'stale: 1.3.0 and not v1.4.0'],
    [{ name: 'shop-migration-1-3-0' }, 'stale: 1-3-0 and not v1.4.0'],
    [{ name: 'shop-migration-v1.3' }, 'versioned'],
    [{ name: 'shop-migration-v1.3.0', image: 'registry/shop' }, 'versioned'],
    [{ name: 'shop-migration-v7', image: 'registry/shop:v8' }, 'versioned'],
    [{ name: 'shop-migration-v1.3.0', services: ['registry/web:v2.0.0'] }, 'versioned'],
    [{ name: 'shop-migration-v2.0.0', services: ['registry/web:v2.0.0'] }, 'versioned'],
    [{ name: 'shop-migration-v1.3.0', services: ['registry/web:v1.4.0'] }, 'stale: 1.3.0 and not v1.4.0'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    [{ name: 'shop-migration-v1.3.0', services: ['registry/web:${TAG}'] }, 'stale: 1.3.0 and not v1.4.0'],
    [{ name: 'shop-migration-20240131' }, 'versioned'],
    [{ name: 'shop-v2-migration' }, 'fixed'],
    [{ name: 'shop-v2-migration', image: 'registry/shop:v2' }, 'versioned'],
    [{ name: 'shop-v2-migration', image: 'registry/shop' }, 'versioned'],
    [{ name: 'v2-migration' }, 'fixed'],
    [{ name: 'shop-v12-db-migration' }, 'fixed'],
    [{ name: 'shop-migration-1.4.0' }, 'versioned'],
    [{ name: 'shop-migration-1.3.0' }, 'stale: 1.3.0 and not v1.4.0'],
  ])('%j: %s', (written, expected) => {
    const { model, migration } = migrationOf(written);
    const found = judgeJobName(model, migration);
    const judged =
      found.kind === 'stale' ? `stale: ${found.carries.replace(/^v/, '')} and not ${found.released}` : found.kind;
    expect(judged).toBe(expected);
  });

  test('the versions of all that hangs together, each once', () => {
    const { model, migration } = migrationOf({
      services: ['registry/web:v2', 'registry/api:v1.4.0', 'registry/x:latest', 'registry/y'],
    });
    expect(releaseVersions(model, migration)).toEqual(['v1.4.0', 'v2']);
  });

  test.each([
    [{ image: 'registry/shop:v1' }, true],
    [{ image: 'postgres:16' }, false],
    [{ image: 'migrate/migrate:v4' }, false],
    [{ image: 'flyway/flyway:10' }, false],
  ])('%j changes with the release: %s', (written, expected) => {
    const { model, migration } = migrationOf(written);
    expect(changesWithRelease(model, migration)).toBe(expected);
  });
});

describe('job-version: a name that a kustomization changes', () => {
  /** How the name of a Job is judged with a ConfigMap that holds a version. */
  function judge(
    kustomization: string,
    { value = 'v1.4.0', image = 'shop:v1.4.0', name = 'shop-migration-TAG' } = {},
  ): string {
    const root = buildTree({
      'kustomization.yaml': `resources: [all.yaml]\n${kustomization}`,
      'all.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: release}\ndata: {TAG: "${value}"}\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "${image}", command: [npx, prisma, migrate, deploy]}]}}}\n`,
    });
    const model = firstOf(modelRoots([root], { dialect: '5.8' }));
    return judgeJobName(model, firstOf(model.migrations)).kind;
  }
  const replaced =
    'replacements: [{source: {kind: ConfigMap, name: release, fieldPath: data.TAG}, targets: [{select: {kind: Job}, fieldPaths: [metadata.name], options: {delimiter: "-", index: 2}}]}]\n';

  test.each<[string, string, Parameters<typeof judge>[1], string]>([
    ['the version of the image', replaced, {}, 'versioned'],
    ['a word, where images have a version', replaced, { value: 'production' }, 'fixed'],
    ['a word, where images have none', replaced, { value: 'production', image: 'shop:latest' }, 'versioned'],
    ['a number', replaced, { value: 'build7' }, 'versioned'],
    ['a version of an API', replaced, { value: 'v2' }, 'versioned'],
    ['a suffix', 'nameSuffix: -production\n', { name: 'shop-migration' }, 'fixed'],
    ['nothing', '', {}, 'fixed'],
  ])('%s', (_, kustomization, written, expected) => {
    expect(judge(kustomization, written)).toBe(expected);
  });
});

describe('job-version: the version for a name', () => {
  test.each<[string, Written, string | undefined]>([
    ['that of the migration', {}, 'v1.4.0'],
    ['that of its own image before that of a service', { services: ['registry/shop:v2.0.0'] }, 'v1.4.0'],
    [
      'that of a service, if its own image moves',
      { image: 'registry/shop:latest', services: ['registry/shop:v2'] },
      'v2',
    ],
    [
      'that of a service, if its own image has a word',
      { image: 'registry/shop:main', services: ['registry/shop:v2'] },
      'v2',
    ],
    ['that of a service, if it runs tools', { image: 'postgres:16', services: ['registry/shop:v2'] }, 'v2'],
    ['none, if it runs tools for no service', { image: 'postgres:16' }, undefined],
    ['none, if nothing has one', { image: 'registry/shop:latest', services: ['registry/shop'] }, undefined],
    ['the tag before the digest', { image: `registry/shop:v3@sha256:${'0'.repeat(64)}` }, 'v3'],
    ['the digest', { image: `registry/shop@sha256:${'ab12'.repeat(16)}` }, 'ab12ab12ab12'],
  ])('is %s', (_, written, expected) => {
    const { model, migration } = migrationOf(written);
    expect(versionForName(model, migration)).toEqual(expected);
  });
});
