import type { CommandPattern } from './command-pattern.ts';

/** A tool that changes a database's schema, and the pattern of the commands that apply migrations. */
export interface MigrationTool extends CommandPattern {
  readonly name: string;
  /** Whether it takes a lock in the database, so that concurrent and repeated runs are safe. */
  readonly locks: boolean;
  /** Whether it takes several commands at once, such as `flyway info migrate`, so that harmless ones do not count. */
  readonly takesSeveral?: true;
}

/** Flags that keep any of these commands from changing the schema. */
const harmlessFlags = new Set(['--check', '--check-only', '--dry-run', '--dryrun', '--plan', '--sql', '--fake']);

/** Words, or parts of words as in `migration:status`, of commands that inspect, write files, or revert. */
const harmlessParts = new Set(
  (
    'status generate create new validate diff lint info history current show list version rollback down downgrade ' +
    'revert undo help'
  ).split(' '),
);

/** Whether a word of a command makes it harmless. */
export function isHarmless(word: string): boolean {
  const lower = word.toLowerCase();
  const [flag = ''] = lower.split('=');
  return (
    harmlessFlags.has(flag) ||
    lower.split(/[:_-]/).some((part) => harmlessParts.has(part)) ||
    /(^|[:_-])make:\w/.test(lower)
  );
}

/** Commands of tools that inspect or write files although their words say otherwise. */
export const harmlessOfTools: readonly CommandPattern[] = [
  { mentions: ['prisma'], matches: /^prisma migrate resolve\b/i },
  { mentions: ['aerich'], matches: /^aerich migrate\b/i },
  { mentions: ['flask'], matches: /^flask\b.* ?db migrate\b/i },
  { mentions: ['liquibase'], matches: /^liquibase\b.* (update|rollback)\w*-?sql\b/i },
  { mentions: ['migrate'], matches: /^migrate .*\bforce\b/i },
  { mentions: ['artisan'], matches: /^(php )?(\S*\/)?artisan migrate:install\b/i },
  { mentions: ['ef migrations'], matches: /^(dotnet )?(dotnet-)?ef migrations\b/i },
  { mentions: ['diesel'], matches: /^diesel\b.* migration (pending|list|generate)\b/i },
  { mentions: ['sqlx'], matches: /^sqlx\b.* mig(rate)? (add|info)\b/i },
  { mentions: ['sea-orm-cli'], matches: /^sea-orm-cli migrate (init|generate|status)\b/i },
];

/** Ordered from specific to general: the first match counts. */
export const migrationTools: readonly MigrationTool[] = [
  {
    name: 'Prisma',
    mentions: ['prisma'],
    matches: /^prisma (.* )?migrate (deploy|dev|reset)\b/,
    locks: true,
  },
  { name: 'Prisma', mentions: ['prisma'], matches: /^prisma (.* )?db push\b/, locks: false },
  {
    name: 'TypeORM',
    mentions: ['typeorm'],
    matches: /^typeorm(-ts-node-(esm|commonjs))?\b.* (migration:run|schema:sync)\b/,
    locks: false,
  },
  {
    name: 'TypeORM',
    mentions: ['typeorm'],
    matches: /^typeorm(-ts-node-(esm|commonjs))? (migration:run|schema:sync)\b/,
    locks: false,
  },
  { name: 'Sequelize', mentions: ['sequelize'], matches: /^sequelize(-cli)? db:migrate\b/, locks: false },
  { name: 'Knex', mentions: ['knex'], matches: /^knex\b.* ?migrate:(latest|up)\b/, locks: true },
  { name: 'Drizzle', mentions: ['drizzle-kit'], matches: /^drizzle-kit (migrate|push)\b/, locks: false },
  {
    name: 'MikroORM',
    mentions: ['mikro-orm'],
    matches: /^mikro-orm(-esm)? (migration:up|schema:update)\b/,
    locks: false,
  },
  { name: 'node-pg-migrate', mentions: ['node-pg-migrate'], matches: /^node-pg-migrate\b.*\bup\b/, locks: true },
  { name: 'db-migrate', mentions: ['db-migrate'], matches: /^db-migrate\b.*\bup\b/, locks: false },
  { name: 'Umzug', mentions: ['umzug'], matches: /^umzug up\b/, locks: false },
  { name: 'Alembic', mentions: ['alembic'], matches: /^alembic\b.* upgrade\b/, locks: false },
  { name: 'Flask-Migrate', mentions: ['flask'], matches: /^flask\b.*\bdb upgrade\b/, locks: false },
  { name: 'Aerich', mentions: ['aerich'], matches: /^aerich\b.*\bupgrade\b/, locks: false },
  {
    name: 'Django',
    mentions: ['manage.py', 'django'],
    matches: /^(python[\d.]* )?(\S*\/)?(manage\.py|django-admin|django) migrate(_schemas)?(?![\w-])/,
    locks: false,
  },
  { name: 'yoyo', mentions: ['yoyo'], matches: /^yoyo apply\b/, locks: true },
  { name: 'Flyway', mentions: ['flyway'], matches: /^flyway\b.* (migrate|repair)\b/, locks: true, takesSeveral: true },
  { name: 'Flyway', mentions: ['flyway'], matches: /^(mvnw?|gradlew?)\b.* flyway:?migrate\b/i, locks: true },
  { name: 'Liquibase', mentions: ['liquibase'], matches: /^mvnw?\b.* liquibase:update(?= |$)/, locks: true },
  {
    name: 'Liquibase',
    mentions: ['liquibase', 'docker-entrypoint.sh'],
    matches: /^(liquibase|docker-entrypoint\.sh)\b.* update(-?to-?tag|-?count)?(?= |$)/i,
    locks: true,
  },
  // Its command names the migrations or the database: a bare `migrate up` is a custom program.
  {
    name: 'golang-migrate',
    mentions: ['migrate'],
    matches: /^migrate(?=.* --?(path|source|database)\b) .*\b(up|goto)\b/,
    locks: true,
  },
  { name: 'goose', mentions: ['goose'], matches: /^goose\b.*\bup(-to|-by-one)?\b/, locks: false },
  { name: 'dbmate', mentions: ['dbmate'], matches: /^dbmate\b.*\b(up|migrate)\b/, locks: false },
  { name: 'Atlas', mentions: ['atlas'], matches: /^atlas (?=(.* )?(migrate|schema) )(.* )?apply\b/, locks: true },
  { name: 'sql-migrate', mentions: ['sql-migrate'], matches: /^sql-migrate up\b/, locks: false },
  { name: 'tern', mentions: ['tern'], matches: /^tern (.* )?migrate\b/, locks: true },
  {
    name: 'Rails',
    mentions: ['rails', 'rake'],
    matches: /^(rails|rake|gitlab-rake)\b.*\b(db:(migrate|prepare)|redmine:plugins:migrate)\b/,
    locks: true,
    takesSeveral: true,
  },
  {
    name: 'Rails',
    mentions: ['rails', 'rake'],
    matches: /^(rails|rake|gitlab-rake)\b.*\bdb:(schema:load|setup)\b/,
    locks: false,
    takesSeveral: true,
  },
  { name: 'Hanami', mentions: ['hanami'], matches: /^hanami db migrate\b/, locks: false },
  {
    name: 'Laravel',
    mentions: ['artisan'],
    matches: /^(php )?(\S*\/)?artisan (.* )?(tenants:)?migrate(:fresh|:refresh)?(?![\w:-])/,
    locks: false,
  },
  {
    name: 'Doctrine',
    mentions: ['console', 'doctrine'],
    matches:
      /^(php |symfony )?(\S*\/)?(console|doctrine(-migrations)?) (-\S+ )*((doctrine:)?(migrations:migrate|schema:update)|d:m:m|migrate)(?![\w:-])/,
    locks: false,
  },
  { name: 'Phinx', mentions: ['phinx'], matches: /^(php )?(\S*\/)?phinx migrate\b/, locks: false },
  {
    name: 'EF Core',
    mentions: ['ef database update'],
    matches: /^(dotnet )?(dotnet-)?ef database update\b/,
    locks: false,
  },
  { name: 'EF Core', mentions: ['bundle'], matches: /^(efbundle|bundle)(\.exe)?( |$)/, locks: false },
  { name: 'Diesel', mentions: ['diesel'], matches: /^diesel\b.*\b(migration run|setup)\b/, locks: false },
  { name: 'SQLx', mentions: ['sqlx'], matches: /^(cargo )?sqlx\b.*\b(mig(rate)? run|database setup)\b/, locks: true },
  {
    name: 'SeaORM',
    mentions: ['sea-orm-cli', 'migration'],
    matches: /^(sea-orm-cli migrate|migration)\b.*\b(up|fresh|refresh)\b/,
    locks: false,
  },
  {
    name: 'SeaORM',
    mentions: ['sea-orm-cli', 'cargo run'],
    matches: /^sea-orm-cli migrate$|^cargo run (?=.*migration).* up\b/,
    locks: false,
  },
  { name: 'Ecto', mentions: ['ecto'], matches: /^mix ecto\.(migrate|setup)\b/, locks: true },
  { name: 'Ecto', mentions: ['release.migrate'], matches: /\bRelease\.migrate\b/, locks: true },
  { name: 'Hasura', mentions: ['hasura'], matches: /^(hasura|hasura-cli)\b.* (migrate apply|deploy)\b/, locks: false },
  { name: 'Sqitch', mentions: ['sqitch'], matches: /^sqitch\b.*\bdeploy\b/, locks: true },
  { name: 'Yii', mentions: ['yii'], matches: /^(php )?(\S*\/)?yii migrate(\/up)?( |$)/, locks: false },
  { name: 'CakePHP', mentions: ['cake'], matches: /^(php )?(\S*\/)?cake(\.php)? migrations migrate\b/, locks: false },
  { name: 'CodeIgniter', mentions: ['spark'], matches: /^(php )?(\S*\/)?spark migrate\b/, locks: false },
  { name: 'graphile-migrate', mentions: ['graphile-migrate'], matches: /^graphile-migrate migrate\b/, locks: false },
  { name: 'Supabase', mentions: ['supabase'], matches: /^supabase (db push|migration up)\b/, locks: false },
  { name: 'Piccolo', mentions: ['piccolo'], matches: /^piccolo migrations forwards\b/, locks: false },
  { name: 'pgroll', mentions: ['pgroll'], matches: /^pgroll\b.* (migrate|start)\b/, locks: true },
  {
    name: 'AdonisJS',
    mentions: ['ace'],
    matches: /^(node )?(\S*\/)?ace(\.js)? migration:(run|fresh|refresh)\b/,
    locks: true,
  },
  { name: 'migrate-mongo', mentions: ['migrate-mongo'], matches: /^migrate-mongo up\b/, locks: false },
  { name: 'Kysely', mentions: ['kysely'], matches: /^kysely migrate[: ](latest|up)\b/, locks: true },
  { name: 'Payload', mentions: ['payload'], matches: /^payload migrate(:fresh|:refresh)?(?![\w:-])/, locks: false },
  {
    name: 'Directus',
    mentions: ['directus'],
    matches: /^directus (database migrate:(latest|up)|bootstrap)\b/,
    locks: false,
  },
  { name: 'Medusa', mentions: ['medusa'], matches: /^medusa (db:migrate|migrations run)\b/, locks: false },
  { name: 'Superset', mentions: ['superset'], matches: /^superset db upgrade\b/, locks: false },
  { name: 'Airflow', mentions: ['airflow'], matches: /^airflow db (migrate|upgrade)\b/, locks: true },
  { name: 'Drush', mentions: ['drush'], matches: /^drush (.* )?(updatedb|updb|deploy)\b/, locks: false },
  { name: 'Evolve', mentions: ['evolve'], matches: /^evolve migrate\b/, locks: true },
  { name: 'Refinery', mentions: ['refinery'], matches: /^refinery migrate\b/, locks: false },
  { name: 'Kong', mentions: ['kong'], matches: /^kong migrations (bootstrap|up|finish)\b/, locks: true },
];

const migrationScriptName =
  /^((db|database|schema|prisma|typeorm|sequelize|knex|drizzle|run|apply|execute|do|start)[:._-]?)*(migrate|migrations?)([:._-]?(up|run|deploy|latest|apply|prod|production|db|database|all|head|schema|and))*$/i;

const schemaScriptName = /^(apply|update|upgrade)[:._-]?((db|database)[:._-]?)?schema$/i;

/**
 * Whether a custom script or program runs migrations, by its name: `db:migrate:deploy`, `run-migrations`, `migrate`,
 * `apply-schema`.
 */
export function isMigrationScript(name: string): boolean {
  return mentionsMigration(name) ? migrationScriptName.test(name) : schemaScriptName.test(name);
}

/** A quick test before slower patterns, since few texts mention migrations. */
export function mentionsMigration(text: string): boolean {
  return text.toLowerCase().includes('migrat');
}

/**
 * Images whose entry point is a migration tool, so that arguments need no program. Custom images with such a tool are
 * recognised by its flags or words, or by a variable that no other program reads.
 */
export const migrationImages: readonly {
  readonly image: RegExp;
  readonly flag?: RegExp;
  readonly variable?: string;
  /** The first arguments, joined by spaces. */
  readonly words?: RegExp;
  readonly program: string;
}[] = [
  { image: /(^|\/)(golang-)?migrate\/migrate$/, flag: /^--?(path|source|database)(=|$)/, program: 'migrate' },
  { image: /(^|\/)flyway$/, variable: 'FLYWAY_URL', program: 'flyway' },
  {
    image: /(^|\/)liquibase$/,
    flag: /^--changelog-?file\b/i,
    variable: 'LIQUIBASE_COMMAND_URL',
    program: 'liquibase',
  },
  { image: /(^|\/)dbmate$/, program: 'dbmate' },
  { image: /(^|\/)(arigaio|ariga)\/atlas$/, words: /^(schema|migrate) apply .*--?(url|u)\b/, program: 'atlas' },
  { image: /(^|\/)sqitch$/, program: 'sqitch' },
];

/** Variables that only the command line of a migration tool reads, and its name. */
export const toolVariables: ReadonlyMap<string, string> = new Map([
  ['GOOSE_DBSTRING', 'goose'],
  ['FLYWAY_URL', 'Flyway'],
  ['LIQUIBASE_COMMAND_URL', 'Liquibase'],
]);

/** Tools whose name in that of a Job means nothing else. */
export const toolNames: ReadonlyMap<string, string> = new Map([
  ['flyway', 'Flyway'],
  ['liquibase', 'Liquibase'],
  ['alembic', 'Alembic'],
  ['sqitch', 'Sqitch'],
  ['dbmate', 'dbmate'],
]);

/** Whether an image is one of a migration tool. */
export function isMigrationImage(repository: string): boolean {
  return migrationImages.some(({ image }) => image.test(repository));
}

/** Names of Jobs that move something other than a database's schema: stored API objects, volumes, buckets. */
export const otherMigration =
  /storage-?version|crds?\b|-resources?\b|\b(pvc|pv|volumes?|storage|buckets?|s3|minio|secrets|cluster|nodes|velero|etcd)\b|keycloak-?migration|\bflux-cli\b/i;
