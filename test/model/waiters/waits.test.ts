import { describe, expect, test } from 'vitest';
import { databaseSourcesReader } from '../../../src/model/databases/database-sources.ts';
import { findUnawaited, indexWaits } from '../../../src/model/waiters/waits.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  /** The Jobs that the service's init containers wait for. */
  readonly waitsFor?: readonly string[];
  /** The Secret of the service's settings. */
  readonly secret?: string;
  /** What else the root has. */
  readonly more?: readonly string[];
}

function job(name: string, fields: string, pod = ''): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {${pod} containers: [{name: main, ${fields}}]}}}\n`;
}

const settings = (secret: string) => `env: [{name: DB_HOST, valueFrom: {secretKeyRef: {name: ${secret}, key: host}}}]`;
const prisma = 'command: [npx, prisma, migrate, deploy]';
const waitFor = (name: string) =>
  `{name: wait-${name}, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}]}`;
const smokeTest = job('smoke-test', 'image: curl, command: [curl, shop]');

/** The names of the migrations that a Deployment should wait for, beside the Job `migration` of Secret `db`. */
function unawaited({ waitsFor = ['smoke-test'], secret = 'db', more = [smokeTest] }: Written): (string | undefined)[] {
  const model = modelFromYaml(
    [
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [${waitsFor.map(waitFor).join(', ')}], containers: [{name: main, image: shop, ${settings(secret)}}]}}}\n`,
      job('migration', `image: shop, ${prisma}, ${settings('db')}`),
      ...more,
    ].join('---\n'),
  );
  const waits = indexWaits({ ...model, databaseSources: databaseSourcesReader(model.config) });
  const service = firstOf(model.workloads.filter(({ object }) => object.kind === 'Deployment'));
  return findUnawaited(service, waits).map((each) => each.job.object.name.value);
}

describe('waits: migrations that a service does not wait for', () => {
  test.each<[string, Written, string[]]>([
    ['it waits for a Job of another kind', {}, ['migration']],
    ['it waits for the migration', { waitsFor: ['migration'] }, []],
    ['it waits for both', { waitsFor: ['smoke-test', 'migration'] }, []],
    ['it waits for a Job that is not there, too', { waitsFor: ['smoke-test', 'absent'] }, []],
    ['it uses another database', { secret: 'other' }, []],
    [
      'it waits for a Job of the same database',
      { more: [job('smoke-test', `image: curl, command: [curl, shop], ${settings('db')}`)] },
      [],
    ],
    [
      'it waits for a Job that waits itself',
      { more: [job('smoke-test', 'image: curl, command: [curl]', `initContainers: [${waitFor('migration')}],`)] },
      [],
    ],
    [
      'it waits for a Job that only waits for a port',
      {
        more: [
          job(
            'smoke-test',
            'image: curl, command: [curl]',
            'initContainers: [{name: wait-for-port, image: busybox, command: [nc, shop]}],',
          ),
        ],
      },
      ['migration'],
    ],
    [
      'one of two Jobs that it waits for is of the same database',
      {
        waitsFor: ['smoke-test', 'seed'],
        more: [smokeTest, job('seed', `image: seed, command: [./seed], ${settings('db')}`)],
      },
      [],
    ],
    [
      'another migration of the database, by a program that is no known tool',
      { more: [smokeTest, job('other-migration', `image: other, command: [./migrate.sh], ${settings('db')}`)] },
      ['migration'],
    ],
    [
      'another migration of the database, by a known tool',
      { more: [smokeTest, job('other-migration', `image: other, ${prisma}, ${settings('db')}`)] },
      ['migration', 'other-migration'],
    ],
  ])('%s', (_, written, expected) => expect(unawaited(written)).toEqual(expected));
});
