import { describe, expect, test } from 'vitest';
import { findDatabaseServices } from '../../../src/model/databases/database-service.ts';
import { findUnawaitedDatabase } from '../../../src/model/databases/unawaited-database.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import type { Job } from '../../../src/objects/workload.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const service = `apiVersion: v1
kind: Service
metadata: {name: postgres, namespace: data}
spec: {selector: {app: postgres}}
`;

function modelOf(
  host: string,
  initContainers = '[]',
  namespace = 'data',
  annotations = '{}',
): { model: RootModel; job: Job } {
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration, namespace: ${namespace}, annotations: ${annotations}}
spec:
  template:
    spec:
      initContainers: ${initContainers}
      containers: [{name: migrate, image: shop, command: [npx, prisma, migrate, deploy], env: [{name: DATABASE_URL, value: '${host}'}]}]
`;
  const model = modelFromYaml(`${service}---\n${job}`);
  const found = firstOf(model.jobs);
  return { model, job: found };
}

describe('database-service', () => {
  test.each([
    ['postgres', 'data', true],
    ['postgres', 'shop', false],
    ['postgres.data', 'shop', true],
    ['postgres.data.svc', 'shop', true],
    ['postgres.data.svc.cluster.local', 'shop', true],
    ['postgres.other.svc', 'data', false],
    ['postgres-0.postgres', 'data', true],
    ['postgres-0.postgres.data.svc.cluster.local', 'shop', true],
    ['postgres-10.postgres', 'data', true],
    ['postgres-0.postgres.other', 'data', false],
    ['replica.postgres', 'data', false],
    ['postgres-0.mysql', 'data', false],
    ['db.example.com', 'data', false],
  ])('%s, asked for in namespace %s', (host, namespace, isHere) => {
    const { model, job } = modelOf(`postgres://${host}:5432/shop`, '[]', namespace);
    expect(findDatabaseServices(model, job).map(({ name }) => name.value)).toEqual(isHere ? ['postgres'] : []);
  });
});

describe('unawaited-database', () => {
  test.each([
    ['nothing waits', '[]', true],
    ['a loop', "[{name: a, image: b, command: [sh, -c, 'until pg_isready -h postgres; do sleep 1; done']}]", false],
    [
      'a loop that counts',
      "[{name: a, image: b, args: ['for i in 1 2 3; do nc -z postgres 5432 && exit; done']}]",
      false,
    ],
    ['one look', '[{name: wait-for-postgres, image: postgres, command: [pg_isready, -h, postgres]}]', true],
    ['a program that waits', '[{name: a, image: b, command: [wait-for-it.sh, "postgres:5432"]}]', false],
    ['a list of waiting people', '[{name: waitlist, image: b, command: [cp, -r, /waitlist, /work]}]', true],
    ['a container that says so', '[{name: wait-for-postgres, image: b, command: [/check]}]', false],
    ['a container of which nothing is known', '[{name: a, image: b}]', false],
    ['a container that migrates, by its name', '[{name: migrate, image: b}]', true],
    ['a container that migrates, by its image', '[{name: a, image: shop-migrations}]', true],
    ['a container that does something else', '[{name: a, image: b, command: [cp, -r, /migrations, /work]}]', true],
  ])('%s', (_, initContainers, isUnawaited) => {
    const { model, job } = modelOf('postgres://postgres:5432/shop', initContainers);
    expect(findUnawaitedDatabase(model, job)?.object.name.value).toBe(isUnawaited ? 'postgres' : undefined);
  });

  test.each([
    ['{argocd.argoproj.io/hook: PreSync}', { isCertain: true, isLater: true }],
    ['{argocd.argoproj.io/sync-wave: "-1"}', { isCertain: true, isLater: true }],
    ['{argocd.argoproj.io/sync-wave: "1"}', undefined],
    ['{argocd.argoproj.io/hook: Sync}', { isCertain: true, isLater: false }],
  ])('of a Job with %s', (annotations, found) => {
    const { model, job } = modelOf('postgres://postgres:5432/shop', '[]', 'data', annotations);
    const database = findUnawaitedDatabase(model, job);
    if (found === undefined) expect(database).toBeUndefined();
    else expect(database).toMatchObject(found);
  });
});
