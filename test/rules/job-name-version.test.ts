import { describe, expect, test } from 'vitest';
import type { Applier } from '../../src/model/appliers/applier.ts';
import { jobNameVersion } from '../../src/rules/job-name-version.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

interface Written {
  readonly name?: string;
  readonly image?: string;
  /** More fields of the Job's `spec`. */
  readonly spec?: string;
  readonly annotations?: string;
  /** What an init container of the service waits for. */
  readonly waitsFor?: string;
  readonly applier?: Applier;
}

interface Reported {
  readonly severity: string;
  readonly message: string;
  readonly hint: string;
  readonly related: readonly string[];
}

function judge({ name = 'shop-migration', image = 'v2', spec = '', annotations = '', waitsFor, applier }: Written) {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: "${name}", labels: {app: shop}, annotations: {${annotations}}}\nspec: {${spec}template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop-migration:${image}", command: [npx, prisma, migrate, deploy]}]}}}`;
  const wait =
    waitsFor === undefined
      ? ''
      : `initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${waitsFor}]}], `;
  const service = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {${wait}containers: [{name: shop, image: "shop:${image}"}]}}}`;
  const reported: Reported[] = [];
  jobNameVersion.check(
    modelFromYaml([job, service].join('\n---\n'), applier ? { applier } : {}),
    ({ severity = 'error', message, hint = '', related }) =>
      reported.push({ severity, message, hint, related: related.map(({ note }) => note) }),
  );
  return reported;
}

const ttl = (seconds: number): string => `ttlSecondsAfterFinished: ${seconds}, `;
const force = 'kustomize.toolkit.fluxcd.io/force: enabled';

describe('job-name-version: what a release meets', () => {
  const oldSchema = "new pods find the last release's finished Job and start on the old schema";
  const refused = 'a release that changes its pod template, which is immutable, is refused';

  test.each<[string, Written, string[]]>([
    [
      'a Job that stays',
      {},
      [`error: ${refused} while the last release's Job exists, and one that does not change it runs no migration`],
    ],
    [
      'a Job that stays, waited for',
      { waitsFor: 'shop-migration' },
      [`error: ${oldSchema}, and ${refused} while that Job exists`],
    ],
    [
      'a Job that is removed',
      { spec: ttl(600) },
      [
        'warning: within 600 seconds of the last migration (`ttlSecondsAfterFinished`), a release that changes its pod template, which is immutable, is refused, and one that does not change it runs no migration',
      ],
    ],
    [
      'a Job that is removed, waited for',
      { spec: ttl(600), waitsFor: 'shop-migration' },
      [
        `error: ${oldSchema.replace('pods', 'pods that start within 600 seconds of the last migration (`ttlSecondsAfterFinished`)')}, and ${refused} until its \`ttlSecondsAfterFinished\` is over`,
      ],
    ],
    ['a Job that is gone within a minute', { spec: ttl(59) }, []],
    ['a Job that is gone after a minute', { spec: ttl(60) }, [expect.stringMatching(/^warning: within 60 seconds/)]],
    [
      'a Job that is gone within a minute, waited for',
      { spec: ttl(59), waitsFor: 'shop-migration' },
      [expect.stringMatching(/^warning: .*within 59 seconds/)],
    ],
    ['a Job that Flux recreates', { annotations: force }, []],
    [
      'a Job that Flux recreates, waited for',
      { annotations: force, waitsFor: 'shop-migration' },
      [`error: ${oldSchema}`],
    ],
    ['a Job under Argo CD', { applier: 'argocd' }, []],
    ['a Job under Flux', { applier: 'flux' }, []],
    [
      'a Job under Argo CD, waited for',
      { applier: 'argocd', waitsFor: 'shop-migration' },
      [expect.stringMatching(/^error: /)],
    ],
    ['a Job with the version', { name: 'shop-migration-v2' }, []],
  ])('%s', (_, written, expected) => {
    const reported = judge(written).map(
      ({ severity, message }) => `${severity}: ${message.replace(/^.*in its name: |\.$/g, '')}`,
    );
    expect(reported).toEqual(expected);
  });
});

describe('job-name-version: what to do', () => {
  const deletion = '; or delete the Job before each apply (`kubectl delete job shop-migration --ignore-not-found`)';

  test.each<[string, Written, string]>([
    [
      'nobody waits for it, of unknown appliers',
      {},
      `${deletion}, or let Flux recreate it (\`kustomize.toolkit.fluxcd.io/force: Enabled\`)`,
    ],
    ['nobody waits for it, by kubectl', { applier: 'kubectl' }, deletion],
    ['somebody waits for it', { waitsFor: 'shop-migration' }, ''],
  ])('where %s', (_, written, otherWay) => {
    expect(judge(written).map(({ hint }) => hint)).toEqual([
      `Let the name end in the version, such as \`shop-migration-v2\`, written together with the image tags${otherWay}.`,
    ]);
  });

  test.each([
    ['shop-migration', 'v2', 'shop-migration-v2'],
    ['shop-migration', 'v2_rc+1', 'shop-migration-v2-rc-1'],
    ['shop-migration', 'latest', 'shop-migration-TAG'],
    ['shop-migration-TAG', 'v2', 'shop-migration-v2'],
    ['shop-migration.VERSION', 'v2', 'shop-migration-v2'],
    ['shop-migration-TAG-of-all', 'v2', 'shop-migration-TAG-of-all-v2'],
    ['shop-migration-v1.3.0', 'v1.4.0', 'shop-migration-v1.4.0'],
  ])('%s with the tag %s: such as %s', (name, image, example) => {
    const [reported] = judge({ name, image, applier: 'kubectl' });
    expect(reported && /such as `([^`]*)`/.exec(reported.hint)?.[1]).toBe(example);
  });

  test('a placeholder at its end is to be filled', () => {
    const [reported] = judge({ name: 'shop-migration-TAG', image: 'latest', waitsFor: 'shop-migration-TAG' });
    expect(reported?.hint).toBe('Write the version in place of `TAG`, together with the image tags.');
  });

  test('the waiter is shown', () => {
    expect(judge({ waitsFor: 'shop-migration' }).map(({ related }) => related)).toEqual([
      ['init container `wait` of Deployment `shop` waits for it by this name'],
    ]);
  });
});
