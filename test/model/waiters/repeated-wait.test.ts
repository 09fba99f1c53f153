import { describe, expect, test } from 'vitest';
import { findRepeatedWait } from '../../../src/model/waiters/repeated-wait.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const database = 'envFrom: [{secretRef: {name: shop-database}}]';

const secret =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: shop-database}\nstringData: {DATABASE_URL: "postgres://db/shop"}';

/** A Job with the database settings, or others, and perhaps an init container. */
function job(name: string, settings = database, init = ''): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {${init} containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy], ${settings}}]}}}`;
}

/** An init container that waits for a Job. */
function waiter(name: string, ...args: readonly string[]): string {
  return `{name: ${name}, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${args.join(', ')}]}`;
}

/** Which waits of the service are for the same Job, and which Job is forgotten. */
function repeatedIn(jobs: readonly string[], ...waiters: readonly string[]): string[] {
  const service = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [${waiters.join(', ')}], containers: [{name: shop, image: "shop:v1", ${database}}]}}}`;
  const model = modelFromYaml([...jobs, secret, service].join('\n---\n'));
  return model.releases
    .flatMap(({ services }) => services)
    .flatMap((each) => findRepeatedWait(model, each) ?? [])
    .map(
      (found) =>
        `${found.first.waiter.container.name.value}, ${found.second.waiter.container.name.value}: ${found.name.value}, not ${found.job.object.name.value}`,
    );
}

const both = [job('shop-migration'), job('shop-seed')];

describe('repeated-wait', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    [
      'two waits for one of two Jobs',
      both,
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      ['wait-for-migration, wait-for-seed: shop-migration, not shop-seed'],
    ],
    [
      'the third wait',
      [...both, job('shop-index')],
      [
        waiter('wait-for-migration', 'shop-migration'),
        waiter('wait-for-seed', 'shop-seed'),
        waiter('wait-for-index', 'shop-seed'),
      ],
      ['wait-for-seed, wait-for-index: shop-seed, not shop-index'],
    ],
    [
      'each waits for its own',
      both,
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-seed')],
      [],
    ],
    ['one wait', both, [waiter('wait-for-seed', 'shop-migration')], []],
    [
      'one container that waits twice',
      both,
      [
        `{name: wait-for-seed, image: "kubectl:1.31", command: [sh, -c, "kubectl wait --for=condition=complete job/shop-migration && kubectl wait --for=condition=complete job/shop-migration"]}`,
        '{name: copy, image: "busybox:1.36", command: [cp, /a, /b]}',
      ],
      [],
    ],
    [
      'no other Job',
      [job('shop-migration')],
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      [],
    ],
    [
      'a Job of another name',
      [job('shop-migration'), job('shop-report')],
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      [],
    ],
    [
      'a Job of another database',
      [job('shop-migration'), job('shop-seed', 'env: [{name: DATABASE_URL, value: "postgres://db/stock"}]')],
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      [],
    ],
    [
      'a waiter that is named after no other Job',
      both,
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-shop', 'shop-migration')],
      [],
    ],
    [
      'a Job that the other one waits for',
      [job('shop-seed'), job('shop-migration', database, `initContainers: [${waiter('wait', 'shop-seed')}],`)],
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      [],
    ],
    [
      'a Job that a Job waits for that has nothing to do with it',
      [...both, job('report', '', `initContainers: [${waiter('wait', 'shop-seed')}],`)],
      [waiter('wait-for-migration', 'shop-migration'), waiter('wait-for-seed', 'shop-migration')],
      ['wait-for-migration, wait-for-seed: shop-migration, not shop-seed'],
    ],
    [
      'waits by labels',
      both.map((each) => each.replace(/metadata: \{name: (\S+)\}/, 'metadata: {name: $1, labels: {job: $1}}')),
      [waiter('wait-for-migration', '"-ljob=shop-migration"'), waiter('wait-for-seed', '"-ljob=shop-migration"')],
      [],
    ],
    [
      'waits for a Job that is not there',
      both,
      [waiter('wait-for-migration', 'shop-setup'), waiter('wait-for-seed', 'shop-setup')],
      [],
    ],
  ])('%s', (_, jobs, waiters, found) => {
    expect(repeatedIn(jobs, ...waiters)).toEqual(found);
  });
});
