import type { Applier } from '../../../src/config/config.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findDisorder } from '../../../src/model/order/disorder.ts';
import { deliveryByScript } from '../../support/delivery-by-script.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  readonly applier?: Applier;
  readonly objects: readonly string[];
  readonly script?: string;
  readonly order?: 'fifo';
  /** Whether the manifests are applied without kustomize. */
  readonly isPlain?: boolean;
}

/** What `findDisorder` finds for each migration of a root. */
function describeDisorder({ applier, objects, script, order, isPlain = false }: Written): string[] {
  const { kustomization, ...root } = rootFromYaml(objects.join('\n---\n'));
  const delivery = script === undefined ? undefined : deliveryByScript(script);
  const model = firstOf(
    modelRoots([{ ...root, kustomization: isPlain ? undefined : kustomization, order }], {
      dialect: '5.8',
      delivery: () => delivery,
      ...(applier && { applier }),
    }),
  );
  return model.migrations.map((migration) => {
    const found = findDisorder(model, migration);
    if (found === undefined) return 'nothing';
    const isUnheld = found.kind === 'listed late' && found.isUnheld;
    return `${found.kind}: ${found.service.workload.object.name.value}${isUnheld ? ', unheld' : ''}`;
  });
}

const wait = '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}';
const hook = (phases: string, name = 'argocd.argoproj.io/hook') => `, annotations: {${name}: "${phases}"}`;
const wave = (number: number) => `, annotations: {argocd.argoproj.io/sync-wave: "${number}"}`;

function job({ name = 'shop-migration-v1', metadata = '', spec = '' } = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}${metadata}}\nspec: {${spec}template: {spec: {restartPolicy: Never, containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}`;
}

function service({ name = 'shop', metadata = '', init = '', container = 'image: "shop:v1"' } = {}): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}${metadata}}\nspec: {template: {spec: {initContainers: [${init}], containers: [{name: main, ${container}}]}}}`;
}

const [late, waitsLate] = [
  [service(), job()],
  [service({ init: wait }), job()],
];
const hooked = (metadata: string) => [service(), job({ metadata })];

testCases<Written>(
  import.meta.dirname,
  'disorder',
  {
    'a Job before its service': { objects: [job(), service()] },
    'a Job after its service': { objects: late },
    'a Job after its service, which waits': { objects: waitsLate },
    'a Job after two services, of which one waits': {
      objects: [service({ name: 'worker', init: wait }), service(), job()],
    },
    'a Job after a service that migrates itself': {
      objects: [service({ container: 'image: "shop:v1", command: [npx, prisma, migrate, deploy]' }), job()],
    },
    'a Job after a database': {
      objects: [service({ container: 'image: "postgres:16"' }), job()],
    },
    'a Job after a database that waits': {
      objects: [service({ init: wait, container: 'image: "postgres:16"' }), job()],
    },
    'a Job after a service that may check the schema': {
      objects: [service({ init: '{name: check, image: "shop:v1", command: [./check]}' }), job()],
    },
    'a Job after a service that waits and may check the schema': {
      objects: [service({ init: `${wait}, {name: check, image: "shop:v1", command: [./check]}` }), job()],
    },
    'a Job after its service, without a kustomization': { objects: late, isPlain: true },
    'a script that waits for the Job': {
      objects: late,
      script: 'kubectl apply -f job.yaml\nkubectl wait job/x\nkubectl apply -k .',
    },
    'a script that does not wait': { objects: late, script: 'kubectl apply -k .' },
    'a suspended Job that a script resumes': {
      objects: [service(), job({ spec: 'suspend: true, ' })],
      script: 'kubectl patch job shop-migration-v1 -p \'{"spec":{"suspend":false}}\'',
    },
    'a suspended Job that nothing resumes': { objects: [service(), job({ spec: 'suspend: true, ' })] },
    'a Job that a script resumes although it is not suspended': {
      objects: late,
      script: 'kubectl patch job shop-migration-v1 -p \'{"spec":{"suspend":false}}\'',
    },
    'by kubectl, a Job before its service': { applier: 'kubectl', objects: [job(), service()] },
    'by kubectl, a Job before its service, in the order of the list': {
      applier: 'kubectl',
      objects: [job(), service()],
      order: 'fifo',
    },
    'by kubectl, a Job after its service': { applier: 'kubectl', objects: late },
    'by kubectl, a Job with a hook of Argo CD': { applier: 'kubectl', objects: hooked(hook('Skip')) },
    'by Flux, a Job before its service': { applier: 'flux', objects: [job(), service()] },
    'by Flux, a Job with a hook of Argo CD': { applier: 'flux', objects: hooked(hook('Skip')) },
    'by Flux, a Job in a later wave': { applier: 'flux', objects: hooked(wave(1)) },
    'by Argo CD, a Job before its service': { applier: 'argocd', objects: [job(), service()] },
    'by Argo CD, a Job after its service': { applier: 'argocd', objects: late },
    'by Argo CD, a Job after its service, which waits': { applier: 'argocd', objects: waitsLate },
    'by Argo CD, a Job in an earlier wave': { applier: 'argocd', objects: hooked(wave(-1)) },
    'by Argo CD, a Job in a later wave': { applier: 'argocd', objects: hooked(wave(1)) },
    'by Argo CD, a Job in a later wave than a service that waits': {
      applier: 'argocd',
      objects: [service({ init: wait }), job({ metadata: wave(1) })],
    },
    'a Job in a later wave, before its service, which a script hands to kubectl': {
      objects: [job({ metadata: wave(1) }), service()],
      script: 'kubectl apply -k .',
    },
    'a Job in a later wave, after its service, which a script hands to kubectl': {
      objects: hooked(wave(1)),
      script: 'kubectl apply -k .',
    },
    ...Object.fromEntries(
      [
        ['PreSync', 'a hook before the sync'],
        ['Sync', 'a hook of the sync'],
        ['PreSync, Sync', 'a hook before and in the sync'],
        ['PostSync', 'a hook after the sync'],
        ['Skip', 'a hook that is skipped'],
      ].map(([phases = '', title]) => [
        `by Argo CD, ${title}`,
        { applier: 'argocd' as const, objects: hooked(hook(phases)) },
      ]),
    ),
    ...Object.fromEntries(
      ['pre-upgrade', 'post-upgrade', 'test'].map((phases) => [
        `a hook of Helm: ${phases}`,
        { objects: hooked(hook(phases, 'helm.sh/hook')) },
      ]),
    ),
    ...Object.fromEntries(
      ['post', 'shop-migration-cleanup', 'contract.shop-migration', 'shop-poster-migration'].map((name) => [
        `a Job after the sync called ${name}`,
        { applier: 'argocd' as const, objects: [service(), job({ name, metadata: hook('PostSync') })] },
      ]),
    ),
  },
  describeDisorder,
);
