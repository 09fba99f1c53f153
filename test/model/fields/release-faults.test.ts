import { describe, expect, test } from 'vitest';
import { findReleaseFaults } from '../../../src/model/fields/release-faults.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The faults that rules about fields report for some objects: the kind and the path of each. */
function faultsOf(...objects: readonly string[]): string[] {
  return findReleaseFaults(modelFromYaml(objects.join('\n---\n'))).map(
    ({ object, fault }) => `${object.kind} ${fault.view.path}`,
  );
}

/** A migration Job with these settings, in its spec, pod and container. */
function migration({ name = 'shop-migration', job = '', pod = 'restartPolicy: Never,', container = '' } = {}): string {
  const command = container.includes('command:') ? '' : 'command: [npx, prisma, migrate, deploy],';
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {${job} template: {spec: {${pod} containers: [{name: migrate, image: "shop:v1", ${command} ${container}}]}}}`;
}

/** Another Job. */
function job(container: string): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: report}\nspec: {backoffLimit: [1], template: {spec: {restartPolicy: Never, containers: [{name: report, image: "report:v1", ${container}}]}}}`;
}

/** The service, which waits for the migration, with these settings of its container. */
function service(container: string, labels = 'app: shop'): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {${labels}}}, spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration]}], containers: [{name: shop, image: "shop:v1", ${container}}]}}}`;
}

const web =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: [1], selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:v1"}]}}}';

/** A ConfigMap or Secret with these settings. */
function config(kind: string, name: string, fields: string): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${fields}`;
}

describe('release-faults', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['nothing without a migration', [web], []],
    ['what stands beside a migration', [migration(), web], ['Deployment spec.replicas']],
    [
      'what stands beside a migration with a generated name',
      [migration().replace('name: shop-migration', 'generateName: shop-migration-'), web],
      ['Deployment spec.replicas'],
    ],
    ['what stands beside a service that waits', [service(''), web], ['Deployment spec.replicas']],
    [
      'a Job whose command is a text, and nothing else',
      [job('command: node report.js'), web],
      ['Job spec.backoffLimit', 'Job spec.template.spec.containers[0].command'],
    ],
    ['no other Job with a command', [job('command: [node, report.js]'), web], []],
    ['no other Job without a command', [job('args: []'), web], []],
    [
      'a Job of which one command is a text',
      [job('command: [node, report.js]}, {name: seed, image: "report:v1", command: node seed.js'), web],
      ['Job spec.backoffLimit', 'Job spec.template.spec.containers[1].command'],
    ],
  ])('%s', (_, objects, found) => {
    expect(faultsOf(...objects)).toEqual(found);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'values of a migration Job that rules of their own judge',
      [migration({ name: 'Shop_Migration', job: 'backoffLimit: -1,', pod: 'restartPolicy: Sometimes,' })],
      [],
    ],
    [
      'but not those of another Job',
      [migration(), job('command: [a]').replace('name: report', 'name: The_Report').replace('[1]', '-1')],
      ['Job spec.backoffLimit', 'Job metadata.name'],
    ],
    [
      'values of another shape in the same fields are reported',
      [migration({ job: 'backoffLimit: [0],', pod: 'restartPolicy: [Never],' })],
      ['Job spec.backoffLimit', 'Job spec.template.spec.restartPolicy'],
    ],
    ['a command of the migration in one text', [migration({ container: 'command: npx prisma migrate deploy' })], []],
    [
      'but not the command of another container',
      [migration({ container: '}, {name: log, image: "log:v1", command: tail -f /log' })],
      ['Job spec.template.spec.containers[1].command'],
    ],
    [
      'numbers without quotes, and numbers in quotes',
      [migration({ job: 'parallelism: "1",', container: 'env: [{name: PORT, value: 80}]' })],
      [],
    ],
    [
      'also of what waits',
      [migration(), service('env: [{name: PORT, value: 80}], ports: [{containerPort: "80"}]', 'app: shop, part: 7')],
      [],
    ],
    [
      'but not of a workload that has nothing to do with it',
      [migration(), web.replace('[1]', '1').replace('image: "web:v1"', 'image: "web:v1", args: [80]')],
      ['Deployment spec.template.spec.containers[0].args[0]'],
    ],
    [
      'a ConfigMap that is missing',
      [
        migration({ container: 'envFrom: [{configMapRef: {name: shop_config}}]' }),
        config('ConfigMap', 'shop-config', 'data: {A: b}'),
      ],
      [],
    ],
    [
      'but not that of a workload that has nothing to do with it',
      [
        migration(),
        web.replace('[1]', '1').replace('image: "web:v1"', 'image: "web:v1", envFrom: [{configMapRef: {name: a_b}}]'),
      ],
      ['Deployment spec.template.spec.containers[0].envFrom[0].configMapRef.name'],
    ],
    [
      'the name of a ConfigMap of the tree, which is reported there',
      [
        migration({ container: 'envFrom: [{configMapRef: {name: Shop_Config}}]' }),
        config('ConfigMap', 'other', 'data: {A: b}'),
        config('ConfigMap', 'Shop_Config', 'data: {A: b}'),
      ],
      ['ConfigMap metadata.name'],
    ],
    [
      'numbers in a ConfigMap, and values of a Secret that are not base64',
      [
        migration(),
        config('ConfigMap', 'a', 'data: {A: 1}'),
        config('Secret', 'a', 'data: {A: "%"}\nstringData: {B: 2}'),
        config('Secret', 'b', 'data: {A: 7}'),
      ],
      [],
    ],
    [
      'but not a map in a ConfigMap',
      [migration(), config('ConfigMap', 'a', 'data: {A: {b: c}, B: 1}')],
      ['ConfigMap data.A'],
    ],
  ])('left to other rules: %s', (_, objects, found) => {
    expect(faultsOf(...objects)).toEqual(found);
  });

  test('of a Rollout only what its containers hold', () => {
    const rollout = (container: string) =>
      service(container).replace('apps/v1\nkind: Deployment', 'argoproj.io/v1alpha1\nkind: Rollout');
    expect(faultsOf(migration(), rollout('args: --serve, env: [{value: a}], imagePullPolicy: always'))).toEqual([
      'Rollout spec.template.spec.containers[0].args',
    ]);
  });

  test('nothing of an object that SOPS has encrypted', () => {
    const sealed = config('Secret', 'a', 'data: [a]\nsops: {mac: a}');
    expect(faultsOf(migration(), sealed)).toEqual([]);
    expect(faultsOf(migration(), sealed.replace('sops', 'immutable'))).toEqual(['Secret data', 'Secret immutable']);
  });
});
