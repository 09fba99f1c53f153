import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const both = ['migration', 'web'];
const settings = 'envFrom: [{secretRef: {name: shop-database}}]';

interface Written {
  readonly service?: string;
  readonly spec?: string;
  readonly namespace?: string;
  readonly dependsOn?: string;
  /** More of the pods, and more beside the service. */
  readonly pod?: string;
  readonly beside?: string;
}

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
    'migration/job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1.4.0, namespace: shop}\nspec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'shop-migration:v1.4.0', command: [npx, prisma, migrate, deploy], ${settings}}]}}}\n`,
    'web/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ${namespace}}\nspec: {${spec}, template: {spec: {${pod}containers: [{name: web, image: 'shop:v1.4.0', ${service}}]}}}\n${beside}`,
  };
  const texts = new Map([
    ['migration', flux('migration', ', wait: true')],
    ['web', flux('web', dependsOn)],
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
    ['a dependsOn', { dependsOn: ', dependsOn: [{name: migration}]' }, []],
    ['other settings', { service: 'envFrom: [{secretRef: {name: other-database}}]' }, []],
    ['no settings', { service: 'tty: true' }, []],
    ['another namespace', { namespace: 'other' }, []],
    [
      'a waiter',
      {
        pod: "initContainers: [{name: wait, image: 'groundnuty/k8s-wait-for:v2.0', args: [job-wr, shop-migration-v1.4.0]}], ",
      },
      [],
    ],
    [
      'a Job with the same settings',
      {
        beside: `---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: report, namespace: shop}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: 'shop:v1.4.0', command: [./report], ${settings}}]}}}\n`,
      },
      ['web'],
    ],
    ['no pods', { spec: 'replicas: 0' }, []],
  ] as const)('%s', async (_, written, expected) => {
    expect(await reportedServices(written)).toEqual(expected);
  });

  test('of clusters with Kustomizations of the same names each has its own', async () => {
    const clusters = [
      ['/east', both],
      ['/west', both],
    ] as const;
    expect(await reportedServices({}, clusters)).toEqual(['web']);
    expect(await reportedServices({ dependsOn: ', dependsOn: [{name: migration}]' }, clusters)).toEqual([]);
    const oneMigrates = [
      ['/east', ['web']],
      ['/west', both],
    ] as const;
    expect(await reportedServices({ dependsOn: ', dependsOn: [{name: migration}]' }, oneMigrates)).toEqual([]);
  });
});
