// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { lintRule } from '../../support/lint-rule.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** The fields of the patch's `target` in the overlay. */
  readonly target: string;
  /** The `metadata` of the Job, in the base. */
  readonly job?: string;
  /** What the Job runs. */
  readonly command?: string;
  /** Further manifests of the base. */
  readonly more?: string;
  /** What the kustomizations have besides their resources and the patch. */
  readonly base?: string;
  readonly overlay?: string;
  /** Further entries of the overlay's `patches`. */
  readonly others?: string;
}

/** An entry of `patches`. */
const patchFor = (target: string): string =>
  `  - target: {${target}}\n    patch: |\n      - {op: add, path: /metadata/labels, value: {tier: db}}\n`;

/** What `patch-no-target` says of a patch in an overlay. */
function lintTarget({
  target,
  job = 'name: orders-migration',
  command = 'npx prisma migrate deploy',
  more = '',
  base = '',
  overlay = '',
  others = '',
}: Written): Promise<string[]> {
  const files = {
    'base/kustomization.yaml': `resources: [job.yaml]\n${base}`,
    'base/job.yaml': `apiVersion: batch/v1
kind: Job
metadata: {${job}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "shop:v1", command: [${command.replaceAll(' ', ', ')}]}]}}}
${more}`,
    'overlay/kustomization.yaml': `resources: [../base]\npatches:\n${patchFor(target)}${others}${overlay}`,
  };
  return lintRule('patch-no-target', files, ['overlay']);
}

const another = (kind: string, metadata: string): string =>
  `---\napiVersion: v1\nkind: ${kind}\nmetadata: {${metadata}}\n`;

testCases<Written>(
  import.meta.dirname,
  'unmatched-patch',
  {
    'the object itself': { target: 'kind: Job, name: orders-migration' },
    'a letter less': { target: 'kind: Job, name: order-migration' },
    'four letters of sixteen': { target: 'kind: Job, name: orders-migratxyzw' },
    'five letters of sixteen': { target: 'kind: Job, name: orders-migravxyzw' },
    'a letter of three': { target: 'kind: Job, name: abd', job: 'name: abc' },
    'a letter of four': { target: 'kind: Job, name: abce', job: 'name: abcd' },
    'a pattern that selects nothing': { target: 'kind: Job, name: "order-migration|x?"' },
    'a pattern that ends like a name': { target: 'kind: Job, name: "x|order-migration"' },
    'in a build without migrations': {
      target: 'kind: Job, name: order-report',
      job: 'name: orders-report',
      command: 'node report.js',
    },
    'the name of another version': {
      target: 'kind: Job, name: orders-migration-v1.3.0',
      job: 'name: orders-migration-v1.4.0',
    },
    'the name without the version': {
      target: 'kind: Job, name: orders-migration',
      job: 'name: orders-migration-v1.4.0',
    },
    'the name without a version in its middle': {
      target: 'kind: Job, name: orders',
      job: 'name: orders-20250101-migration',
    },
    'the name without a placeholder': {
      target: 'kind: Job, name: orders-migration',
      job: 'name: orders-migration-REPLACE_ME',
    },
    'the name without another word': { target: 'kind: Job, name: orders', job: 'name: orders-migration' },
    'a variable in the name': {
      target: 'kind: Job, name: "orders-migration-${TAG}"',
      job: 'name: "orders-migration-${TAG}"',
    },
    'a variable at the start of the name': {
      target: 'kind: Job, name: "${SHOP}-migration"',
      job: 'name: "${SHOP}-migration"',
    },
    'a name that the overlay gives': {
      target: 'kind: Job, name: prod-orders-migration',
      overlay: 'namePrefix: prod-\n',
    },
    'a name that the base gives': { target: 'kind: Job, name: base-orders-migration', base: 'namePrefix: base-\n' },
    'a name from before the base': { target: 'kind: Job, name: order-migration', base: 'namePrefix: base-\n' },
    'a name of two objects': {
      target: 'kind: Job, name: order-migration',
      more: another('Job', 'name: ordersmigration'),
    },
    'a name of two kinds': { target: 'name: order-migration', more: another('ConfigMap', 'name: orders-migration') },
    'without a name': { target: 'kind: Jobs' },
    'with a label selector': { target: 'kind: Job, name: order-migration, labelSelector: "a=b"' },
    'with an annotation selector': { target: 'kind: Job, name: order-migration, annotationSelector: "a=b"' },
    'without a kind': { target: 'name: order-migration' },
    'another kind, in lower case': { target: 'kind: job, name: orders-migration' },
    'another kind, with a letter more': {
      target: 'kind: CronJobs, name: nightly',
      more: `---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: shop}]}}}}}\n`,
    },
    'another kind': { target: 'kind: Deployment, name: orders-migration' },
    'another kind with another group': { target: 'group: apps, kind: job, name: orders-migration' },
    'another group': { target: 'group: apps, kind: Job, name: orders-migration' },
    'another version': { target: 'group: batch, version: v1beta1, kind: Job, name: orders-migration' },
    'another group and version': { target: 'group: apps, version: v1beta1, kind: Job, name: orders-migration' },
    'the apiVersion as a version': { target: 'version: batch/v1, kind: Job, name: orders-migration' },
    'a group for the core': {
      target: 'group: core, version: v1, kind: ConfigMap, name: release',
      more: another('ConfigMap', 'name: release'),
    },
    'another group, and another name': { target: 'group: apps, kind: Job, name: order-migration' },
    'a namespace for an object without': { target: 'kind: Job, name: orders-migration, namespace: shop' },
    'the namespace default for an object without': { target: 'kind: Job, name: orders-migration, namespace: default' },
    'another namespace': {
      target: 'kind: Job, name: orders-migration, namespace: web',
      job: 'name: orders-migration, namespace: shop',
    },
    'the namespace of the file': {
      target: 'kind: Job, name: orders-migration, namespace: shop',
      job: 'name: orders-migration, namespace: shop',
    },
    'the namespace that the overlay gives': {
      target: 'kind: Job, name: orders-migration, namespace: prod',
      job: 'name: orders-migration, namespace: shop',
      overlay: 'namespace: prod\n',
    },
    'the namespace that the base gives': {
      target: 'kind: Job, name: orders-migration, namespace: prod',
      base: 'namespace: prod\n',
    },
    'the namespace that the overlay gives to an object without': {
      target: 'kind: Job, name: orders-migration, namespace: prod',
      overlay: 'namespace: prod\n',
    },
    'another namespace and another name': {
      target: 'kind: Job, name: order-migration, namespace: web',
      job: 'name: orders-migration, namespace: shop',
    },
    'beside a patch for that object': {
      target: 'kind: Job, name: order-migration',
      others: patchFor('kind: Job, name: orders-migration'),
    },
    'beside a patch that names all Jobs': {
      target: 'kind: Job, name: order-migration',
      others: patchFor('kind: Job'),
    },
    'beside another without effect': {
      target: 'kind: Job, name: order-migration',
      others: patchFor('kind: Job, name: orders-migratio'),
    },
    'a patch for that object in the base': {
      target: 'kind: Job, name: order-migration',
      base: `patches:\n${patchFor('kind: Job, name: orders-migration')}`,
    },
    'a build with a remote component': {
      target: 'kind: Job, name: order-migration',
      base: 'components: ["https://github.com/acme/k8s//db?ref=v1"]\n',
    },
    'a Secret, when files for one are missing': {
      target: 'kind: Secret, name: releas',
      more: another('Secret', 'name: release'),
      overlay: 'secretGenerator: [{name: other, files: [gone.txt]}]\n',
    },
    'any kind, when files for a ConfigMap are missing': {
      target: 'name: order-migration',
      overlay: 'configMapGenerator: [{name: other, files: [gone.txt]}]\n',
    },
    'a ConfigMap, in a whole build': {
      target: 'kind: ConfigMap, name: releas',
      more: another('ConfigMap', 'name: release'),
    },
    'a namespace before that of the overlay': {
      target: 'kind: Job, name: orders-migration, namespace: web',
      overlay: 'namespace: prod\n',
    },
    'the namespace default before that of the overlay, in another kind': {
      target: 'kind: job, name: orders-migration, namespace: default',
      overlay: 'namespace: prod\n',
    },
    'the namespace of the file, in another kind': {
      target: 'kind: job, name: orders-migration, namespace: shop',
      job: 'name: orders-migration, namespace: shop',
      overlay: 'namespace: prod\n',
    },
    'the namespace default, in another kind': {
      target: 'kind: job, name: orders-migration, namespace: default',
    },
    'the name without a version between words': {
      target: 'kind: Job, name: orders-migration',
      job: 'name: orders-20250101-migration',
    },
    'a name that only starts like that of the object': {
      target: 'kind: Job, name: orders',
      job: 'name: migration-orders-REPLACE_ME',
    },
    'a name without placeholder and dash': {
      target: 'kind: Job, name: orders-migrat',
      job: 'name: orders-migratREPLACE_ME',
    },
    'a build with a missing file': { target: 'kind: Job, name: order-migration', overlay: 'components: [../gone]\n' },
    'a ConfigMap, when files for one are missing': {
      target: 'kind: ConfigMap, name: releas',
      more: another('ConfigMap', 'name: release'),
      overlay: 'configMapGenerator: [{name: other, files: [gone.txt]}]\n',
    },
    'a Job, when files for a ConfigMap are missing': {
      target: 'kind: Job, name: order-migration',
      overlay: 'configMapGenerator: [{name: other, files: [gone.txt]}]\n',
    },
  },
  lintTarget,
);
