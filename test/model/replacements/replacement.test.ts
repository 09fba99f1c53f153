// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { run } from '../../../src/run.ts';
import { describeFindings } from '../../support/describe-findings.ts';
import { memoryFileSystem } from '../../support/memory-file-system.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  readonly target: string;
  /** The name in the Job's file and its image. */
  readonly name?: string;
  readonly image?: string;
  readonly value?: string;
  readonly kustomize?: '5.7' | '5.8';
  readonly overlay?: string;
  readonly more?: string;
}

/** What the rules for replacements say of a target, where, and what would mend it. */
async function lintTarget({
  target,
  name = 'shop-migration-TAG',
  image = 'registry/shop:TAG',
  value = 'v1.4.0',
  kustomize = '5.8',
  overlay,
  more = '',
}: Written): Promise<string[]> {
  const files = {
    '/repo/.git/HEAD': '',
    '/repo/base/kustomization.yaml': `resources: [objects.yaml]
replacements:
  - source: {kind: ConfigMap, name: release, fieldPath: data.TAG}
    targets:
      - ${target}
`,
    '/repo/base/objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: release}
data: {TAG: "${value}"}
---
apiVersion: batch/v1
kind: Job
metadata: {name: "${name}"}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "${image}", command: [npx, prisma, migrate, deploy]}]}}}
${more}`,
    ...(overlay === undefined ? {} : { '/repo/overlay/kustomization.yaml': `resources: [../base]\n${overlay}` }),
  };
  const root = overlay === undefined ? 'base' : 'overlay';
  const { findings } = await run([root], '/repo', { kustomize }, memoryFileSystem(files));
  return describeFindings(findings.filter(({ rule }) => rule.startsWith('replacement-') || rule === 'build-error'));
}

const part = (delimiter: string, index: number): string => `, options: {delimiter: "${delimiter}", index: ${index}}`;
const toName = (options = '', name = 'shop-migration-TAG'): string =>
  `{select: {kind: Job, name: "${name}"}, fieldPaths: [metadata.name]${options}}`;
const toImage = (options = ''): string =>
  `{select: {kind: Job}, fieldPaths: [spec.template.spec.containers.0.image]${options}}`;
const service = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {containers: [{name: app, image: "registry/shop:TAG"}, {name: app-proxy, image: "registry/proxy:TAG"}]}}}
`;

testCases<Written>(
  import.meta.dirname,
  'segment-fault',
  {
    'the part of a name that is the version': { target: toName(part('-', 2)) },
    'another part of a name': { target: toName(part('-', 1)) },
    'a part behind the name': { target: toName(part('-', 3)) },
    'a part before the name': { target: toName(part('-', -1)) },
    'a whole name': { target: toName() },
    'a whole name without a version': { target: toName('', 'shop-migration'), name: 'shop-migration' },
    'a whole name of one word': { target: toName('', 'migration'), name: 'migration' },
    'a whole name that ends in a version': { target: toName('', 'shop-v1.3.0'), name: 'shop-v1.3.0' },
    'a whole name that is a version': { target: toName('', 'v1.3.0'), name: 'v1.3.0' },
    'a whole name of one letter': { target: toName('', 'x-v1.3.0'), name: 'x-v1.3.0' },
    'a whole name, by itself': { target: toName('', 'shop-v1'), name: 'shop-v1', value: 'shop-v1' },
    'a name without a version in it': { target: toName(part('-', 1), 'shop-migration'), name: 'shop-migration' },
    'a name with a version': { target: toName(part('-', 1), 'shop-v1.3.0'), name: 'shop-v1.3.0' },
    'a name with a version in parts': { target: toName(part('-', 1), 'shop-v1.3.0-rc1'), name: 'shop-v1.3.0-rc1' },
    'a name with a version in dots': { target: toName(part('.', 0), 'shop-v1.3.0'), name: 'shop-v1.3.0' },
    'the part before a version': { target: toName(part('-', 0), 'shop-v1.3.0'), name: 'shop-v1.3.0' },
    'a placeholder with a dot': { target: toName(part('.', 1), 'shop.TAG'), name: 'shop.TAG' },
    'a placeholder at the start': { target: toName(part('-', 1), 'TAG-migration'), name: 'TAG-migration' },
    'a placeholder in the middle': { target: toName(part('-', 0), 'shop-TAG-migration'), name: 'shop-TAG-migration' },
    'the placeholder in the middle': { target: toName(part('-', 1), 'shop-TAG-migration'), name: 'shop-TAG-migration' },
    'a word that begins with capitals': { target: toName(part('-', 0), 'shop-TAGged'), name: 'shop-TAGged' },
    'before a name with a version': { target: toName(part('-', -1), 'shop-v1.3.0'), name: 'shop-v1.3.0' },
    'the last part of a version': { target: toName(part('-', 2), 'shop-v1.3.0-rc1'), name: 'shop-v1.3.0-rc1' },
    'a part between two that are no version': {
      target: toName(part('-', 1), 'shop-db-migration'),
      name: 'shop-db-migration',
    },
    'a placeholder of several words': { target: toName(part('-', 0), 'shop-IMAGE_TAG'), name: 'shop-IMAGE_TAG' },
    'a value that is no version': { target: toName(part('-', 1)), value: 'staging' },
    'a value that is an image': { target: toImage(), value: 'registry/shop:v1.4.0' },
    'the tag of an image': { target: toImage(part(':', 1)) },
    'a whole image': { target: toImage() },
    'the repository of an image': { target: toImage(part(':', 0)) },
    'a port of an image': { target: toImage(part(':', 1)), image: 'registry:5000/shop:TAG' },
    'the tag behind a port': { target: toImage(part(':', 2)), image: 'registry:5000/shop:TAG' },
    'a tag behind an image without one': { target: toImage(part(':', 1)), image: 'registry/shop' },
    'a path of an image': { target: toImage(part('/', 1)) },
    'before an image': { target: toImage(part(':', -1)) },
    'the name of something else': {
      target: '{select: {kind: Deployment}, fieldPaths: [metadata.name]}',
      more: service,
    },
    'another field': { target: '{select: {kind: Job}, fieldPaths: [spec.template.spec.containers.0.name]}' },
    'a field that ends alike': {
      target: '{select: {kind: Job}, fieldPaths: [metadata.annotations.myimage], options: {create: true}}',
    },
  },
  lintTarget,
);

testCases<Written>(
  import.meta.dirname,
  'no-target',
  {
    'the name of the file': { target: toName(part('-', 2)) },
    'a slip': { target: toName(part('-', 2), 'shop-migartion-TAG') },
    'a long name with four slips': {
      target: toName(part('-', 2), 'inventory-xxxxion-TAG'),
      name: 'inventory-migration-TAG',
    },
    'a long name with five slips': {
      target: toName(part('-', 2), 'inventory-xxxxxon-TAG'),
      name: 'inventory-migration-TAG',
    },
    'another name altogether': { target: toName(part('-', 2), 'web') },
    'a pattern under 5.7': { target: toName(part('-', 2), 'shop-migration-.*'), kustomize: '5.7' },
    'a pattern under 5.8': { target: toName(part('-', 2), 'shop-migration-.*') },
    'a pattern that matches nothing under 5.7': { target: toName(part('-', 2), 'web-.*'), kustomize: '5.7' },
    'half a pattern under 5.7': { target: toName(part('-', 2), 'migration-.*'), kustomize: '5.7' },
    'no pattern under 5.7': { target: toName(part('-', 2), 'shop-migration-['), kustomize: '5.7' },
    'a variable under 5.7': {
      target: toName(part('-', 2), 'shop-migration-${TAG}'),
      name: 'shop-migration-${TAG}',
      kustomize: '5.7',
    },
    'a variable under 5.8': { target: toName(part('-', 2), 'shop-migration-${TAG}'), name: 'shop-migration-${TAG}' },
    'a plus under 5.8': { target: toName(part('-', 2), 'shop-migration-v1+2'), name: 'shop-migration-v1+2' },
    'a name with a prefix': {
      target: toName(part('-', 2)),
      overlay:
        'namePrefix: a-\nreplacements: [{source: {kind: ConfigMap, name: release, fieldPath: data.TAG}, targets: [{select: {kind: Job, name: b-shop-migration}, fieldPaths: [metadata.name]}]}]',
    },
    'a kind that is not there': { target: '{select: {kind: Deployment}, fieldPaths: [metadata.name]}' },
    'a kind that is not there, by name': {
      target: '{select: {kind: Deployment, name: web}, fieldPaths: [metadata.name]}',
    },
    'a name of another kind': {
      target: '{select: {kind: Deployment, name: shop-migration-TAG}, fieldPaths: [metadata.name]}',
    },
    'a slip, for any kind': { target: '{select: {name: shop-migartion-TAG}, fieldPaths: [metadata.name]}' },
    'another name, for any kind': { target: '{select: {name: web}, fieldPaths: [metadata.name]}' },
    'a namespace': { target: '{select: {namespace: web}, fieldPaths: [metadata.name]}' },
    'everything is rejected': { target: '{select: {kind: Job}, reject: [{kind: Job}], fieldPaths: [metadata.name]}' },
    'one of several of a kind': {
      target: '{select: {kind: Deployment, name: web}, fieldPaths: [metadata.name]}',
      more: `${service}${service.replace('name: shop', 'name: api')}`,
    },
  },
  lintTarget,
);

testCases<Written>(
  import.meta.dirname,
  'dialect-selection',
  {
    'no pattern': { target: toName(part('-', 2)) },
    'a pattern that selects under 5.8 only': {
      target:
        '{select: {kind: Job, name: "shop-.*"}, fieldPaths: [metadata.name], options: {delimiter: "-", index: 2}}',
    },
    'a dot that selects more under 5.8': {
      target:
        '{select: {kind: Deployment, name: shop.1}, fieldPaths: [spec.template.metadata.labels.version], options: {create: true}}',
      kustomize: '5.7',
      more: `${service.replace('name: shop', 'name: shop.1')}${service.replace('name: shop', 'name: shop-1')}`,
    },
    'a dot that selects the same': {
      target:
        '{select: {kind: Deployment, name: shop.1}, fieldPaths: [spec.template.metadata.labels.version], options: {create: true}}',
      kustomize: '5.7',
      more: service.replace('name: shop', 'name: shop.1'),
    },
    'a pattern in reject': {
      target:
        '{select: {kind: Deployment}, reject: [{name: "web.*"}], fieldPaths: [spec.template.metadata.labels.version], options: {create: true}}',
      more: `${service}${service.replace('name: shop', 'name: web-1')}`,
    },
    'a pattern in reject that takes nothing away': {
      target:
        '{select: {kind: Deployment}, reject: [{name: "api.*"}], fieldPaths: [spec.template.metadata.labels.version], options: {create: true}}',
      more: service,
    },
    'what is no pattern to 5.8': {
      target:
        '{select: {kind: Job, name: "shop-migration-["}, fieldPaths: [metadata.name], options: {delimiter: "-", index: 2}}',
      name: 'shop-migration-[',
      kustomize: '5.7',
    },
  },
  lintTarget,
);

const inEnv = (container: string): string =>
  `{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.${container}.env.[name=TAG].value"]}`;
const settings = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
      - name: app
        args: [old, old]
        env: [{name: TAG, value: old}, {name: TAG_OF_ALL, value: older}, {name: OTHER, value: new}]
      - name: web
        args: [old]
        env: [{name: TAG, value: old}, {name: OLD_TAG, value: old}, {value: none}]
`;

testCases<Written>(
  import.meta.dirname,
  'replacement-write',
  {
    'an item by its whole name': {
      target:
        '{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=app-proxy].image"], options: {delimiter: ":", index: 1}}',
      more: service,
    },
    'an item by a part of its name': {
      target:
        '{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=app].image"], options: {delimiter: ":", index: 1}}',
      more: service,
    },
    'every item': {
      target:
        '{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.*.image"], options: {delimiter: ":", index: 1}}',
      more: service,
    },
    'an item by its index': {
      target:
        '{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.0.image"], options: {delimiter: ":", index: 1}}',
      more: service,
    },
    'an item of each item': { target: inEnv('*'), more: settings },
    'an item of the first item': { target: inEnv('0'), more: settings },
    'an item of the second item': { target: inEnv('1'), more: settings },
    'an item of an item by its name': { target: inEnv('[name=app]'), more: settings },
    'an item that is a text': {
      target: '{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.*.args.[=old]"]}',
      more: settings,
    },
    'no path': { target: '{select: {kind: Deployment}}', more: settings },
  },
  lintTarget,
);
