import { describe, expect, test } from 'vitest';
import { findMisdirectedWait } from '../../../src/model/databases/misdirected-wait.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const postgres = 'apiVersion: v1\nkind: Service\nmetadata: {name: postgres, namespace: shop}';
const object = (kind: string, name: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}`;

/** The host that an init container with this command waits for in vain, with the field that holds it. */
function misdirected(command: string, { host = 'postgres', more = postgres } = {}): string | undefined {
  const model = modelFromYaml(`apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec: {template: {spec: {initContainers: [{name: wait, image: "postgres:16", command: [${command}]}], containers: [{name: main, image: shop, env: [{name: DB_HOST, value: ${host}}]}]}}}
---
${more}
`);
  const found = findMisdirectedWait(model, firstOf(model.workloads));
  return found && `${found.host} ${found.field.path.split('.').at(-1)} ${found.service.name.value}`;
}

const looped = (probe: string): string => `sh, -c, "until ${probe}; do sleep 2; done"`;

describe('misdirected-wait', () => {
  test.each([
    'pg_isready -h db',
    'pg_isready --host db -U shop',
    'pg_isready --host=db',
    'pg_isready -hdb',
    'psql -U shop -h db -c "select 1"',
    'mysqladmin ping -h db',
    'mariadb-admin ping --host=db',
    'mysql -h db -e "select 1"',
    'mariadb -h db',
    'nc -z db 5432',
    'nc -z -w 2 db 3306',
    'ncat db 1433',
    'netcat -vz db 27017',
  ])('%s', (probe) => {
    expect(misdirected(looped(probe.replaceAll('"', "'")))).toBe('db command[2] postgres');
  });

  test.each([
    ['the right host', 'pg_isready -h postgres'],
    ['the right host with its namespace', 'pg_isready -h postgres.shop'],
    ['another host with its domain', 'pg_isready -h db.example.com'],
    ['a variable', 'pg_isready -h $DB_HOST'],
    ['its own pod', 'pg_isready -h localhost'],
    ['no host', 'pg_isready -U shop'],
    ['an option that has the host in it', 'psql --options=-hdb'],
    ['an option that begins like that for the host', 'psql -hdb,db2'],
    ['a program that is called after a client', 'my-psql -h db'],
    ['a program that is called before a client', 'psql-wrapper -h db'],
    ['another port', 'nc -z db 6379'],
    ['a port of six digits', 'nc -z db 54321'],
    ['a program that ends in nc', 'sync db 5432'],
    ['a program that begins with nc', 'ncdu db 5432'],
  ])('nothing with %s', (_, probe) => {
    expect(misdirected(looped(probe))).toBeUndefined();
  });

  test('a command that is run once is no wait', () => {
    expect(misdirected('sh, -c, "pg_isready -h db"')).toBeUndefined();
    expect(misdirected('pg_isready, -h, db')).toBeUndefined();
  });

  test('of two waits, the one with another host', () => {
    const both = looped('pg_isready -h localhost').replace('done"', `done; until nc -z db 5432; do sleep 1; done"`);
    expect(misdirected(both)).toBe('db command[2] postgres');
  });

  test.each([
    ['another Service is there', object('Service', 'db'), undefined],
    ['the database of an operator is there', object('Cluster', 'db'), undefined],
    ['the host begins with the name of an object of an operator', object('Cluster', 'd'), undefined],
    ['an object of Kubernetes has the name', object('ConfigMap', 'db'), 'db command[2] postgres'],
    ['an object of a kind that begins or ends as one of Kubernetes', object('JobSet', 'db'), undefined],
    ['another object of Kubernetes has the name', object('Deployment', 'db'), 'db command[2] postgres'],
    ['a Service has a name that the host begins with', object('Service', 'd'), 'db command[2] postgres'],
    ['an object of an operator has another name', object('Cluster', 'other'), 'db command[2] postgres'],
    ['an object has no name', 'apiVersion: v1\nkind: List\nitems: []', 'db command[2] postgres'],
  ])('where %s', (_, more, expected) => {
    expect(misdirected(looped('pg_isready -h db'), { more: `${postgres}\n---\n${more}` })).toBe(expected);
  });

  test('nothing where the database is not in the tree', () => {
    expect(misdirected(looped('pg_isready -h db'), { host: 'db.example.com' })).toBeUndefined();
    expect(misdirected(looped('pg_isready -h db'), { host: 'db' })).toBeUndefined();
  });
});
