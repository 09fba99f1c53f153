import { lintRule } from '../../support/lint-rule.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** Further fields of the Job's pod and of the service's. */
  readonly job?: string;
  readonly service?: string;
  /** The image of the Job; the service runs `ghcr.io/acme/orders:v1`. */
  readonly image?: string;
  /** All containers of the service. */
  readonly containers?: string;
  /** Further manifests. */
  readonly more?: string;
}

/** What `image-pull-secret` says of a migration Job and a service that waits for it. */
function lintRelease({
  job = '',
  service = '',
  image = 'ghcr.io/acme/migration:v1',
  containers = '{name: main, image: "ghcr.io/acme/orders:v1"}',
  more = '',
}: Written): Promise<string[]> {
  return lintRule('image-pull-secret', {
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {restartPolicy: Never${job}, containers: [{name: main, image: "${image}", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  template:
    spec:
      initContainers: [{name: wait, image: "ghcr.io/groundnuty/k8s-wait-for:v2.0", args: [job-wr, migrate]}]
      containers: [${containers}]
${service}
${more}`,
  });
}

const account = (name: string, secrets: string, namespace = ''): string =>
  `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}${namespace}}\nimagePullSecrets: ${secrets}\n`;
const service = '      imagePullSecrets: [{name: registry}]';
const runsAs = (name: string): string => `      serviceAccountName: ${name}`;

testCases<Written>(
  import.meta.dirname,
  'pull-secrets',
  {
    'secrets of the pod': { service },
    'an empty list in the Job': { service, job: ', imagePullSecrets: []' },
    'secrets of the Job': { service, job: ', imagePullSecrets: [{name: other}]' },
    'no secrets at all': {},
    'an empty list in the service': { service: '      imagePullSecrets: []' },
    'an account outside the tree for the Job': { service, job: ', serviceAccountName: migration' },
    'an account with secrets for the Job': {
      service,
      job: ', serviceAccountName: migration',
      more: account('migration', '[{name: registry}]'),
    },
    'an account without secrets for the Job': {
      service,
      job: ', serviceAccountName: migration',
      more: account('migration', '[]'),
    },
    'a default account with secrets': { service, more: account('default', '[{name: registry}]') },
    'a default account without secrets': { service, more: account('default', '[]') },
    'a default account of another namespace': {
      service,
      more: account('default', '[{name: registry}]', ', namespace: other'),
    },
    'secrets of the account': { service: runsAs('orders'), more: account('orders', '[{name: registry}]') },
    'an empty list in the account': { service: runsAs('orders'), more: account('orders', '[]') },
    'an account outside the tree for the service': { service: runsAs('orders') },
    'the same account': {
      job: ', serviceAccountName: orders',
      service: runsAs('orders'),
      more: account('orders', '[{name: registry}]'),
    },
    'another folder': { service, image: 'ghcr.io/tools/migration:v1' },
    'another registry': { service, image: 'quay.io/acme/migration:v1' },
    'without a registry': { service, image: 'acme/migration:v1', containers: '{name: main, image: "acme/orders:v1"}' },
    'without a folder': { service, image: 'migration:v1', containers: '{name: main, image: "orders:v1"}' },
    'a registry without a folder': {
      service,
      image: 'registry.local/migration:v1',
      containers: '{name: main, image: "registry.local/orders:v1"}',
    },
    'a registry with a port': {
      service,
      image: 'registry:5000/migration:v1',
      containers: '{name: main, image: "registry:5000/orders:v1"}',
    },
    'one of two containers': {
      service,
      containers: '{name: log, image: "quay.io/log/log:v1"}, {name: main, image: "ghcr.io/acme/orders:v1"}',
    },
    'only the waiter': {
      service,
      image: 'ghcr.io/groundnuty/migration:v1',
    },
  },
  lintRelease,
);
