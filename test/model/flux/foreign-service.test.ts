import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../support/lint-files.ts';

const both = ['migration', 'web'];
const settings = 'envFrom: [{secretRef: {name: shop-database}}]';

const waitingForMigration = { dependsOn: ', dependsOn: [{name: migration}]' };

interface Written {
  readonly service?: string;
  readonly spec?: string;
  readonly namespace?: string;
  readonly dependsOn?: string;
  /** More of the pods, and more beside the service. */
  readonly pod?: string;
  readonly beside?: string;
}

const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1.4.0, namespace: shop}\nspec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'shop-migration:v1.4.0', command: [npx, prisma, migrate, deploy], ${settings}}]}}}\n`;
const waiter =
  "initContainers: [{name: wait, image: 'groundnuty/k8s-wait-for:v2.0', args: [job-wr, shop-migration-v1.4.0]}], ";
const worker = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: worker, namespace: shop}\nspec: {template: {spec: {${waiter}containers: [{name: worker, image: 'shop:v1.4.0', ${settings}}]}}}\n`;

/** The services that `wait-missing` reports, where Flux applies a migration and a service by themselves. */
async function reportedServices(
  written: Written,
  clusters: readonly (readonly [folder: string, parts: readonly string[]])[] = [['', both]],
): Promise<string[]> {
  const {
    service = settings,
    spec = 'replicas: 2',
    namespace = 'shop',
    dependsOn = '',
    pod = '',
    beside = '',
  } = written;
  const flux = (name: string, more: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ./${name}, interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}${more}}\n`;
  const files: Record<string, string> = {
    '.git/HEAD': '',
    'migration/job.yaml': job,
    'web/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ${namespace}}\nspec: {${spec}, template: {spec: {${pod}containers: [{name: web, image: 'shop:v1.4.0', ${service}}]}}}\n${beside}`,
  };
  const texts = new Map([
    ['migration', flux('migration', ', wait: true')],
    ['web', flux('web', dependsOn)],
    ['dependent web', flux('web', waitingForMigration.dependsOn)],
  ]);
  for (const [folder, parts] of clusters) {
    files[`clusters${folder}/flux.yaml`] = parts.map((part) => texts.get(part)).join('---\n');
  }
  const { findings } = await lintFiles(files);
  return findings.filter(({ rule }) => rule === 'wait-missing').map(({ object }) => object?.name ?? '');
}

describe('foreign-service', () => {
  test.each([
    ['the same settings', {}, ['web']],
    ['a dependsOn', waitingForMigration, []],
    ['other settings', { service: 'envFrom: [{secretRef: {name: other-database}}]' }, []],
    ['no settings', { service: 'tty: true' }, []],
    ['another namespace', { namespace: 'other' }, []],
    ['a waiter', { pod: waiter }, []],
    [
      'a Job with the same settings',
      {
        beside: `---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: report, namespace: shop}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: 'shop:v1.4.0', command: [./report], ${settings}}]}}}\n`,
      },
      ['web'],
    ],
    ['no pods', { spec: 'replicas: 0' }, []],
    ['a waiter for something else', { pod: waiter.replace('shop-migration-v1.4.0', 'other') }, []],
    [
      'a waiter for its database',
      {
        pod: "initContainers: [{name: wait, image: 'postgres:16', command: [sh, -c, 'until pg_isready -h db; do sleep 1; done']}], ",
      },
      ['web'],
    ],
    [
      'a migration in its own pods',
      { pod: "initContainers: [{name: up, image: 'prisma:1', command: [npx, prisma, migrate, deploy]}], " },
      [],
    ],
    [
      'an init container that may check the schema',
      { pod: "initContainers: [{name: check, image: 'shop:v1.4.0'}], " },
      [],
    ],
    ['another service that waits', { beside: `---\n${worker}` }, ['web']],
    [
      'a migration of its own beside it',
      { beside: `---\n${job.replace('name: shop-migration', 'name: web-migration')}` },
      ['web'],
    ],
  ] as const)('%s', async (_, written, expected) => {
    expect(await reportedServices(written)).toEqual(expected);
  });

  test('of clusters with Kustomizations of the same names each has its own', async () => {
    const clusters = [
      ['/east', both],
      ['/west', both],
    ] as const;
    expect(await reportedServices({}, clusters)).toEqual(['web']);
    expect(await reportedServices(waitingForMigration, clusters)).toEqual([]);
    const oneMigrates = [
      ['/east', ['web']],
      ['/west', both],
    ] as const;
    expect(await reportedServices(waitingForMigration, oneMigrates)).toEqual([]);
    const oneIsHeldBack = [
      ['/east', ['web']],
      ['/west', ['migration', 'dependent web']],
    ] as const;
    expect(await reportedServices({}, oneIsHeldBack)).toEqual([]);
    expect(await reportedServices({}, [['/east', both], oneIsHeldBack[1]])).toEqual(['web']);
  });
});
