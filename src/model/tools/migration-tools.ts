import type { CommandPattern } from './command-pattern.ts';

/** A tool that changes a database's schema, and the pattern of the commands that apply migrations. */
export interface MigrationTool extends CommandPattern {
  readonly name: string;
  /** Whether it takes a lock in the database, so that concurrent and repeated runs are safe. */
  readonly locks: boolean;
  /** Whether it takes several commands at once, such as `flyway info migrate`, so that harmless ones do not count. */
  readonly takesSeveral?: true;
}

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
