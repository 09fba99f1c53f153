import { describe, expect, test } from 'vitest';
import { findMigrationSetting } from '../../../src/model/migrations/migration-setting.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The setting of a pod with these containers. */
function settingOf(...containers: readonly string[]): string | undefined {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [${containers.map((fields, index) => `{name: c${index}, image: shop, ${fields}}`).join(', ')}]}\n`;
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: flags}\nstringData: {RUN_MIGRATIONS: "true"}\n';
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: flags}\ndata: {RUN_MIGRATIONS: "true"}\n';
  const model = modelFromYaml([pod, secret, config].join('---\n'));
  const found = findMigrationSetting(model, firstOf(model.workloads));
  return found && `${found.container.name.value}: ${found.variable.name}=${found.value}`;
}

const env = (name: string, value: string) => `env: [{name: OTHER, value: "true"}, {name: ${name}, value: "${value}"}]`;

describe('migration-setting', () => {
  test.each([
    'SPRING_FLYWAY_ENABLED',
    'SPRING_LIQUIBASE_ENABLED',
    'QUARKUS_FLYWAY_MIGRATE_AT_START',
    'RUN_MIGRATIONS',
    'RUN_MIGRATION',
    'APPLY_DB_MIGRATIONS',
    'AUTO_DATABASE_MIGRATIONS',
    'AUTO_MIGRATE',
    'AUTOMIGRATE',
    'APP_AUTO_MIGRATE',
    'MIGRATE_ON_START',
    'DB_MIGRATE_AT_STARTUP',
    'MIGRATE_ON_BOOT',
  ])('%s', (name) => expect(settingOf(env(name, 'true'))).toBe(`c0: ${name}=true`));

  test.each([
    'MY_SPRING_FLYWAY_ENABLED',
    'SPRING_FLYWAY_ENABLED_X',
    'SPRING_DATASOURCE_ENABLED',
    'RUN_MIGRATIONS_LATER',
    'DONTRUN_MIGRATIONS',
    'MIGRATIONS',
    'MIGRATE_TABLE',
  ])('not %s', (name) => expect(settingOf(env(name, 'true'))).toBeUndefined());

  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['yes', true],
    ['on', true],
    [' true ', true],
    ['false', false],
    ['0', false],
    ['', false],
    ['truely', false],
    ['untrue', false],
  ])('the value %j: %s', (value, expected) => {
    expect(settingOf(env('RUN_MIGRATIONS', value))).toBe(expected ? `c0: RUN_MIGRATIONS=${value}` : undefined);
  });

  test('in the second container, and from a ConfigMap', () => {
    expect(settingOf('tty: true', env('RUN_MIGRATIONS', '1'))).toBe('c1: RUN_MIGRATIONS=1');
    expect(settingOf('envFrom: [{configMapRef: {name: flags}}]')).toBe('c0: RUN_MIGRATIONS=true');
  });

  test('not without a value, or from a Secret', () => {
    expect(settingOf('env: [{name: RUN_MIGRATIONS}]')).toBeUndefined();
    expect(settingOf('envFrom: [{secretRef: {name: flags}}]')).toBeUndefined();
  });
});
