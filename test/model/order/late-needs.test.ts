import { describe, expect, test } from 'vitest';
import { findLateNeeds } from '../../../src/model/order/late-needs.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const hook = 'argocd.argoproj.io/hook: PreSync';

interface Written {
  /** Annotations of the Job, and of what it needs. */
  readonly job?: string;
  readonly needed?: string;
  readonly namespace?: string;
  readonly account?: string;
  readonly applier?: 'argocd' | 'flux' | 'kubectl';
}

/** What comes too late for a Job that needs a ConfigMap, an account and a database of the same build. */
function lateOf({ job = hook, needed = '', namespace = 'shop', account = 'migrator', applier }: Written): string[] {
  const metadata = (name: string, annotations: string, own = namespace): string =>
    `metadata: {name: ${name}, namespace: ${own}, annotations: {${annotations}}}`;
  const model = modelFromYaml(
    `apiVersion: v1
kind: ConfigMap
${metadata('settings', needed)}
data: {DB_HOST: postgres}
---
apiVersion: v1
kind: ServiceAccount
${metadata('migrator', needed)}
---
apiVersion: v1
kind: ServiceAccount
${metadata('default', needed)}
---
apiVersion: v1
kind: Service
${metadata('postgres', needed)}
---
apiVersion: batch/v1
kind: Job
${metadata('shop-migration', job, 'shop')}
spec: {template: {spec: {serviceAccountName: ${account}, containers: [{name: main, image: shop, envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: absent}}]}]}}}
`,
    applier === undefined ? {} : { applier },
  );
  return model.jobs.flatMap((each) =>
    findLateNeeds(model, each).map(
      ({ object, for: reason, hashed }) => `${object.kind} ${reason}${hashed ? ' hashed' : ''}`,
    ),
  );
}

const all = ['ConfigMap environment', 'ServiceAccount account', 'Service service'];
const wave = (number: number): string => `argocd.argoproj.io/sync-wave: "${number}"`;

describe('late-needs', () => {
  test.each([
    ['a hook before the sync', {}, all],
    ['the same, applied by Argo CD', { applier: 'argocd' }, all],
    ['the same, applied by Flux', { applier: 'flux' }, []],
    ['the same, applied by kubectl', { applier: 'kubectl' }, []],
    ['a hook of the sync', { job: 'argocd.argoproj.io/hook: Sync' }, []],
    ['a hook after the sync', { job: 'argocd.argoproj.io/hook: PostSync' }, []],
    ['a hook for failures', { job: 'argocd.argoproj.io/hook: SyncFail' }, []],
    ['hooks before the sync both', { needed: hook }, []],
    ['hooks before the sync both, in waves', { needed: `${hook}, ${wave(1)}` }, all],
    ['what is never applied', { needed: 'argocd.argoproj.io/hook: Skip' }, []],
    ['an earlier wave', { job: wave(-1), applier: 'argocd' }, all],
    ['the same wave', { job: wave(-1), needed: wave(-1), applier: 'argocd' }, []],
    ['a wave that is no number', { job: 'argocd.argoproj.io/sync-wave: first', applier: 'argocd' }, []],
    ["a hook of Helm's, for Argo CD", { job: 'helm.sh/hook: pre-install', applier: 'argocd' }, all],
    ["a hook of Helm's, for nobody knows whom", { job: 'helm.sh/hook: pre-install' }, []],
    ['marks for Flux beside', { job: `${hook}, kustomize.toolkit.fluxcd.io/force: Enabled` }, all],
    ['another namespace', { namespace: 'other' }, []],
    ['the account that is always there', { account: 'default' }, [all[0], all[2]]],
    ['an account that the build does not bring', { account: 'other' }, [all[0], all[2]]],
  ] as const)('%s', (_, written, expected) => {
    expect(lateOf(written)).toEqual(expected);
  });

  test.each([
    ['pg_isready -h postgres', ['Service service']],
    ['pg_isready -h "$DB_HOST"', ['Service service']],
    [`pg_isready -h \${DB_HOST} -p 5432`, ['Service service']],
    ['nc -z cache.shop.svc.cluster.local 6379', ['Service service']],
    ['pg_isready -h $UNKNOWN', []],
    ['pg_isready -h postgres.other', []],
    ['pg_isready', []],
    ['nc -z elsewhere 6379', []],
  ])('a hook that loops on %s', (command, expected) => {
    const model = modelFromYaml(`apiVersion: v1
kind: Service
metadata: {name: postgres, namespace: shop}
---
apiVersion: v1
kind: Service
metadata: {name: cache, namespace: shop}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration, namespace: shop, annotations: {${hook}}}
spec:
  template:
    spec:
      initContainers:
        - name: wait
          image: postgres
          command: [sh, -c, 'until ${command}; do sleep 2; done']
          env: [{name: DB_HOST, value: postgres}]
      containers: [{name: main, image: shop}]
`);
    expect(
      model.jobs.flatMap((job) => findLateNeeds(model, job)).map((need) => `${need.object.kind} ${need.for}`),
    ).toEqual(expected);
  });

  test.each([
    ['InfisicalSecret', 'managedSecretReference: {secretName: settings}'],
    ['VaultStaticSecret', 'destination: {name: settings}'],
    ['VaultDynamicSecret', 'destination: {name: settings}'],
    ['DopplerSecret', 'managedSecret: {name: settings}'],
    ['BitwardenSecret', 'secretName: settings'],
    ['OnePasswordItem', 'itemPath: a/b'],
  ])('the Secret of a %s comes with the sync', (kind, spec) => {
    const name = kind === 'OnePasswordItem' ? 'settings' : 'other';
    const model = modelFromYaml(`apiVersion: example.com/v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration, namespace: shop, annotations: {${hook}}}
spec: {template: {spec: {containers: [{name: main, image: shop, envFrom: [{secretRef: {name: settings}}]}]}}}
`);
    expect(model.jobs.flatMap((job) => findLateNeeds(model, job)).map(({ object }) => object.kind)).toEqual([kind]);
  });
});
