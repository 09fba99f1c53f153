import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findForeignWait } from '../../../src/model/waiters/foreign-wait.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  /** The init containers of the service. */
  readonly init?: readonly string[];
  readonly spec?: string;
  /** The command of the root's own migration, its Secret and its annotations. */
  readonly command?: string;
  readonly secret?: string;
  readonly annotations?: string;
  /** The Jobs of the other root, and what else the own root has. */
  readonly elsewhere?: readonly string[];
  readonly more?: readonly string[];
  readonly applier?: 'argocd' | 'kubectl';
}

const settings = (secret: string) => `envFrom: [{secretRef: {name: ${secret}}}]`;
const waitFor = (name: string) =>
  `{name: wait-${name}, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}]}`;

function job(name: string, fields = '', { pod = '', namespace = 'shop', annotations = '' } = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, namespace: ${namespace}, annotations: {${annotations}}}\nspec: {template: {spec: {${pod} containers: [{name: main, image: job, ${fields}}]}}}\n`;
}

/** What a service of Secret `db` waits for in another root, and the migration that it should wait for. */
function foreignWait({
  init = [waitFor('cart-v1')],
  spec = '',
  command = '[npx, prisma, migrate, deploy]',
  secret = 'db',
  annotations = '',
  elsewhere = [job('cart-v1')],
  more = [],
  applier = 'kubectl',
}: Written): string | undefined {
  const own = [
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: shop}\nspec: {${spec} template: {spec: {initContainers: [${init.join(', ')}], containers: [{name: main, image: shop, ${settings('db')}}]}}}\n`,
    job('shop-v1', `command: ${command}, ${settings(secret)}`, { annotations }),
    ...more,
  ];
  const roots = [rootFromYaml(own.join('---\n'), '/w/shop'), rootFromYaml(elsewhere.join('---\n'), '/w/cart')];
  const model = firstOf(modelRoots(roots, { dialect: '5.8', applier }));
  const services = model.releases.flatMap((release) => release.services);
  const found = findForeignWait(
    model,
    firstOf(services.filter(({ workload }) => workload.object.name.value === 'shop')),
  );
  return (
    found && `${found.target.value} (${found.job.object.name.value}), not ${found.migration.job.object.name.value}`
  );
}

describe('foreign-wait', () => {
  test.each<[string, Written, string | undefined]>([
    ['a Job of another root', {}, 'cart-v1 (cart-v1), not shop-v1'],
    [
      'two of them',
      { init: [waitFor('seed-v1'), waitFor('cart-v1')], elsewhere: [job('cart-v1'), job('seed-v1')] },
      'seed-v1 (seed-v1), not shop-v1',
    ],
    ['one that is nowhere', { elsewhere: [job('other-v1')] }, undefined],
    ['one that is there and one that is nowhere', { init: [waitFor('cart-v1'), waitFor('absent-v1')] }, undefined],
    ['one of another namespace', { elsewhere: [job('cart-v1', '', { namespace: 'cart' })] }, undefined],
    ['the root’s own migration', { init: [waitFor('shop-v1')] }, undefined],
    ['one of another root and the own migration', { init: [waitFor('cart-v1'), waitFor('shop-v1')] }, undefined],
    [
      'a Job and something that is not known',
      { init: [waitFor('cart-v1'), '{name: wait-for-migration, image: own-waiter}'] },
      undefined,
    ],
    ['by labels', { init: [waitFor('-lapp=cart')] }, undefined],
    ['a Job of the same database', { elsewhere: [job('cart-v1', settings('db'))] }, undefined],
    [
      'a Job of this and another database',
      {
        elsewhere: [
          job(
            'cart-v1',
            `env: [{name: DB_HOST, valueFrom: {secretKeyRef: {name: db, key: host}}}, {name: B_DB_HOST, valueFrom: {secretKeyRef: {name: b, key: host}}}]`,
          ),
        ],
      },
      undefined,
    ],
    [
      'a Job that waits itself',
      { elsewhere: [job('cart-v1', '', { pod: `initContainers: [${waitFor('shop-v1')}],` })] },
      undefined,
    ],
    [
      'one of two waits itself',
      {
        init: [waitFor('seed-v1'), waitFor('cart-v1')],
        elsewhere: [job('cart-v1', '', { pod: `initContainers: [${waitFor('shop-v1')}],` }), job('seed-v1')],
      },
      undefined,
    ],
    ['no pods', { spec: 'replicas: 0,' }, undefined],
    [
      'a service that migrates itself',
      { init: [waitFor('cart-v1'), '{name: migrate, image: tool, command: [npx, prisma, migrate, deploy]}'] },
      undefined,
    ],
    ['a service that may check the schema', { init: [waitFor('cart-v1'), '{name: check, image: shop}'] }, undefined],
    [
      'an earlier wave with the migration',
      { applier: 'argocd', annotations: 'argocd.argoproj.io/sync-wave: "-1"' },
      undefined,
    ],
    ['the same wave', { applier: 'argocd' }, 'cart-v1 (cart-v1), not shop-v1'],
  ])('%s', (_, written, expected) => expect(foreignWait(written)).toBe(expected));
});
