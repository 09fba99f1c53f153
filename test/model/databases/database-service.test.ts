// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import {
  findDatabaseNamespaces,
  findDatabaseServices,
  namesDatabase,
} from '../../../src/model/databases/database-service.ts';
import { jobOf } from '../../support/job-from-yaml.ts';

/** What is known about the databases of a Job with these hosts, in namespace `shop` beside some objects. */
function databasesOf(hosts: readonly string[]) {
  const object = (kind: string, name: string, namespace: string) =>
    `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
  const { model, job } = jobOf({
    containers: hosts
      .map((host, i) => `{name: main-${i}, image: shop, env: [{name: DB_HOST, value: "${host}"}]}`)
      .concat('{name: other, image: shop}')
      .join(', '),
    more: `${object('ConfigMap', 'postgres', 'shop')}${object('Service', 'postgres', 'shop')}${object('Service', 'postgres', 'data')}${object('Service', 'cache', 'shop')}`,
  });
  return {
    services: findDatabaseServices(model, job).map(({ name, namespace }) => `${name.value}.${namespace.value}`),
    namespaces: findDatabaseNamespaces(model, job),
    isNamed: namesDatabase(model, job),
  };
}

describe('database-service', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a Service of its namespace', ['postgres'], ['postgres.shop'], []],
    ['a Service of another namespace', ['postgres.data'], ['postgres.data'], []],
    ['a Service of another namespace, in full', ['postgres.data.svc'], ['postgres.data'], ['data']],
    ['with the domain of the cluster', ['postgres.data.svc.cluster.local'], ['postgres.data'], ['data']],
    ['a host outside the cluster', ['db.example.com'], [], []],
    ['a host that begins as if it were inside', ['db.svcs.example.com'], [], []],
    ['a variable', ['${HOST}.data.svc'], [], []],
    ['two Services', ['postgres.data.svc', 'cache.shop.svc'], ['postgres.data', 'cache.shop'], ['data', 'shop']],
    ['two hosts, of which one is outside', ['postgres.data.svc', 'db.example.com'], ['postgres.data'], []],
    ['a Service that is not in the tree', ['mysql.data.svc'], [], ['data']],
  ])('%s', (_, hosts, services, namespaces) => {
    const found = databasesOf(hosts);
    expect([...found.services].sort()).toEqual([...services].sort());
    expect([found.namespaces, found.isNamed]).toEqual([namespaces, true]);
  });

  test('no host at all', () => {
    expect(databasesOf([])).toEqual({ services: [], namespaces: [], isNamed: false });
  });
});
