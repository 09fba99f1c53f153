// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { lintRule } from '../../support/lint-rule.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** The account that the Job runs as. */
  readonly runsAs: string;
  /** The account of the build. */
  readonly account: string;
  /** Of the account and of the Job. */
  readonly namespaces?: readonly [account: string, job: string];
  /** Further manifests, and further files by their paths. */
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What the kustomization has besides its resources. */
  readonly kustomization?: string;
}

/** What `account-missing` says of a migration Job. */
function lintJob({
  runsAs,
  account,
  namespaces,
  more = '',
  files = {},
  kustomization = '',
}: Written): Promise<string[]> {
  const [own, ofJob] = (namespaces ?? ['', '']).map((name) => (name === '' ? '' : `, namespace: ${name}`));
  return lintRule('account-missing', {
    'app/kustomization.yaml': `resources: [all.yaml]\n${kustomization}`,
    'app/all.yaml': `${accountNamed(account, own)}---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate${ofJob}}
spec: {template: {spec: {restartPolicy: Never, serviceAccountName: "${runsAs}", containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}
${more}`,
    ...files,
  });
}

function accountNamed(name: string, namespace = ''): string {
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: "${name}"${namespace}}\n`;
}

const deployment = (pod: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {${pod}, containers: [{name: main, image: "shop:v1"}]}}}
`;
const waiting = (kind: string): string =>
  `initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [${kind}, migrate]}]`;

testCases<Written>(
  import.meta.dirname,
  'missing-account',
  {
    'the account of the build': { runsAs: 'migrator', account: 'migrator' },
    'a letter more': { runsAs: 'migrators', account: 'migrator' },
    'a letter more, of five': { runsAs: 'apple', account: 'appl' },
    'a letter more, of six': { runsAs: 'apples', account: 'apple' },
    'two letters more, of ten': { runsAs: 'migratorxy', account: 'migrator' },
    'a letter more, of ten': { runsAs: 'migrationx', account: 'migration' },
    'two letters more, of eleven': { runsAs: 'migrationxy', account: 'migration' },
    'three letters more': { runsAs: 'shop-migrationxyz', account: 'shop-migration' },
    'another number': { runsAs: 'migrator-1', account: 'migrator-2' },
    'a number in the Job alone': { runsAs: 'migrator1', account: 'migrator' },
    'a number in the account alone': { runsAs: 'migrator', account: 'migrator1' },
    'a variable': { runsAs: 'migrator-${ENV}', account: 'migrator-${ENVS}' },
    'an account of another namespace': {
      runsAs: 'migrators',
      account: 'migrator',
      namespaces: ['web', 'shop'],
    },
    'the same name in another namespace': {
      runsAs: 'migrator',
      account: 'migrator',
      namespaces: ['web', 'shop'],
      more: `---\n${accountNamed('migrators', ', namespace: shop')}`,
    },
    'an account of the same namespace': {
      runsAs: 'migrators',
      account: 'migrator',
      namespaces: ['shop', 'shop'],
    },
    'an account that other pods run as': {
      runsAs: 'migrators',
      account: 'migrator',
      more: deployment('serviceAccountName: migrator'),
    },
    'an account beside which other pods run': {
      runsAs: 'migrators',
      account: 'migrator',
      more: deployment('serviceAccountName: web'),
    },
    'a pod that waits for the Job': {
      runsAs: 'migrator',
      account: 'migrator',
      more: `---\n${accountNamed('web-server')}${deployment(`serviceAccountName: web-servers, ${waiting('job-wr')}`)}`,
    },
    'a pod that checks the schema': {
      runsAs: 'migrator',
      account: 'migrator',
      more: `---\n${accountNamed('web-server')}${deployment(`serviceAccountName: web-servers, initContainers: [{name: check, image: "shop:v1", command: [npx, prisma, migrate, status]}]`)}`,
    },
    'an account that a replacement writes': {
      runsAs: 'ACCOUNT',
      account: 'migrator',
      more: '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: names}\ndata: {account: migrators}\n',
      kustomization: `replacements:
  - source: {kind: ConfigMap, name: names, fieldPath: data.account}
    targets: [{select: {kind: Job}, fieldPaths: [spec.template.spec.serviceAccountName]}]
`,
    },
    'an account in a file that is not listed': {
      runsAs: 'migrators',
      account: 'migrator',
      files: { 'app/account.yaml': accountNamed('migrators') },
    },
    'another account in a file that is not listed': {
      runsAs: 'migrators',
      account: 'migrator',
      files: { 'app/account.yaml': accountNamed('web') },
    },
    'an account in another root': {
      runsAs: 'migrators',
      account: 'migrator',
      files: { 'rights/kustomization.yaml': 'resources: [all.yaml]\n', 'rights/all.yaml': accountNamed('migrators') },
    },
    'another account in another root': {
      runsAs: 'migrators',
      account: 'migrator',
      files: { 'rights/kustomization.yaml': 'resources: [all.yaml]\n', 'rights/all.yaml': accountNamed('web') },
    },
    'an account of another namespace in another root': {
      runsAs: 'migrators',
      account: 'migrator',
      namespaces: ['shop', 'shop'],
      files: {
        'rights/kustomization.yaml': 'resources: [all.yaml]\n',
        'rights/all.yaml': accountNamed('migrators', ', namespace: web'),
      },
    },
    'a name that the build changes in both': {
      runsAs: 'migrator',
      account: 'migrator',
      kustomization: 'namePrefix: a-\n',
    },
    'a name from before the build, with a letter more': {
      runsAs: 'migrators',
      account: 'migrator',
      kustomization: 'namePrefix: production-\n',
    },
    'part of the tree is missing': {
      runsAs: 'migrators',
      account: 'migrator',
      kustomization: 'components: ["https://github.com/acme/k8s//db?ref=v1"]\n',
    },
  },
  lintJob,
);
