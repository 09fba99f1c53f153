import { describe, expect, test } from 'vitest';
import { migratingContainer } from '../../../src/model/migrations/migration.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** Whether a Job of this name, image and command is taken for a migration. */
function isMigration(name: string, image: string, command: readonly string[]): boolean {
  const { migrations } = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  template:
    spec:
      containers:
        - name: main
          image: ${image}
          command: ${JSON.stringify(command)}
`);
  return migrations.length === 1;
}

describe('migration: labels of a Job', () => {
  const isMigrationByLabel = (label: string) =>
    modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: report, labels: {${label}}}
spec: {template: {spec: {containers: [{name: main, image: registry.example.com/report:v1, command: [/report]}]}}}
`).migrations.length === 1;

  test('one that somebody gave it', () =>
    expect(isMigrationByLabel('app.kubernetes.io/component: migration')).toBe(true));
  test.each(['kustomize.toolkit.fluxcd.io/name: db-migration', 'helm.toolkit.fluxcd.io/name: shop-migration'])(
    'not what Flux puts on all of a Kustomization or release: %s',
    (label) => expect(isMigrationByLabel(label)).toBe(false),
  );
});

describe('migration: variables of a tool, if the image has the command', () => {
  const reasons = (container: string) =>
    modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: catalogue-goose}
spec: {template: {spec: {containers: [{name: goose, image: registry.example.com/catalogue-goose:v1, ${container}}]}}}
`).migrations.flatMap((migration) => migration.reasons);
  const variable = 'env: [{name: GOOSE_DBSTRING, value: "postgres://db/catalogue"}]';

  test('a Job with one', () =>
    expect(reasons(variable)).toEqual([
      'its container `goose` has the variable `GOOSE_DBSTRING`, which only goose reads',
    ]));
  test.each([`args: [status], ${variable}`, 'env: [{name: DATABASE_URL, value: "postgres://db/catalogue"}]'])(
    'no Job with %s',
    (container) => expect(reasons(container)).toEqual([]),
  );
});

describe('migration: Jobs that migrate a database', () => {
  test.each([
    ['prisma-migrate', 'node:20-alpine', ['sh', '/setup.sh']],
    ['schema', 'registry.example.com/app:v1', ['node', 'dist/migrate.js']],
    ['shop-migration', 'registry.example.com/shop:v1', ['/app/run']],
    ['schema', 'registry.example.com/app:v1', ['node', 'scripts/apply-schema.js']],
    ['schema', 'registry.example.com/app:v1', ['npm', 'run', 'update-db-schema']],
    ['flyway-orders', 'registry.example.com/orders-schema:v1', ['java', '-jar', '/app/app.jar']],
    ['orders-liquibase', 'registry.example.com/orders-schema:v1', []],
  ])('%s: %s %j', (name, image, command) => expect(isMigration(name, image, command)).toBe(true));

  test.each([
    ['keycloak-migration', 'klg71/keycloakmigration', []],
    ['storage-version-migration', 'registry.example.com/migrate', []],
    ['flux-migrate', 'ghcr.io/fluxcd/flux-cli:v2.7.5', []],
    ['nodes-migration', 'registry.example.com/drain:v1', ['/drain']],
    ['report', 'node:20-alpine', ['node', 'report.js']],
    ['schema', 'registry.example.com/app:v1', ['node', 'scripts/check-schema.js']],
    ['schema-registry', 'registry.example.com/app:v1', ['node', 'register-schema.js']],
    ['flyway-validate', 'registry.example.com/orders-schema:v1', []],
    ['flyway-repair', 'registry.example.com/orders-schema:v1', ['java', '-jar', '/app/app.jar']],
    ['orders-flyway', 'flyway/flyway:10', ['flyway', 'info']],
    ['orders-alembic', 'registry.example.com/orders:v1', ['alembic', 'check']],
    ['flywaycrm', 'registry.example.com/orders:v1', ['/report']],
    ['demo-migration', 'busybox:1.36', ['sh', '-c', 'echo "running the migration"; sleep 20; echo done']],
  ])('not %s: %s %j', (name, image, command) => expect(isMigration(name, image, command)).toBe(false));
});

describe('migration: reasons', () => {
  interface Written {
    readonly name?: string;
    readonly labels?: string;
    readonly main?: string;
    /** More fields of the pod. */
    readonly pod?: string;
    readonly migrationJobs?: readonly string[];
  }

  /** Why a Job is taken for a migration, and which container is said to migrate. */
  function reasonsOf({
    name = 'report',
    labels = '',
    main = 'image: shop',
    pod = '',
    migrationJobs = [],
  }: Written): string[] {
    const { migrations } = modelFromYaml(
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, labels: {${labels}}}\nspec: {template: {spec: {${pod}containers: [{name: main, ${main}}]}}}`,
      { migrationJobs },
    );
    return migrations.flatMap((migration) => [...migration.reasons, `in ${migratingContainer(migration)?.name.value}`]);
  }
  const prisma = 'command: [npx, prisma, migrate, deploy]';
  const ran = 'its container `main` runs `npx prisma migrate deploy` (Prisma)';
  const own = 'its container `main` runs `./migrate`';
  const byName = (name: string): string => `its name \`${name}\` says so`;

  test.each<[Written, string[]]>([
    [{}, []],
    [{ migrationJobs: ['rep*'] }, ['the settings name Job `report` as a migration', 'in main']],
    [{ main: `image: shop, ${prisma}` }, [ran, 'in main']],
    [{ main: 'image: shop, command: [./migrate]' }, [own, 'in main']],
    [{ name: 'move-volumes', main: `image: shop, ${prisma}` }, [ran, 'in main']],
    [{ name: 'move-volumes', main: 'image: shop, command: [./migrate]' }, []],
    [{ main: 'image: shop, command: [./migrate, s3]' }, []],
    [{ main: 'image: "x/s3/shop:v1", command: [./migrate]' }, [own, 'in main']],
    [{ main: 'image: "x/s3-sync:v1", command: [./migrate]' }, []],
    [{ main: `image: shop, command: [./migrate], args: ["${'s3 '.repeat(66)}ab"]` }, []],
    [{ name: 'shop-migration' }, [byName('shop-migration'), 'in main']],
    [{ name: 'migrate' }, [byName('migrate'), 'in main']],
    [{ name: 'dbmigrate' }, [byName('dbmigrate'), 'in main']],
    [{ name: 'migrationv2' }, [byName('migrationv2'), 'in main']],
    [{ name: 'migrate2' }, [byName('migrate2'), 'in main']],
    [{ name: 'shop-migrator' }, [byName('shop-migrator'), 'in main']],
    [{ name: 'emigrate' }, []],
    [{ name: 'migratory' }, []],
    [{ name: 'volume-migration' }, []],
    [{ labels: 'app: migration' }, ['its label `app: migration` says so', 'in main']],
    [{ labels: 'x: y, app: migration' }, ['its label `app: migration` says so', 'in main']],
    [{ labels: 'app: shop' }, []],
    [{ name: 'migrate', labels: 'app: migrate' }, [byName('migrate'), 'in main']],
    [
      { name: 'migrate', labels: 'app: db-migrate' },
      [byName('migrate'), 'its label `app: db-migrate` says so', 'in main'],
    ],
    [{ name: 'shop-seed', labels: 'app: migration' }, []],
    [{ labels: 'app: migration', main: 'image: shop, args: [--seed]' }, []],
    [{ labels: 'app: migration', main: 'image: shop-seeder' }, []],
    [{ labels: 'app: migration', main: 'image: linseed' }, ['its label `app: migration` says so', 'in main']],
    [
      { name: 'migrate-seed', labels: 'app: migration' },
      [byName('migrate-seed'), 'its label `app: migration` says so', 'in main'],
    ],
    [{ pod: `initContainers: [{name: first, ${prisma}}], ` }, [ran.replace('main', 'first'), 'in first']],
    [{ pod: `initContainers: [{name: first, restartPolicy: Always, ${prisma}}], ` }, []],
    [
      { pod: `initContainers: [{name: first, restartPolicy: Always, ${prisma}}], `, main: `image: shop, ${prisma}` },
      [ran, 'in main'],
    ],
  ])('%j', (written, expected) => expect(reasonsOf(written)).toEqual(expected));

  test('an argument of more than 200 letters is a script, whose words say nothing', () => {
    const argument = (length: number): string => `s3 ${'x'.repeat(length - 3)}`;
    const isMigration = (length: number): boolean =>
      reasonsOf({ main: `image: shop, command: [./migrate, "${argument(length)}"]` }).length > 0;
    expect([isMigration(200), isMigration(201)]).toEqual([false, true]);
  });
});

describe('migration: Jobs that move a database to another server', () => {
  test.each([
    ['pg-migrate-dump', ['sh', '-c', 'pg_dumpall --host=old > /out/dump']],
    ['pg-migrate-restore', ['psql', '--file=/out/dump']],
    ['shop-migration-export', ['pg_dump', '-f', '/out/dump', 'shop']],
  ])('%s', (name, command) => expect(isMigration(name, 'postgres:17', command)).toBe(false));
  const resync = (verb: string) => [
    'sh',
    '-c',
    `set -eu\ntype=$(kubectl get secret tls -o name)\nif [ "$type" = Opaque ]; then kubectl ${verb}; fi`,
  ];
  test('one that changes objects of the cluster is none, but one that starts a program is', () => {
    const found = ['delete secret tls', 'annotate externalsecret tls a=b', 'exec deploy/shop -- bin/update'].map(
      (verb) => isMigration('tls-migrate', 'registry.example.com/kubectl:v1', resync(verb)),
    );
    expect(found).toEqual([false, false, true]);
  });

  test('not one that migrates as well', () =>
    expect(isMigration('shop-migrate', 'shop:v1', ['sh', '-c', 'pg_dump shop > /out/dump && npm run migrate'])).toBe(
      true,
    ));
});
