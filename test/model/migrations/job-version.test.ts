import { describe, expect, test } from 'vitest';
import { changesWithRelease, judgeJobName, releaseVersions } from '../../../src/model/migrations/job-version.ts';
import type { Migration } from '../../../src/model/migrations/migration.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
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
