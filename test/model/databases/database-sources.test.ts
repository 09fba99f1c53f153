import { describe, expect, test } from 'vitest';
import { databaseSourcesReader } from '../../../src/model/databases/database-sources.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const config = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {DB_HOST: db, DB_NAME: shop, DB_PORT: "5432", MODE: fast, DATABASE_URL: "postgres://db/shop"}
`;

/** The sources of a Deployment or Job whose container has these fields. */
function sourcesOf(container: string, kind: 'Deployment' | 'Job' = 'Deployment'): string[] {
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const model = modelFromYaml(
    `${config}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: shop}\nspec: {template: {spec: {containers: [{name: main, image: shop, ${container}}]}}}\n`,
  );
  return [...databaseSourcesReader(model.config)(firstOf(model.workloads))];
}

const literals = (values: Readonly<Record<string, string>>): string =>
  `env: [${Object.entries(values)
    .map(([name, value]) => `{name: ${name}, value: "${value}"}`)
    .join(', ')}]`;
const taken = (name: string, kind: 'secret' | 'configMap', object: string, key = name): string =>
  `{name: ${name}, valueFrom: {${kind}KeyRef: {name: ${object}, key: ${key}}}}`;
const shop = 'values for database `shop` on `db`';

describe('database-sources: objects', () => {
  test.each([
    ['a setting in a Secret', `env: [${taken('DB_HOST', 'secret', 'db')}]`, ['Secret `db`']],
    [
      'in two',
      `env: [${taken('DB_HOST', 'secret', 'db')}, ${taken('DB_USER', 'secret', 'user')}]`,
      ['Secret `db`', 'Secret `user`'],
    ],
    ['a port, which may be that of any database', `env: [${taken('DB_PORT', 'secret', 'db')}]`, []],
    ['another variable', `env: [${taken('TOKEN', 'secret', 'app')}]`, []],
    ['all of a Secret that the tree lacks', 'envFrom: [{secretRef: {name: db}}]', ['Secret `db`']],
    ['all of a ConfigMap that the tree lacks', 'envFrom: [{configMapRef: {name: db}}]', []],
    ['none, as its own settings say', `envFrom: [{secretRef: {name: db}}], env: [{name: DB_BACKEND, value: none}]`, []],
    ['all of a Secret without a name', 'envFrom: [{secretRef: {}}]', []],
    ['a setting in a ConfigMap', `env: [${taken('DB_HOST', 'configMap', 'settings')}]`, ['ConfigMap `settings`']],
  ])('%s', (_, container, expected) => expect(sourcesOf(container)).toEqual(expected));

  test.each([
    ['whatever is in a Secret', `env: [${taken('TOKEN', 'secret', 'app')}]`, ['Secret `app`']],
    ['nothing that is in a ConfigMap', `env: [${taken('MODE', 'configMap', 'settings')}]`, []],
    ['nothing that the manifest holds', literals({ TOKEN: 'x' }), []],
  ])('a Job: %s', (_, container, expected) => expect(sourcesOf(container, 'Job')).toEqual(expected));
});

describe('database-sources: addresses', () => {
  test.each([
    ['a URL', literals({ DATABASE_URL: 'postgres://db/shop' }), [shop]],
    ['a host and a name', literals({ DB_HOST: 'db', DB_NAME: 'shop' }), [shop]],
    ['a host alone', literals({ DB_HOST: 'db' }), []],
    ['a name alone', literals({ DB_NAME: 'shop' }), []],
    ['the own computer', literals({ DATABASE_URL: 'postgres://localhost/shop' }), []],
    ['its address', literals({ DATABASE_URL: 'postgres://127.0.0.1/shop' }), []],
    ['a socket', literals({ DB_HOST: '/var/run/postgres', DB_NAME: 'shop' }), []],
    [
      'a host that only begins so',
      literals({ DATABASE_URL: 'postgres://localhost.example.com/shop' }),
      ['values for database `shop` on `localhost.example.com`'],
    ],
    [
      'a host that only ends so',
      literals({ DATABASE_URL: 'postgres://my-localhost/shop' }),
      ['values for database `shop` on `my-localhost`'],
    ],
    ['a variable that Flux fills', literals({ DB_HOST: 'db', DB_NAME: 'shop_\u0024{ENV}' }), []],
    ['a ConfigMap', `env: [${taken('DATABASE_URL', 'configMap', 'settings')}]`, ['ConfigMap `settings`', shop]],
    [
      'half in the manifest',
      `env: [${taken('DB_HOST', 'configMap', 'settings')}, {name: DB_NAME, value: shop}]`,
      ['ConfigMap `settings`', shop],
    ],
  ])('%s', (_, container, expected) => expect(sourcesOf(container)).toEqual(expected));

  test('of which a Secret has a part', () => {
    const secret = `---\napiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {host: db}\n`;
    const model = modelFromYaml(
      `${config}${secret}---\napiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: main, image: shop, env: [${taken('DB_HOST', 'secret', 'db', 'host')}, {name: DB_NAME, value: shop}]}]}\n`,
    );
    expect([...databaseSourcesReader(model.config)(firstOf(model.workloads))]).toEqual(['Secret `db`']);
  });
});
