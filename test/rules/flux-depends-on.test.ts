// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const root = 'resources: [objects.yaml]\n';
const job =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}\n';
const workload = (kind: string, init = '') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: shop}\nspec: {template: {spec: {${init && `initContainers: [${init}], `}containers: [{name: shop, image: "shop:v1"}]}}}\n`;

/** A Flux Kustomization of a folder of the same name, and what it depends on. */
const flux = (name: string, more = '', namespace = 'flux-system', path = name) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  interval: 10m\n  path: ./${path}\n  prune: true\n  sourceRef: {kind: GitRepository, name: shop}\n${more}`;
const dependsOn = (name: string, namespace = '') =>
  `  dependsOn: [{name: ${name}${namespace && `, namespace: ${namespace}`}}]\n`;

/** What the rule says of a tree in which `service` depends on others. */
async function judge(kustomizations: readonly string[], service: string): Promise<string[]> {
  const files = {
    '/tree/flux/flux.yaml': kustomizations.join('---\n'),
    '/tree/migration/kustomization.yaml': root,
    '/tree/migration/objects.yaml': job,
    '/tree/service/kustomization.yaml': root,
    '/tree/service/objects.yaml': service,
  };
  const { findings } = await run(['.'], '/tree', {}, memoryFileSystem(files));
  return findings.filter(({ rule }) => rule === 'flux-depends-on').map(({ message, hint }) => `${message} ${hint}`);
}

const deployment = workload('Deployment');
const migration = flux('migration');

describe('flux-depends-on: a service that is not held', () => {
  const of = (service: string) => judge([migration, flux('service', dependsOn('migration'))], service);

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'])('a %s', async (kind) => {
    expect(await of(workload(kind))).toEqual([
      `Flux Kustomization \`flux-system/migration\` is ready as soon as Job \`shop-migration-v1\` is applied, not when it is done, because it neither waits nor checks that Job: ${kind} \`shop\`, which depends on it by \`dependsOn\` alone, starts beside the running migration. Add \`wait: true\` to Flux Kustomization \`migration\`.`,
    ]);
  });

  test('reported where another workload waits, and where an init container waits for something else', async () => {
    const server = '{name: wait, image: "postgres:16", command: [sh, -c, "until pg_isready -h db; do sleep 1; done"]}';
    const waiting = workload(
      'Deployment',
      '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}',
    );
    expect(await of(workload('Deployment', server))).toHaveLength(1);
    expect(await of(`${waiting}---\n${deployment.replace('name: shop', 'name: worker')}`)).toEqual([
      expect.stringContaining('Deployment `worker`, which depends on it'),
    ]);
    expect(await of(waiting)).toEqual([]);
  });

  test('nothing of what is no service', async () => {
    expect(await of('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n')).toEqual([]);
    expect(
      await of(
        job.replace('shop-migration-v1', 'shop-seed-v1').replace('npx, prisma, migrate, deploy', 'node, seed.js'),
      ),
    ).toEqual([]);
  });

  test('nothing where the other waits', async () => {
    const waits = flux('migration', '  wait: true\n');
    expect(await judge([waits, flux('service', dependsOn('migration'))], deployment)).toEqual([]);
  });
});

describe('flux-depends-on: a name that is not there', () => {
  const of = (name: string, other = migration, namespace = '') =>
    judge([other, flux('service', dependsOn(name, namespace))], deployment);

  test('is meant to be another', async () => {
    expect(await of('migrations')).toEqual([
      'Flux Kustomization `service` depends on `flux-system/migrations`, which is not in the given trees; did you mean `migration`? Without it nothing of this Kustomization is ever applied. Write `migration`.',
    ]);
  });

  test('a short one is meant to be another by one letter, a long one by more', async () => {
    expect(await of('db', flux('dc', '', 'flux-system', 'migration'))).toHaveLength(1);
    expect(await of('db', flux('xy', '', 'flux-system', 'migration'))).toEqual([]);
    expect(await of('database-migratoin', flux('database-migration', '', 'flux-system', 'migration'))).toHaveLength(1);
    expect(await of('other', migration)).toEqual([]);
  });

  test('one like its own is no slip', async () => {
    expect(await of('services', flux('unlike', '', 'flux-system', 'migration'))).toEqual([]);
  });

  test('one of another namespace', async () => {
    expect(await of('migration', flux('migration', '', 'databases'))).toEqual([
      'Flux Kustomization `service` depends on `flux-system/migration`, which is not in the given trees; `databases/migration` is in another namespace. Without it nothing of this Kustomization is ever applied. Add `namespace: databases`.',
    ]);
    expect(await of('migration', flux('migration', '  wait: true\n', 'databases'), 'databases')).toEqual([]);
  });
});

describe('flux-depends-on: a health check', () => {
  const check = (name: string, more = '', kind = 'Job') =>
    `  healthChecks: [{apiVersion: batch/v1, kind: ${kind}, name: ${name}, namespace: shop}]\n  targetNamespace: shop\n${more}`;
  const of = (checks: string, applied = job, ...others: readonly string[]) =>
    judge([flux('service', checks), ...others], applied);
  const named = (name: string) => job.replace('shop-migration-v1', name);
  const old = check('shop-migration-v0');

  test('of a Job that is applied under another name', async () => {
    expect(await of(old)).toEqual([
      'Flux Kustomization `service` checks the health of Job `shop-migration-v0`, which it does not apply; its Job is called `shop-migration-v1`: it waits for that check until its `timeout` and never becomes ready. Use `wait: true`, which checks every object that is applied, under whatever name.',
    ]);
    expect(await of(old, `${named('bank-migration-v1')}---\n${job}`)).toEqual([
      expect.stringContaining('its Job is called `bank-migration-v1`'),
    ]);
  });

  test.each([
    ['of the Job', check('shop-migration-v1'), job],
    ['of one of two Jobs', check('shop-migration-v1'), `${job}---\n${named('bank-migration-v1')}`],
    [
      'of a Job that does something else',
      check('report'),
      `${job}---\n${named('report').replace('npx, prisma, migrate, deploy', 'run')}`,
    ],
    ['of a Deployment', check('shop-migration-v0', '', 'Deployment'), job],
    ['beside `wait`', check('shop-migration-v0', '  wait: true\n'), job],
    ['with a variable in its name', check('"shop-migration-${TAG}"'), job],
    ['of a Job with a variable in its name', old, named('"shop-migration-${TAG}"')],
    ['in another namespace', old.replace('namespace: shop', 'namespace: bank'), job],
    ['of a folder without a migration', old, deployment],
    ['without a name', old.replace('name: shop-migration-v0, ', ''), job],
  ])('no finding for one %s', async (_, checks, applied) => {
    expect(await of(checks, applied)).toEqual([]);
  });

  test('of a Job that another Kustomization applies, or may apply', async () => {
    const current = check('shop-migration-v1');
    expect(await of(current, named('shop-migration-v2'), migration)).toEqual([]);
    expect(await of(current, named('shop-migration-v2'))).toHaveLength(1);
    expect(await of(check('shop-migration-v3'), named('shop-migration-v2'), migration)).toHaveLength(1);
  });

  test('of a folder that cannot be built completely', async () => {
    expect(await of(old, `${job}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {}\n`)).toEqual([]);
  });
});
