// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell.
import { lintRule } from '../../support/lint-rule.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** The init containers of the service, behind the one that waits for the migration. */
  readonly init: readonly string[];
  /** Its containers, besides the service's own. */
  readonly containers?: readonly string[];
}

const proxy = 'name: proxy, image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1"';

/** What `proxy-order` says of a service that waits for a migration. */
function lintService({ init, containers = [proxy] }: Written): Promise<string[]> {
  const list = (items: readonly string[]): string => items.map((item) => `        - {${item}}\n`).join('');
  return lintRule('proxy-order', {
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      initContainers:
        - {name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, migrate]}
${list(init)}      containers:
        - {name: main, image: "shop:v1"}
${list(containers)}`,
  });
}

const database = (url: string): string => `env: [{name: DATABASE_URL, value: "${url}"}]`;
const local = database('postgres://shop@localhost:5432/shop');
const shell = (script: string): string => `name: check, image: "shop:v1", command: [sh, -c, "${script}"]`;
const migrates = 'name: check, image: "shop:v1", command: [npx, prisma, migrate, deploy]';

testCases<Written>(
  import.meta.dirname,
  'late-proxy',
  {
    'a migration before the containers': { init: [`${migrates}, ${local}`] },
    'no proxy': { init: [`${migrates}, ${local}`], containers: [] },
    'an image that is no proxy': {
      init: [`${migrates}, ${local}`],
      containers: ['name: proxy, image: "acme/cloud-sql-proxy-exporter:v1"'],
    },
    'a pool in the same pod': {
      init: [`${migrates}, ${local}`],
      containers: ['name: pool, image: "edoburu/pgbouncer:1.23"'],
    },
    'by address': { init: [`${migrates}, ${database('postgres://shop@127.0.0.1:5432/shop')}`] },
    'by another address': { init: [`${migrates}, ${database('postgres://shop@10.127.0.1:5432/shop')}`] },
    'by a host that begins like it': { init: [`${migrates}, ${database('postgres://shop@localhost.internal/shop')}`] },
    'without settings': { init: [migrates] },
    'a check of the schema': {
      init: [`name: check, image: "shop:v1", command: [npx, prisma, migrate, status], ${local}`],
    },
    'a container that has the settings and another task': {
      init: [`name: check, image: "shop:v1", command: [node, warm.js], ${local}`],
    },
    'a probe of the port': { init: [shell('until pg_isready -h localhost; do sleep 1; done')] },
    'a probe of a host in two words': {
      init: ['name: check, image: postgres, command: [pg_isready], args: [-h, localhost]'],
    },
    'a probe of another host': { init: [`${shell('until pg_isready -h db.local; do sleep 1; done')}, ${local}`] },
    'a probe through a variable': {
      init: [`${shell('until pg_isready -d $DATABASE_URL; do sleep 1; done')}, ${local}`],
    },
    'a probe through a variable in braces': {
      init: [`${shell('until pg_isready -d \\"${DATABASE_URL}\\"; do sleep 1; done')}, ${local}`],
    },
    'a probe through another variable': {
      init: [`${shell('until pg_isready -h $HOST; do sleep 1; done')}, ${local}`],
    },
    'a probe without a host': { init: [`${shell('until pg_isready; do sleep 1; done')}, ${local}`] },
    'a script that starts a proxy': { init: [`${shell('cloud-sql-proxy x & npx prisma migrate deploy')}, ${local}`] },
    'a proxy as a sidecar, in front': {
      init: [`${proxy}, restartPolicy: Always`, `${migrates}, ${local}`],
      containers: [],
    },
    'a proxy as a sidecar, behind': {
      init: [`${migrates}, ${local}`, `${proxy}, restartPolicy: Always`],
      containers: [],
    },
    'a sidecar that migrates': { init: [`${migrates}, restartPolicy: Always, ${local}`] },
    'another sidecar in front, and a migration behind': {
      init: [`name: log, image: "fluent/fluent-bit:4", restartPolicy: Always, ${local}`, `${migrates}, ${local}`],
    },
    'two databases, one of them elsewhere': {
      init: [
        `${migrates}, env: [{name: DATABASE_URL, value: "postgres://shop@localhost/shop"}, {name: REPORT_DATABASE_URL, value: "postgres://shop@db/report"}]`,
      ],
    },
    'a socket': {
      init: [
        `${migrates}, env: [{name: PGHOST, value: "/cloudsql/acme:europe:shop"}, {name: PGDATABASE, value: shop}]`,
      ],
    },
    'a socket elsewhere': {
      init: [`${migrates}, env: [{name: PGHOST, value: "/var/cloudsql/x"}, {name: PGDATABASE, value: shop}]`],
    },
  },
  lintService,
);
