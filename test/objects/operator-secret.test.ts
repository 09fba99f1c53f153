import { describe, expect, test } from 'vitest';
import { readOperatorSecrets } from '../../src/objects/operator-secret.ts';
import { firstOf } from '../support/first-of.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

describe('operator-secret', () => {
  test.each<[apiVersion: string, kind: string, spec: string, expected: string[]]>([
    ['postgresql.cnpg.io/v1', 'Cluster', '{}', ['db-app']],
    ['postgresql.cnpg.io/v1', 'Cluster', '{bootstrap: {initdb: {database: shop}}}', ['db-app']],
    ['postgresql.cnpg.io/v1', 'Cluster', '{bootstrap: {initdb: {secret: {name: own}}}}', []],
    ['postgresql.cnpg.io/v1', 'Cluster', '{enableSuperuserAccess: false}', ['db-app']],
    ['postgresql.cnpg.io/v1', 'Cluster', '{enableSuperuserAccess: true}', ['db-app', 'db-superuser']],
    ['postgresql.cnpg.io/v1', 'Backup', '{}', []],
    ['cluster.x-k8s.io/v1', 'Cluster', '{}', []],
    [
      'acid.zalan.do/v1',
      'postgresql',
      '{users: {shop_owner_a: [], report: []}}',
      ['shop-owner-a.db.credentials.postgresql.acid.zalan.do', 'report.db.credentials.postgresql.acid.zalan.do'],
    ],
    ['acid.zalan.do/v1', 'postgresql', '{}', []],
    ['acid.zalan.do/v1', 'OperatorConfiguration', '{users: {shop: []}}', []],
    ['postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', '{}', ['db-pguser-db']],
    [
      'postgres-operator.crunchydata.com/v1beta1',
      'PostgresCluster',
      '{users: [{name: shop}, {name: report}]}',
      ['db-pguser-shop', 'db-pguser-report'],
    ],
    ['postgres-operator.crunchydata.com/v1beta1', 'PGAdmin', '{}', []],
    ['example.com/v1', 'postgresql', '{users: {shop: []}}', []],
  ])('%s %s %s', (apiVersion, kind, spec, expected) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: db, namespace: data}\nspec: ${spec}\n`;
    const secrets = readOperatorSecrets(firstOf(rootFromYaml(text).resources));
    expect(secrets.map(({ kind: made, name }) => `${made} ${name}`)).toEqual(expected.map((name) => `Secret ${name}`));
    for (const { object, allKeysKnown, keys } of secrets) {
      expect([object.namespace.value, allKeysKnown, keys.size]).toEqual(['data', false, 0]);
    }
    expect(secrets).toHaveLength(expected.length);
  });
});
