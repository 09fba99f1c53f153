import { modelRoots } from '../../../src/model/model-roots.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  readonly objects: readonly string[];
  /** Names of Jobs that the settings call migrations. */
  readonly migrationJobs?: readonly string[];
  /** What else the kustomization says, if one builds the objects. */
  readonly kustomization?: string;
}

/** The migrations with the reasons, and which workloads depend on which of them. */
function describeReleases({ objects, migrationJobs = [], kustomization }: Written): string[] {
  const text = objects.join('\n---\n');
  const root =
    kustomization === undefined
      ? rootFromYaml(text)
      : buildTree({ 'kustomization.yaml': `resources: [all.yaml]\n${kustomization}\n`, 'all.yaml': text });
  const models = modelRoots([root], { dialect: '5.8', migrationJobs });
  return models.flatMap(({ releases }) =>
    releases.flatMap(({ migrations, services }, index) => [
      `release ${index + 1}`,
      ...migrations.flatMap(({ job, command, reasons }) => [
        `  Job ${job.object.name.value}${command ? `, ${command.text}` : ''}`,
        ...reasons.map((reason) => `    ${reason}`),
      ]),
      ...services.flatMap(({ workload: { object }, waiters, dependsOn }) => [
        `  ${object.kind} ${object.name.value}${waiters.length > 0 ? `, held back by ${waiters.map(({ container }) => container.name.value).join(', ')}` : ''}`,
        ...dependsOn.map(({ migration, how, reason }) => `    ${migration.job.object.name.value} by ${how}: ${reason}`),
      ]),
    ]),
  );
}

interface Parts {
  readonly metadata?: string;
  readonly pod?: string;
  readonly init?: string;
  readonly container?: string;
}

function job(
  name: string,
  {
    metadata = '',
    pod = '',
    container = 'image: "shop:v1", command: [npx, prisma, migrate, deploy]',
    init = '',
  }: Parts = {},
): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}${metadata}}\nspec: {template: {metadata: {${pod}}, spec: {restartPolicy: Never, initContainers: [${init}], containers: [{name: main, ${container}}]}}}`;
}

function service(
  name: string,
  { metadata = '', pod = '', init = '', container = 'image: "shop:v1"' }: Parts = {},
  kind = 'Deployment',
): string {
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}${metadata}}\nspec: {template: {metadata: {${pod}}, spec: {initContainers: [${init}], containers: [{name: main, ${container}}]}}}`;
}

const wait = (name: string, more = ''): string =>
  `{name: wait-${name}, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}]${more}}`;
const from = (secret: string): string => `image: "x:v1", envFrom: [{secretRef: {name: ${secret}}}]`;
const written = (url: string): string => `image: "x:v1", env: [{name: DATABASE_URL, value: "${url}"}]`;
const key = (name: string, kind: string, object: string): string =>
  `image: "x:v1", env: [{name: ${name}, valueFrom: {${kind}: {name: ${object}, key: x}}}]`;
const plain = (more: string): Parts => ({ container: `image: "x:v1", command: [run]${more}` });

const waitBoth = `${wait('shop-migration')}, ${wait('bank-migration')}`;
/** Migrations that share no more than their name with a service. */
const namedJobs = ['shop', 'bank'].map((name) =>
  job(`${name}-migration`, { container: `image: "migrate-${name}:v1", command: [migrate, up]` }),
);
const namedService = (name: string, init = ''): string => service(name, { ...plain(''), init });

/** A migration of one database, and a service that shares its Secret but names another. */
const ownDatabase = [
  'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {x: "postgres://a:b@db/shop", password: b}',
  job('setup-migration', { container: key('DATABASE_URL', 'secretKeyRef', 'db') }),
  service('search', {
    container: `image: "y:v1", env: [{name: DB_HOST, value: db}, {name: DB_NAME, value: search}, {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]`,
  }),
];

testCases<Written>(
  import.meta.dirname,
  'release',
  {
    nothing: { objects: [] },
    'a Job that does something else': { objects: [job('report', plain(''))] },
    'a migration by its command': { objects: [job('setup')] },
    'a migration by its name': { objects: [job('shop-migration', plain(''))] },
    'a migration by its name, in every way': {
      objects: [
        'migrate',
        'db-migrates',
        'x.migrating',
        'dbmigrations',
        'schemaMigrator',
        '1migration-2',
        'migrationv2',
      ].map((name) => job(name, plain(''))),
    },
    'names that only hold the word': {
      objects: ['emigrate', 'migrated', 'migrationx', 'immigration-desk', 'migrationvx'].map((name) =>
        job(name, plain('')),
      ),
    },
    'a migration by a label': {
      objects: [job('setup', { metadata: ', labels: {app: x, task: db-migrate}', ...plain('') })],
    },
    'a label that is the name': { objects: [job('setup', { metadata: ', labels: {task: setup}', ...plain('') })] },
    'a migration by the settings': { objects: [job('setup-1', plain(''))], migrationJobs: ['other', 'setup-?'] },
    'the settings name others': {
      objects: [job('setup-1', plain(''))],
      migrationJobs: ['setup', 'set*x', '[s]etup-1', 'setup-1\\'],
    },
    'a migration by a waiter': { objects: [job('setup', plain('')), service('web', { init: wait('setup') })] },
    'a migration of something else': { objects: [job('pvc-migration', plain('')), job('velero-migrate', plain(''))] },
    'a migration of something else, by the image': {
      objects: [job('shop-migration', { container: 'image: "registry/velero:v1"' })],
    },
    'a long script that speaks of something else': {
      objects: [job('shop-migration', { container: `image: "x:v1", args: ["${'x'.repeat(200)} pvc"]` })],
    },
    'a tool in a Job for something else': { objects: [job('minio-migration')] },
    'a program of one’s own in a Job for something else': {
      objects: [job('s3-run', { container: 'image: "x:v1", command: [./migrate]' })],
    },
    'a migration in an init container': {
      objects: [
        job('setup', { ...plain(''), init: '{name: first, image: "x:v1", command: [alembic, upgrade, head]}' }),
      ],
    },
    'a migration in a sidecar': {
      objects: [
        job('setup', {
          ...plain(''),
          init: '{name: first, restartPolicy: Always, image: "x:v1", command: [alembic, upgrade, head]}',
        }),
      ],
    },
    'a service that waits': { objects: [job('shop-migration'), service('web', { init: wait('shop-migration') })] },
    'a service that waits for another name': {
      objects: [job('shop-migration-v2'), service('web', { init: wait('shop-migration-v1') })],
    },
    'a sidecar that waits': {
      objects: [job('shop-migration'), service('web', { init: wait('shop-migration', ', restartPolicy: Always') })],
    },
    'a service that waits for two': {
      objects: [
        job('a-migration'),
        job('b-migration'),
        service('web', { init: `${wait('a-migration')}, ${wait('b-migration')}` }),
      ],
    },
    'two services, one of which waits for the Jobs of both': {
      objects: [
        job('a-migration'),
        job('b-migration'),
        service('one', { init: wait('a-migration') }),
        service('two', { init: wait('b-migration') }),
        service('web', { init: `${wait('b-migration')}, ${wait('a-migration')}` }),
      ],
    },
    'a service that waits for its own Job and for that of another service': {
      objects: [...namedJobs, namedService('shop', waitBoth), namedService('bank', wait('bank-migration'))],
    },
    'a service that waits for its own Job and for that of a service that does not wait': {
      objects: [...namedJobs, namedService('shop', waitBoth), namedService('bank')],
    },
    'a service that waits for its own Job and for one of no service': {
      objects: [...namedJobs, namedService('shop', waitBoth)],
    },
    'services that wait for all Jobs, and share the image of their own': {
      objects: ['shop', 'bank'].flatMap((name, i) => [
        job(`${name}-migration`, { container: `image: "${name}:v1", command: [npx, prisma, migrate, deploy]` }),
        service(`web-${i}`, { container: `image: "${name}:v1"`, init: waitBoth }),
      ]),
    },
    'services that wait for all Jobs, and share the Secret of their own': {
      objects: ['shop', 'bank'].flatMap((name, i) => [
        job(`${name}-migration`, { container: from(name).replace('x:v1', `migrate-${name}:v1`) }),
        service(`web-${i}`, { container: from(name), init: waitBoth }),
      ]),
    },
    'an image, where another service has the name': {
      objects: [job('shop-migration'), service('shop'), service('web')],
    },
    'an image, where another service waits': {
      objects: [job('a-migration'), service('one', { init: wait('a-migration') }), service('two')],
    },
    'another Job that waits': {
      objects: [job('shop-migration'), job('seed', { ...plain(''), init: wait('shop-migration') })],
    },
    'a service with the same Secret': {
      objects: [
        job('setup-migration', { container: `${from('db')}, command: [migrate]` }),
        service('web', { container: from('db') }),
      ],
    },
    'a service with another Secret': {
      objects: [job('setup-migration', { container: from('db') }), service('web', { container: from('other') })],
    },
    'a service with the same ConfigMap': {
      objects: [
        job('setup-migration', { container: key('DB_HOST', 'configMapKeyRef', 'settings') }),
        service('web', { container: key('DB_HOST', 'configMapKeyRef', 'settings') }),
      ],
    },
    'a service with the same port': {
      objects: [
        job('setup-migration', { container: key('DB_PORT', 'configMapKeyRef', 'settings') }),
        service('web', { container: key('DB_PORT', 'configMapKeyRef', 'settings') }),
      ],
    },
    'a service with the same key of no database': {
      objects: [
        job('setup-migration', { container: key('LOG_LEVEL', 'configMapKeyRef', 'settings') }),
        service('web', { container: key('LOG_LEVEL', 'configMapKeyRef', 'settings') }),
      ],
    },
    'a database that both name themselves': {
      objects: [
        job('setup-migration', { container: written('postgres://migrator:x@db:5432/shop') }),
        service('web', { container: written('postgres://shop:x@db/shop') }),
        service('audit', { container: written('postgres://shop:x@db/audit') }),
        service('near', { container: written('postgres://shop:x@localhost/shop') }),
      ],
    },
    'a database that one names itself, and the other in a ConfigMap': {
      objects: [
        job('setup-migration', { container: written('postgres://migrator:x@db:5432/shop') }),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {DB_HOST: db, DB_NAME: shop}',
        service('web', { container: 'image: "x:v1", envFrom: [{configMapRef: {name: web}}]' }),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: audit}\ndata: {DB_HOST: db, DB_NAME: audit}',
        service('audit', { container: 'image: "x:v1", envFrom: [{configMapRef: {name: audit}}]' }),
        'apiVersion: v1\nkind: Secret\nmetadata: {name: hidden}\nstringData: {DB_HOST: db, DB_NAME: shop}',
        service('hidden', { container: from('hidden') }),
      ],
    },
    'a database of its own on the same server, while another service uses the migrated one': {
      objects: [...ownDatabase, service('web', { container: key('DATABASE_URL', 'secretKeyRef', 'db') })],
    },
    'a database of its own, and no service that uses the migrated one': { objects: ownDatabase },
    'an image, where nothing says which database': {
      objects: [job('setup-migration'), service('web'), service('worker', { container: 'image: "registry/shop:v1"' })],
    },
    'an image, in one of two containers': {
      objects: [job('setup-migration'), service('web', { container: 'image: "x:v1"}, {name: web, image: "shop:v1"' })],
    },
    'an image, in a service with settings of its own': {
      objects: [job('setup-migration'), service('web', { container: from('db').replace('x:v1', 'shop:v1') })],
    },
    'an image of a migration tool': {
      objects: [
        job('setup-migration', { container: 'image: "flyway/flyway:10", args: [migrate]' }),
        service('web', { container: 'image: "flyway/flyway:10"' }),
      ],
    },
    'an image of tools': {
      objects: [
        job('setup-migration', { container: 'image: "alpine:3", command: [npx, prisma, migrate, deploy]' }),
        service('web', { container: 'image: "x:v1"}, {name: tools, image: "alpine:3"' }),
      ],
    },
    'no image': {
      objects: [
        job('setup-migration', { container: 'command: [npx, prisma, migrate, deploy]' }),
        service('web', { container: 'command: [run]' }),
      ],
    },
    'an image in another namespace': {
      objects: [job('setup-migration', { metadata: ', namespace: a' }), service('web', { metadata: ', namespace: b' })],
    },
    'a ConfigMap before the image': {
      objects: [job('setup-migration', { container: from('db') }), service('web', { container: 'image: "x:v1"' })],
    },
    'a service with a ConfigMap of the same name as a Secret': {
      objects: [
        job('setup-migration', { container: key('DB_HOST', 'secretKeyRef', 'db') }),
        service('web', { container: key('DB_HOST', 'configMapKeyRef', 'db') }),
      ],
    },
    'the same Secret in another namespace': {
      objects: [
        job('setup-migration', { metadata: ', namespace: a', container: from('db') }),
        service('web', { metadata: ', namespace: b', container: from('db') }),
      ],
    },
    'the same Secret, for every kind that runs': {
      objects: [
        job('setup-migration', { container: from('db') }),
        ...['StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout', 'CronJob', 'Pod'].map((kind) =>
          service(`a-${kind.toLowerCase()}`, { container: from('db') }, kind),
        ),
      ],
    },
    'the same Secret, in pods of tools': {
      objects: [
        job('setup-migration', { container: from('db') }),
        service('tools', { container: from('db').replace('x:v1', 'busybox:1.36') }),
        service('web', {
          container: `image: "busybox:1.36"}, {name: web, ${from('db')}`,
        }),
      ],
    },
    'a Rollout without a pod template of its own': {
      objects: [
        job('shop-migration'),
        'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: shop}\nspec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}',
      ],
    },
    'the database itself': {
      objects: [
        job('setup-migration', { container: from('db') }),
        service('db', { container: from('db').replace('x:v1', 'bitnami/postgresql:16') }),
      ],
    },
    'an image that is called after a database': {
      objects: [
        job('setup-migration', { container: from('db') }),
        service('web', { container: from('db').replace('x:v1', 'registry/mypostgres:16') }),
      ],
    },
    'the same stem': { objects: [job('shop-migration'), service('shop', plain(''))] },
    'another stem': { objects: [job('shop-migration'), service('web', plain(''))] },
    'no stem': { objects: [job('migrate'), service('app', plain(''))] },
    'the same label': {
      objects: [
        job('setup-migration', { metadata: ', labels: {app: shop}' }),
        service('web', { metadata: ', labels: {app: shop}' }),
      ],
    },
    'the same label on the pods': {
      objects: [
        job('setup-migration', { pod: 'labels: {app.kubernetes.io/name: shop}' }),
        service('web', { pod: 'labels: {app.kubernetes.io/name: shop}' }),
      ],
    },
    'another value of the label': {
      objects: [
        job('setup-migration', { metadata: ', labels: {app: shop}' }),
        service('web', { metadata: ', labels: {app: web}' }),
      ],
    },
    'the same label of a kustomization, for all': {
      kustomization: 'labels: [{pairs: {app: all}}]',
      objects: [job('setup-migration', plain('')), service('web', plain('')), service('worker', plain(''))],
    },
    'the same label of a kustomization, where another service has the name': {
      kustomization: 'labels: [{pairs: {app: all}}]',
      objects: [job('shop-migration', plain('')), service('web', plain('')), service('shop', plain(''))],
    },
    'the same label of a kustomization, in services that wait for two Jobs': {
      kustomization: 'labels: [{pairs: {app: all}}]',
      objects: ['shop', 'bank'].flatMap((name) => [
        job(`${name}-migration`, plain('')),
        service(`${name}-web`, { ...plain(''), init: waitBoth }),
      ]),
    },
    'another label': {
      objects: [
        job('setup-migration', { metadata: ', labels: {tier: shop}' }),
        service('web', { metadata: ', labels: {tier: shop}' }),
      ],
    },
    'the environment before the name': {
      objects: [
        job('shop-migration'),
        job('other-migration', { container: from('db') }),
        service('shop', { container: from('db') }),
      ],
    },
    'the waiter before the environment': {
      objects: [
        job('a-migration', { container: from('db') }),
        job('b-migration'),
        service('web', { container: from('db'), init: wait('b-migration') }),
      ],
    },
  },
  describeReleases,
);
