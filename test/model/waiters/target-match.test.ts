// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { modelRoots } from '../../../src/model/model-roots.ts';
import { waitsByName } from '../../../src/model/waiters/target-match.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** Arguments of k8s-wait-for, or the words of kubectl. */
  readonly args?: string;
  readonly kubectl?: string;
  /** The `metadata` of each Job. */
  readonly jobs: readonly string[];
  /** What the kustomization holds besides the resources. */
  readonly kustomization?: string;
}

const job = (metadata: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {${metadata}}\nspec: {template: {spec: {containers: [{name: main, image: x}]}}}\n`;
const pod = (waiter: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: shop}\nspec: {initContainers: [{name: wait, ${waiter}}], containers: [{name: main, image: x}]}\n`;

/** The Jobs that a waiter finds, or the one that is like what it looks for. */
function describeMatches({ args, kubectl, jobs, kustomization = '' }: Written): string[] {
  const waiter =
    kubectl === undefined
      ? `image: "groundnuty/k8s-wait-for:v2.0", args: ${args}`
      : `image: kubectl, command: [sh, -c, "kubectl wait --for=condition=complete ${kubectl}"]`;
  const root = buildTree({
    'kustomization.yaml': `resources: [pod.yaml, versions.yaml, ${jobs.map((_, index) => `job-${index}.yaml`).join(', ')}]\n${kustomization}`,
    'pod.yaml': pod(waiter),
    'versions.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: versions}\ndata: {tag: v2}\n',
    ...Object.fromEntries(jobs.map((metadata, index) => [`job-${index}.yaml`, job(metadata)])),
  });
  if (root.problems.length > 0) return root.problems.map(({ message }) => message);
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  const byName = model.jobs.filter((each) => waitsByName(model.matches, each).length > 0);
  return model.matches.map(({ exact, near }) => {
    const names = exact
      .map(({ object: { name, namespace } }) => [namespace.value, name.value].filter(Boolean).join('/'))
      .join(', ');
    const like = near && `${near.how} ${near.job.object.name.value}`;
    return `finds ${names || 'none'}; near is ${like}; by name ${byName.length}`;
  });
}

const versioned = (target: string): string =>
  `replacements:\n- source: {kind: ConfigMap, name: versions, fieldPath: data.tag}\n  targets:\n  - select: {kind: Pod}\n    fieldPaths: [spec.initContainers.0.args.1]\n${target}`;

testCases<Written>(
  import.meta.dirname,
  'target-match',
  {
    'the very name': { args: '[job, migrate]', jobs: ['name: seed', 'name: migrate'] },
    'the very name in another namespace': {
      args: '[job, migrate]',
      jobs: ['name: migrate, namespace: web'],
    },
    'the very name in several namespaces': {
      args: '[job, migrate]',
      jobs: ['name: migrate, namespace: web', 'name: migrate, namespace: shop'],
    },
    'the namespace that the waiter names': {
      args: '[job, migrate, -n, web]',
      jobs: ['name: migrate, namespace: web', 'name: migrate, namespace: shop'],
    },
    'all labels': {
      args: '[job, "-la=b,c=d"]',
      jobs: ['name: one, labels: {a: b}', 'name: two, labels: {a: b, c: d}', 'name: three'],
    },
    'labels that no Job has': { args: '[job, "-la=b"]', jobs: ['name: one, labels: {a: c}', 'name: two'] },
    'labels that only Flux knows': { args: '[job, "-la=${A}"]', jobs: ['name: one, labels: {a: b}'] },
    'the head of a name': { args: '[job, shop-migration]', jobs: ['name: seed', 'name: shop-migration-v2'] },
    'the head of a name, for kubectl': {
      kubectl: 'job/shop-migration',
      jobs: ['name: seed', 'name: shop-migration-2x'],
    },
    'the head of a name, of two letters': { args: '[job, db]', jobs: ['name: seed', 'name: db-setup-of-all'] },
    'the head of a word': { args: '[job, shop-migra]', jobs: ['name: seed', 'name: shop-migration-of-all'] },
    'another version': { args: '[job, shop-migration-v1]', jobs: ['name: seed', 'name: shop-migration-v2'] },
    'versions alone': { args: '[job, v1]', jobs: ['name: some-other-job', 'name: v2-of-the-schema'] },
    'a slip of two letters': { args: '[job, mirgate]', jobs: ['name: other', 'name: migrate'] },
    'a slip of three letters': { args: '[job, catalg]', jobs: ['name: other', 'name: dialog'] },
    'a slip of three letters in fifteen': {
      args: '[job, inventory-setup]',
      jobs: ['name: other', 'name: inventory-setxyz'],
    },
    'the only one': { args: '[job, something]', jobs: ['name: other'] },
    'none of two': { args: '[job, something]', jobs: ['name: other', 'name: else'] },
    'the name before a prefix': {
      args: '[job, migrate]',
      jobs: ['name: seed', 'name: migrate'],
      kustomization: 'namePrefix: dev-\n',
    },
    'the name before a suffix': {
      args: '[job, migrate]',
      jobs: ['name: seed', 'name: migrate'],
      kustomization: 'nameSuffix: -dev\n',
    },
    'the name without what was put around it, in another version': {
      args: '[job, shop-v1]',
      jobs: ['name: seed', 'name: shop-v2'],
      kustomization: 'namePrefix: a-\nnameSuffix: -z\n',
    },
    'the name as a replacement found it': {
      args: '[job, migrate-TAG]',
      jobs: ['name: seed', 'name: migrate-TAG'],
      kustomization: `namePrefix: x-\nreplacements:\n- source: {kind: ConfigMap, name: versions, fieldPath: data.tag}\n  targets:\n  - select: {kind: Job, name: migrate-TAG}\n    fieldPaths: [metadata.name]\n    options: {delimiter: '-', index: 1}\n`,
    },
    'an argument that a replacement took whole': {
      args: '[job, shop-migration-TAG]',
      jobs: ['name: other-v2', 'name: shop-migration-v2'],
      kustomization: versioned(''),
    },
    'an argument that a replacement took whole, like no Job': {
      args: '[job, something-TAG]',
      jobs: ['name: seed', 'name: migrate-v2'],
      kustomization: versioned(''),
    },
    'an argument that a replacement filled': {
      args: '[job, shop-migration-TAG]',
      jobs: ['name: other-v2', 'name: shop-migration-v2'],
      kustomization: versioned("    options: {delimiter: '-', index: 2}\n"),
    },
    'an argument that a replacement filled, like no Job': {
      args: '[job, something-TAG]',
      jobs: ['name: seed', 'name: migrate-v2'],
      kustomization: versioned("    options: {delimiter: '-', index: 1}\n"),
    },
  },
  describeMatches,
);
