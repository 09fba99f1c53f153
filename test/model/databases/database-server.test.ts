import { describe, expect, test } from 'vitest';
import { isDatabase, servesDatabase } from '../../../src/model/databases/database-server.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** `database`, `beside it` or `neither`, of a Deployment with these containers. */
function judge(...containers: readonly string[]): string {
  const { workloads } = modelFromYaml(
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [${containers.map((fields, index) => `{name: c${index}, ${fields}}`).join(', ')}]}}}\n`,
  );
  const workload = firstOf(workloads);
  if (isDatabase(workload)) return servesDatabase(workload) ? 'database' : 'a database that serves none';
  return servesDatabase(workload) ? 'beside it' : 'neither';
}

describe('database-server', () => {
  test.each([
    ['database', 'image: "postgres:16"'],
    ['database', 'image: registry.example.com/team/postgresql'],
    ['database', 'image: mysql/mysql-server'],
    ['database', 'image: timescale/timescaledb-ha'],
    ['database', 'image: percona-xtradb-cluster'],
    ['database', 'image: mcr.microsoft.com/mssql/server'],
    ['database', 'image: mcr.microsoft.com/mssql/rhel/server'],
    ['database', 'image: bitnamilegacy/postgresql-repmgr'],
    ['database', 'image: gvenzl/oracle-free'],
    ['database', 'image: mongo'],
    ['neither', 'image: team/server'],
    ['neither', 'image: team/mssql/api'],
    ['beside it', 'image: "redis:7"'],
    ['beside it', 'image: edoburu/pgbouncer'],
    ['beside it', 'image: dpage/pgadmin4'],
    ['beside it', 'image: prom/mysqld-exporter'],
    ['neither', 'image: shop'],
    ['neither', 'image: team/shop-postgres'],
    ['neither', 'image: team/postgres-shop'],
    ['neither', 'image: team/redis-shop'],
  ])('%s by its image: %s', (expected, fields) => expect(judge(fields)).toBe(expected));

  test.each([
    ['database', 'image: base, args: [postgres, -c, max_connections=200]'],
    ['database', 'image: base, command: [/usr/sbin/mysqld]'],
    ['database', 'image: base, command: [mongod], args: [--auth]'],
    ['neither', 'image: base, args: [-c, postgres]'],
    ['neither', 'image: base, command: [postgres_exporter]'],
    ['neither', 'image: base, command: [wait-for-postgres]'],
  ])('%s by its command: %s', (expected, fields) => expect(judge(fields)).toBe(expected));

  test.each([
    ['database', 'image: base, env: [{name: TZ, value: UTC}, {name: PGDATA, value: /data}]'],
    ['database', 'image: base, env: [{name: POSTGRES_INITDB_ARGS, value: x}]'],
    ['database', 'image: base, env: [{name: MONGO_INITDB_ROOT_USERNAME, value: x}]'],
    ['neither', 'image: base, env: [{name: POSTGRES_PASSWORD, value: x}]'],
    ['neither', 'image: base, env: [{name: OLD_PGDATA, value: x}]'],
  ])('%s by its variables: %s', (expected, fields) => expect(judge(fields)).toBe(expected));

  test.each([
    ['database', ['image: exporter', 'image: postgres']],
    ['beside it', ['image: redis', 'image: metrics']],
    ['neither', ['image: shop', 'image: proxy']],
  ])('%s by one of its containers', (expected, containers) => expect(judge(...containers)).toBe(expected));
});
