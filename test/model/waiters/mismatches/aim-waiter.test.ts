// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.

import { run } from '../../../../src/run.ts';
import { describeFindings } from '../../../support/describe-findings.ts';
import { memoryFileSystem } from '../../../support/memory-file-system.ts';
import { testCases } from '../../../support/test-cases.ts';

interface Written {
  /** The names in the files of the Jobs; others have a second file. */
  readonly jobs?: readonly string[];
  /** The waiter's fields; its arguments are `[job-wr, shop-migration-v1]` where nothing else is said. */
  readonly waiter?: string;
  /** What the kustomization has besides its resources. */
  readonly base?: string;
  /** An overlay's. */
  readonly overlay?: string;
  /** Of the Deployment and of the Jobs. */
  readonly namespaces?: readonly [service: string, job: string];
  readonly moreInit?: string;
}

const release = `apiVersion: v1
kind: ConfigMap
metadata: {name: release}
data: {TAG: v2}
`;

function filesOf({
  jobs = ['shop-migration-v2'],
  waiter,
  base = '',
  overlay,
  namespaces,
  moreInit = '',
}: Written): Record<string, string> {
  const [own, other] = namespaces ?? ['', ''];
  const inNamespace = (namespace: string): string => (namespace === '' ? '' : `, namespace: ${namespace}`);
  const files: Record<string, string> = {
    '/repo/.git/HEAD': '',
    '/repo/base/kustomization.yaml': `resources: [service.yaml, release.yaml, ${jobs.map((_, index) => `job${index}.yaml`).join(', ')}]\n${base}`,
    '/repo/base/release.yaml': release,
    '/repo/base/service.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop${inNamespace(own)}}
spec:
  template:
    spec:
      initContainers:
        - name: wait
          image: groundnuty/k8s-wait-for:v2.0
          ${waiter ?? 'args: [job-wr, shop-migration-v1]'}
        ${moreInit}
      containers: [{name: main, image: "shop:v2"}]
`,
    ...(overlay === undefined ? {} : { '/repo/overlay/kustomization.yaml': `resources: [../base]\n${overlay}` }),
  };
  for (const [index, name] of jobs.entries()) {
    files[`/repo/base/job${index}.yaml`] = `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}${inNamespace(other)}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v2", command: [npx, prisma, migrate, deploy]}]}}}
`;
  }
  return files;
}

const about = /^wait-(job-match|job-prefix|namespace)$/;

/** What is said of a waiter that finds no Job, where, and what would mend it. */
async function lintWaiter(written: Written): Promise<string[]> {
  const system = memoryFileSystem(filesOf(written));
  const { findings } = await run([written.overlay === undefined ? 'base' : 'overlay'], '/repo', {}, system);
  return describeFindings(findings.filter(({ rule }) => about.test(rule)));
}

const replacement = (...targets: readonly string[]): string =>
  `replacements: [{source: {kind: ConfigMap, name: release, fieldPath: data.TAG}, targets: [${targets.join(', ')}]}]`;
const part = (delimiter: string, index: number): string => `, options: {delimiter: "${delimiter}", index: ${index}}`;
const toJob = (name = 'shop-migration-TAG', options = part('-', 2)): string =>
  `{select: {kind: Job, name: ${name}}, fieldPaths: [metadata.name]${options}}`;
const toArgument = (options = part('-', 2), path = 'args.1'): string =>
  `{select: {kind: Deployment, name: shop}, fieldPaths: ["spec.template.spec.initContainers.0.${path}"]${options}}`;
const args = (name: string): string => `args: [job-wr, ${name}]`;
const kubectl = (words: string): string => `command: [kubectl, wait, --for=condition=complete, --timeout=5m, ${words}]`;

testCases<Written>(
  import.meta.dirname,
  'aim-waiter',
  {
    'another version': {},
    'the same name': { waiter: args('shop-migration-v2') },
    'a slip of the pen': { jobs: ['shop-migrate'], waiter: args('shp-migrate') },
    'a slip of the pen in a longer name': {
      jobs: ['inventory-service-schema'],
      waiter: args('inventary-servise-schama'),
    },
    'the beginning of a name': { waiter: args('shop-migration') },
    'the beginning of a name, in two letters': { jobs: ['db-setup-for-all'], waiter: args('db') },
    'the beginning of a name, for kubectl wait': { waiter: kubectl('job/shop-migration') },
    'a name like no other, and one Job': { jobs: ['initial-load'], waiter: args('shop-schema-and-more') },
    'a name like no other, and several Jobs': {
      jobs: ['initial-load', 'cleanup'],
      waiter: args('shop-schema-and-more'),
    },
    'no Job': { jobs: [] },
    'a symbolic name of the Job': { jobs: ['"shop-migration-${TAG}"'] },
    'another namespace': { namespaces: ['shop', 'db'], waiter: args('shop-migration-v2') },
    'another namespace that is asked for': {
      namespaces: ['shop', 'db'],
      waiter: 'args: [job-wr, shop-migration-v2, -n, web]',
    },
    'a namespace by the overlay': {
      waiter: 'args: [job-wr, shop-migration-v2, -n, web]',
      overlay: 'namespace: db',
    },
    'a prefix': { waiter: args('shop-migration-v2'), overlay: 'namePrefix: staging-' },
    'a prefix and a suffix': { waiter: args('shop-migration-v2'), overlay: 'namePrefix: staging-\nnameSuffix: "-eu"' },
    'a prefix twice': { waiter: args('shop-migration-v2'), base: 'namePrefix: a-', overlay: 'namePrefix: b-' },
    'a prefix, and the argument has one of two': {
      waiter: args('a-shop-migration-v2'),
      base: 'namePrefix: a-',
      overlay: 'namePrefix: b-',
    },
    'a prefix and another version': { overlay: 'namePrefix: staging-' },
    'a prefix and several Jobs': {
      jobs: ['shop-migration-v2', 'cleanup'],
      waiter: args('shop-migration-v2'),
      overlay: 'namePrefix: staging-',
    },
    'a prefix and a replaced name': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob(), toArgument()),
      overlay: 'namePrefix: staging-',
    },
    'a prefix and a replaced name, and several Jobs': {
      jobs: ['shop-migration-TAG', 'cleanup'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob(), toArgument()),
      overlay: 'namePrefix: staging-',
    },
    'a prefix, for kubectl wait': { waiter: kubectl('job/shop-migration-v2'), overlay: 'namePrefix: staging-' },
    'a prefix, for kubectl wait with the group': {
      waiter: kubectl('job.batch/shop-migration-v2'),
      overlay: 'namePrefix: staging-',
    },
    'a prefix, for a bare name': { waiter: kubectl('job, shop-migration-v2'), overlay: 'namePrefix: staging-' },
    'a prefix, in a script': {
      waiter: 'command: [sh, -c, "wait_for.sh job-wr shop-migration-v2"]',
      overlay: 'namePrefix: staging-',
    },
    'a prefix, beside a container with a longer name': {
      waiter: args('shop-migration-v2'),
      overlay: 'namePrefix: staging-',
      moreInit: '- {name: wait-for-db, image: busybox, command: ["true"]}',
    },
    'a prefix, beside a container without a name': {
      waiter: args('shop-migration-v2'),
      overlay: 'namePrefix: staging-',
      moreInit: '- {image: busybox, command: ["true"]}',
    },
    'only the Job is replaced': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob()),
    },
    'only the Job is replaced, and the argument says something else': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-v1'),
      base: replacement(toJob()),
    },
    'only the Job is replaced, whole': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob('shop-migration-TAG', '')),
    },
    'only the Job is replaced, for kubectl wait': {
      jobs: ['shop-migration-TAG'],
      waiter: kubectl('job/shop-migration-TAG'),
      base: replacement(toJob()),
    },
    'only the argument is replaced': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toArgument()),
    },
    'only the argument is replaced, and the Job is called otherwise': {
      jobs: ['shop-migration-v1'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toArgument()),
    },
    'only the argument is replaced, whole': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toArgument('')),
    },
    'the argument is replaced whole': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob(), toArgument('')),
    },
    'the argument is replaced whole, with the version in the middle': {
      jobs: ['shop-TAG-migration'],
      waiter: args('shop-TAG-migration'),
      base: replacement(toJob('shop-TAG-migration', part('-', 1)), toArgument('')),
    },
    'the argument is replaced whole, and says something else': {
      jobs: ['shop-migration-TAG'],
      waiter: args('migration-of-the-shop'),
      base: replacement(toJob(), toArgument('')),
    },
    'the argument is replaced at another part': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob(), toArgument(part('-', 1))),
    },
    'a target for the Job selects nothing': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob('shop-migration-tag'), toArgument()),
    },
    'a target for the argument selects nothing': {
      jobs: ['shop-migration-TAG'],
      waiter: args('shop-migration-TAG'),
      base: replacement(toJob(), toArgument().replace('name: shop}', 'name: web}')),
    },
    'a target for a Job selects nothing, and nothing is replaced': {
      base: replacement(toJob('shop-migration-TAG')),
    },
    'a target of any kind selects nothing': {
      base: replacement('{select: {name: nothing}, fieldPaths: [metadata.name]}'),
    },
    'a target for something else selects nothing': {
      base: replacement('{select: {kind: Service, name: nothing}, fieldPaths: [metadata.name]}'),
    },
  },
  lintWaiter,
);
