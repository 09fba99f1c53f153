import { describe, expect, test } from 'vitest';
import type { Applier } from '../../src/config/config.ts';
import { jobNameVersion } from '../../src/rules/job-name-version.ts';
import { lintRule } from '../support/lint-rule.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

interface Written {
  readonly name?: string;
  readonly image?: string;
  /** More fields of the Job's `spec`. */
  readonly spec?: string;
  readonly annotations?: string;
  /** Annotations of the service. */
  readonly service?: string;
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

function judge({
  name = 'shop-migration',
  image = 'v2',
  spec = '',
  annotations = '',
  service: ofService = '',
  waitsFor,
  applier,
}: Written) {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: "${name}", labels: {app: shop}, annotations: {${annotations}}}\nspec: {${spec}template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop-migration:${image}", command: [npx, prisma, migrate, deploy]}]}}}`;
  const wait =
    waitsFor === undefined
      ? ''
      : `initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${waitsFor}]}], `;
  const service = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, annotations: {${ofService}}}\nspec: {template: {spec: {${wait}containers: [{name: shop, image: "shop:${image}"}]}}}`;
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
    ['shop-migration.VERSION', 'v2', 'shop-migration.v2'],
    ['shop-migration-TAG-of-all', 'v2', 'shop-migration-v2-of-all'],
    ['shop-migration-v1.3.0', 'v1.4.0', 'shop-migration-v1.4.0'],
  ])('%s with the tag %s: %s', (name, image, example) => {
    const [reported] = judge({ name, image, applier: 'kubectl' });
    expect(reported && /(?:such as|as in) `([^`]*)`/.exec(reported.hint)?.[1]).toBe(example);
  });

  test('a placeholder at its end is to be filled', () => {
    const [reported] = judge({ name: 'shop-migration-TAG', image: 'latest', waitsFor: 'shop-migration-TAG' });
    expect(reported?.hint).toBe('Together with the image tags, write the version in place of `TAG`.');
  });

  test('the waiter is shown', () => {
    expect(judge({ waitsFor: 'shop-migration' }).map(({ related }) => related)).toEqual([
      ['init container `wait` of Deployment `shop` waits for it by this name'],
    ]);
  });
});

describe('job-name-version: a recreated Job that a service waits for', () => {
  const hook = 'argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation';
  const wave = (number: number) => `argocd.argoproj.io/sync-wave: "${number}"`;
  const kapp = 'kapp.k14s.io/update-strategy: fallback-on-replace, kapp.k14s.io/change-group: shop/migration';
  const follows = 'kapp.k14s.io/change-rule: upsert after upserting shop/migration';
  const forced = 'argocd.argoproj.io/sync-options: "Replace=true,Force=true"';

  test.each<[string, string, string, boolean]>([
    ['a hook of a wave before it', `${hook}, ${wave(-1)}`, '', false],
    ['a hook of a wave after it', `${hook}, ${wave(1)}`, '', false],
    ['a hook of its wave', hook, '', true],
    ['a hook of Helm before it', 'helm.sh/hook: pre-upgrade', '', false],
    ['one that is forced, of a wave before it', `${forced}, ${wave(-1)}`, '', false],
    ['one that is forced, of its wave', forced, '', true],
    ['one that is not recreated, of a wave before it', wave(-1), '', true],
    ['one of kapp that it follows', kapp, follows, false],
    ['one of kapp that it does not follow', kapp, '', true],
  ])('%s', (_, annotations, service, expected) => {
    const reported = judge({ annotations, service, waitsFor: 'shop-migration' });
    expect(reported.length).toBe(expected ? 1 : 0);
  });
});

describe('job-name-version: an old version in the name', () => {
  test.each([undefined, 'flux', 'argocd', 'kubectl'] as const)('is reported under %s', (applier) => {
    const [reported] = judge({ name: 'shop-migration-v1.3.0', image: 'v1.4.0', ...(applier && { applier }) });
    expect(reported?.message).toContain('v1.3.0');
  });

  /** Whether it is reported of a tree with this entry of `images`, that sets the version of the name. */
  async function isReported(entry: string): Promise<boolean> {
    const container = (image: string) => `containers: [{name: main, image: "${image}:v1.3.0"}]`;
    const reported = await lintRule('job-name-version', {
      'kustomization.yaml': `resources: [all.yaml]\nimages: [${entry}]\n`,
      'all.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1.4.0}\nspec: {template: {spec: {restartPolicy: Never, ${container('registry.example.com/shop')}}}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {${container('registry.example.com/shop')}}}}\n`,
    });
    return reported.length > 0;
  }

  test('is not, if an entry of `images` was meant to set the version of the name', async () => {
    expect(await isReported('{name: shop, newTag: v1.4.0}')).toBe(false);
    expect(await isReported('{name: other, newTag: v1.4.0}')).toBe(true);
    expect(await isReported('{name: registry.example.com/shop, newTag: v1.4.0}')).toBe(false);
  });
});

describe('job-name-version: mounted statements', () => {
  /** The messages about a Job that runs the statements of a ConfigMap with the image of a tool. */
  function judgeStatements({
    name = 'shop-migration',
    spec = '',
    annotations = '',
    key = 'up.sql',
    image = 'flyway/flyway:10',
  }) {
    const reported: string[] = [];
    const text = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, annotations: {${annotations}}}\nspec: {${spec}template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "${image}", command: [flyway, migrate], volumeMounts: [{name: sql, mountPath: /sql}]}], volumes: [{name: sql, configMap: {name: sql}}]}}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: sql}\ndata: {${key}: x}`;
    jobNameVersion.check(modelFromYaml(text), ({ message }) => reported.push(message));
    return reported;
  }

  test('no change of them changes the Job', () => {
    expect(judgeStatements({})).toEqual([expect.stringContaining('ConfigMap `sql`')]);
  });

  test.each<[string, Parameters<typeof judgeStatements>[0]]>([
    ['a version in the name', { name: 'shop-migration-v2' }],
    ['a Job that Kubernetes deletes', { spec: ttl(3600) }],
    ['a hook of Argo CD', { annotations: 'argocd.argoproj.io/hook: Sync' }],
    ['a hook of Helm', { annotations: 'helm.sh/hook: pre-upgrade' }],
    ['no statements', { key: 'settings.conf' }],
  ])('nothing about them with %s', (_, written) => {
    expect(judgeStatements(written).filter((message) => message.includes('ConfigMap `sql`'))).toEqual([]);
  });
});
