/** A tool that changes a database's schema, and how its command line tells that it is going to. */
export interface MigrationTool {
  readonly name: string;
  /** Matches the command (program without folder and runner, words joined by single spaces) that applies migrations. */
  readonly applies: RegExp;
  /** Whether it takes a lock in the database, so that two runs at once do no harm and a repeated one is safe. */
  readonly locks: boolean;
  /** It takes several commands at once, such as `flyway info migrate`: what others do does not count. */
  readonly takesSeveral?: true;
}

/** Words that make any of these commands harmless: it looks, writes files, or undoes. */
export const harmlessCommand =
  /(^|\s)(--check|--check-only|--dry-run|--dryrun|--plan|--list|--help|--version|--sql|--fake)(\s|=|$)|(^|[\s:_-])(status|generate|create|make:\w+|new|validate|diff|lint|info|history|current|show|list|version|rollback|down|downgrade|revert|undo|help)([\s:_-]|$)/i;

/** Commands of tools that look or write files though their words say otherwise. */
export const harmlessOfTools =
  /^(prisma migrate resolve|aerich migrate|flask\b.* ?db migrate|liquibase\b.* (update|rollback)\w*-?sql|migrate .*\bforce|(php )?(\S*\/)?artisan migrate:install|(dotnet )?(dotnet-)?ef migrations|diesel\b.* migration (pending|list|generate)|sqlx\b.* mig(rate)? (add|info)|sqlx mig(rate)? (add|info)|sea-orm-cli migrate (init|generate|status))\b/i;

/** Ordered from the particular to the general: the first that matches names the tool. */
export const migrationTools: readonly MigrationTool[] = [
  { name: 'Prisma', applies: /^prisma (.* )?(migrate (deploy|dev|reset)|db push)\b/, locks: true },
  { name: 'TypeORM', applies: /^typeorm(-ts-node-(esm|commonjs))?\b.* (migration:run|schema:sync)\b/, locks: false },
  { name: 'TypeORM', applies: /^typeorm(-ts-node-(esm|commonjs))? (migration:run|schema:sync)\b/, locks: false },
  { name: 'Sequelize', applies: /^sequelize(-cli)? db:migrate\b/, locks: false },
  { name: 'Knex', applies: /^knex\b.* ?migrate:(latest|up)\b/, locks: true },
  { name: 'Drizzle', applies: /^drizzle-kit (migrate|push)\b/, locks: false },
  { name: 'MikroORM', applies: /^mikro-orm(-esm)? (migration:up|schema:update)\b/, locks: false },
  { name: 'node-pg-migrate', applies: /^node-pg-migrate\b.*\bup\b/, locks: true },
  { name: 'db-migrate', applies: /^db-migrate\b.*\bup\b/, locks: false },
  { name: 'Umzug', applies: /^umzug up\b/, locks: false },
  { name: 'Alembic', applies: /^alembic\b.* upgrade\b/, locks: false },
  { name: 'Flask-Migrate', applies: /^flask\b.*\bdb upgrade\b/, locks: false },
  { name: 'Aerich', applies: /^aerich\b.*\bupgrade\b/, locks: false },
  {
    name: 'Django',
    applies: /^(python[\d.]* )?(\S*\/)?(manage\.py|django-admin|django) migrate(_schemas)?(?![\w-])/,
    locks: false,
  },
  { name: 'yoyo', applies: /^yoyo apply\b/, locks: true },
  { name: 'Flyway', applies: /^flyway\b.* (migrate|repair)\b/, locks: true, takesSeveral: true },
  { name: 'Flyway', applies: /^(mvnw?|gradlew?)\b.* flyway:?migrate\b/i, locks: true },
  { name: 'Liquibase', applies: /^mvnw?\b.* liquibase:update(?= |$)/, locks: true },
  {
    name: 'Liquibase',
    applies: /^(liquibase|docker-entrypoint\.sh)\b.* update(-?to-?tag|-?count)?(?= |$)/i,
    locks: true,
  },
  { name: 'golang-migrate', applies: /^migrate .*\b(up|goto)\b/, locks: true },
  { name: 'goose', applies: /^goose\b.*\bup(-to|-by-one)?\b/, locks: false },
  { name: 'dbmate', applies: /^dbmate\b.*\b(up|migrate)\b/, locks: false },
  { name: 'Atlas', applies: /^atlas (.* )?(migrate|schema) (.* )?apply\b/, locks: true },
  { name: 'sql-migrate', applies: /^sql-migrate up\b/, locks: false },
  { name: 'tern', applies: /^tern (.* )?migrate\b/, locks: true },
  {
    name: 'Rails',
    applies: /^(rails|rake|gitlab-rake)\b.*\bdb:(migrate|prepare|schema:load|setup)\b/,
    locks: true,
    takesSeveral: true,
  },
  { name: 'Hanami', applies: /^hanami db migrate\b/, locks: false },
  {
    name: 'Laravel',
    applies: /^(php )?(\S*\/)?artisan (.* )?(tenants:)?migrate(:fresh|:refresh)?(?![\w:-])/,
    locks: false,
  },
  {
    name: 'Doctrine',
    applies:
      /^(php |symfony )?(\S*\/)?(console|doctrine(-migrations)?) (-\S+ )*((doctrine:)?(migrations:migrate|schema:update)|d:m:m|migrate)(?![\w:-])/,
    locks: false,
  },
  { name: 'Phinx', applies: /^(php )?(\S*\/)?phinx migrate\b/, locks: false },
  { name: 'EF Core', applies: /^(dotnet )?(dotnet-)?ef database update\b/, locks: false },
  { name: 'EF Core', applies: /^(efbundle|bundle)(\.exe)?( |$)/, locks: false },
  { name: 'Diesel', applies: /^diesel\b.*\b(migration run|setup)\b/, locks: false },
  { name: 'SQLx', applies: /^(cargo )?sqlx\b.*\b(mig(rate)? run|database setup)\b/, locks: true },
  { name: 'SeaORM', applies: /^(sea-orm-cli migrate|migration)\b.*\b(up|fresh|refresh)\b/, locks: false },
  { name: 'SeaORM', applies: /^sea-orm-cli migrate$|^cargo run .*migration.* up\b/, locks: false },
  { name: 'Ecto', applies: /^mix ecto\.(migrate|setup)\b/, locks: true },
  { name: 'Ecto', applies: /\bRelease\.migrate\b/, locks: true },
  { name: 'Hasura', applies: /^(hasura|hasura-cli)\b.* (migrate apply|deploy)\b/, locks: false },
  { name: 'Sqitch', applies: /^sqitch\b.*\bdeploy\b/, locks: true },
  { name: 'Yii', applies: /^(php )?(\S*\/)?yii migrate(\/up)?( |$)/, locks: false },
  { name: 'CakePHP', applies: /^(php )?(\S*\/)?cake(\.php)? migrations migrate\b/, locks: false },
  { name: 'CodeIgniter', applies: /^(php )?(\S*\/)?spark migrate\b/, locks: false },
  { name: 'graphile-migrate', applies: /^graphile-migrate migrate\b/, locks: false },
  { name: 'Supabase', applies: /^supabase (db push|migration up)\b/, locks: false },
  { name: 'Piccolo', applies: /^piccolo migrations forwards\b/, locks: false },
  { name: 'pgroll', applies: /^pgroll\b.* (migrate|start)\b/, locks: true },
  { name: 'AdonisJS', applies: /^(node )?(\S*\/)?ace(\.js)? migration:(run|fresh|refresh)\b/, locks: true },
  { name: 'migrate-mongo', applies: /^migrate-mongo up\b/, locks: false },
  { name: 'Kysely', applies: /^kysely migrate[: ](latest|up)\b/, locks: true },
  { name: 'Payload', applies: /^payload migrate(:fresh|:refresh)?(?![\w:-])/, locks: false },
  { name: 'Directus', applies: /^directus (database migrate:(latest|up)|bootstrap)\b/, locks: false },
  { name: 'Medusa', applies: /^medusa (db:migrate|migrations run)\b/, locks: false },
  { name: 'Superset', applies: /^superset db upgrade\b/, locks: false },
  { name: 'Airflow', applies: /^airflow db (migrate|upgrade)\b/, locks: true },
  { name: 'Drush', applies: /^drush (.* )?(updatedb|updb|deploy)\b/, locks: false },
  { name: 'Evolve', applies: /^evolve migrate\b/, locks: true },
  { name: 'Refinery', applies: /^refinery migrate\b/, locks: false },
  { name: 'Kong', applies: /^kong migrations (bootstrap|up|finish)\b/, locks: true },
];

/** Names of scripts and programs of one's own that run migrations: `db:migrate:deploy`, `run-migrations.sh`, `migrate`. */
export const migrationScriptName =
  /^((db|database|schema|prisma|typeorm|sequelize|knex|drizzle|run|apply|execute|do|start)[:._-]?)*(migrate|migrations?)([:._-]?(up|run|deploy|latest|apply|prod|production|db|database|all|head|schema|and))*$/i;

/** Images whose entry point is a tool that migrates when given arguments without a program. */
export const migrationImages: readonly { readonly image: RegExp; readonly program: string }[] = [
  { image: /(^|\/)(golang-)?migrate\/migrate$/, program: 'migrate' },
  { image: /(^|\/)flyway$/, program: 'flyway' },
  { image: /(^|\/)liquibase$/, program: 'liquibase' },
  { image: /(^|\/)dbmate$/, program: 'dbmate' },
  { image: /(^|\/)(arigaio|ariga)\/atlas$/, program: 'atlas' },
  { image: /(^|\/)sqitch$/, program: 'sqitch' },
];

/** Names of Jobs that move something other than a database's schema: stored API objects, volumes, buckets. */
export const otherMigration =
  /storage-?version|crds?\b|-resources?\b|\b(pvc|pv|volumes?|storage|buckets?|s3|minio|secrets|cluster|nodes|velero|etcd)\b|keycloak-?migration/i;
