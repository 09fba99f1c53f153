import { lintRule } from '../../../support/lint-rule.ts';
import { migrationJob } from '../../../support/manifests.ts';
import { testCases } from '../../../support/test-cases.ts';

interface Written {
  /** The keys of the ConfigMap `migrations`. */
  readonly keys: readonly string[];
  readonly image?: string;
  /** Further fields of the container, in flow style. */
  readonly container?: string;
  readonly mount?: string;
  readonly volume?: string;
}

const golangMigrate = { image: 'migrate/migrate:v4.19.0', container: 'args: [-path, /sql, -database, $(URL), up]' };
const flyway = { image: 'flyway/flyway:11', container: 'args: [-locations=filesystem:/sql, migrate]' };

/** What `migration-file-name` says of a Job that mounts a ConfigMap. */
function lintJob({
  keys,
  image = '',
  container = '',
  mount = 'mountPath: /sql',
  volume = 'configMap: {name: migrations}',
}: Written): Promise<string[]> {
  return lintRule('migration-file-name', {
    'kustomization.yaml': `resources: [job.yaml, sql.yaml]\n`,
    'sql.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: migrations}
data:
${keys.map((key) => `  ${key}: select 1;\n`).join('')}`,
    'job.yaml': migrationJob({
      image,
      fields: container,
      mounts: `{name: sql, ${mount}}`,
      volumes: `{name: sql, ${volume}}`,
    }),
  });
}

testCases<Written>(
  import.meta.dirname,
  'skipped-file',
  {
    'one of two for golang-migrate': { ...golangMigrate, keys: ['000001_init.up.sql', '000002_score.sql'] },
    'all for golang-migrate': { ...golangMigrate, keys: ['001_init.sql', '002_score.sql'] },
    'names of Flyway for golang-migrate': { ...golangMigrate, keys: ['V1__init.sql', 'v2__score.sql'] },
    'a dash for golang-migrate': { ...golangMigrate, keys: ['1-init.up.sql', '2_score.up.sql', '2_score.down.sql'] },
    'a version with dots for golang-migrate': { ...golangMigrate, keys: ['V1.1__init.sql', '2_score.up.sql'] },
    'names of golang-migrate': { ...golangMigrate, keys: ['1_init.up.sql', '1_init.down.sql', '20260101_x.up.pgsql'] },
    'other files beside them': { ...golangMigrate, keys: ['1_init.up.sql', 'seed.sql', 'README.md', 'atlas.sum'] },
    'no prefix for Flyway': { ...flyway, keys: ['V1__init.sql', '2__score.sql'] },
    'a small prefix for Flyway': { ...flyway, keys: ['v1__init.sql', 'v1.1__score.sql', 'u1__init.sql'] },
    'names of Flyway': {
      ...flyway,
      keys: ['V1__init.sql', 'V1.1__x.sql', 'U1__init.sql', 'R__view.sql', 'B2__base.sql', 'afterMigrate.sql'],
    },
    'an image of Redgate': { ...flyway, image: 'docker.io/redgate/flyway', keys: ['1_init.sql'] },
    'the official image of Docker Hub': { ...flyway, image: 'flyway:11', keys: ['1_init.sql'] },
    'an own image with Flyway': { ...flyway, image: 'registry.example.com/orders-flyway:v1', keys: ['1_init.sql'] },
    'a prefix in an argument': {
      image: 'flyway/flyway:11',
      container: 'args: [-locations=filesystem:/sql, -sqlMigrationPrefix=, migrate]',
      keys: ['1__init.sql'],
    },
    'a prefix in a variable': {
      image: 'flyway/flyway:11',
      container: 'args: [migrate]\n          env: [{name: FLYWAY_SQL_MIGRATION_PREFIX, value: v}]',
      keys: ['v1__init.sql'],
    },
    'variables outside the tree': {
      image: 'flyway/flyway:11',
      container: 'args: [migrate]\n          envFrom: [{configMapRef: {name: other}}]',
      keys: ['v1__init.sql'],
    },
    'a configuration file': { ...flyway, keys: ['v1__init.sql', 'flyway.toml'] },
    dbmate: { image: 'amacneil/dbmate:2', container: 'args: [up]', keys: ['V1__init.sql', '2_score.sql'] },
    tern: { image: 'tern:2', container: 'command: [tern, migrate]', keys: ['001_init.sql', '002-score.sql'] },
    'another tool': { image: 'goose:3', container: 'command: [goose, up]', keys: ['V1__init.sql'] },
    'a script that copies': {
      image: 'migrate/migrate:v4',
      container: 'command: [sh, -c, "cp /sql/* /tmp/m && migrate -path /tmp/m -database $URL up"]',
      keys: ['001_init.sql'],
    },
    'a script that runs a file itself': {
      image: 'migrate/migrate:v4',
      container: 'command: [sh, -c, "psql -f /sql/001_init.sql && migrate -path /m -database $URL up"]',
      keys: ['001_init.sql'],
    },
    'a key under another path': {
      ...golangMigrate,
      keys: ['001_init.sql'],
      volume: 'configMap: {name: migrations, items: [{key: 001_init.sql, path: 1_init.up.sql}]}',
    },
    'a single file': {
      ...golangMigrate,
      keys: ['001_init.sql'],
      mount: 'mountPath: /sql/1_a.up.sql, subPath: 001_init.sql',
    },
    'a path that ends with a slash': { ...golangMigrate, keys: ['001_init.sql'], mount: 'mountPath: /sql/' },
  },
  lintJob,
);
