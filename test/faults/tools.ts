// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that a shell fills.
/** A migration tool as a Job starts it. */
export interface Tool {
  readonly name: string;
  /** The lines of the container that start it. */
  readonly command: string;
  /** The variable that it takes the database's URL from; DATABASE_URL where nothing else is said. */
  readonly variable?: string;
}

const shell = (script: string): string => `command: [sh, -c, ${JSON.stringify(script)}]`;

/** The tool where it does not matter. */
export const firstTool: Tool = { name: 'Prisma', command: 'command: [npx, prisma, migrate, deploy]' };

/** The tools, each in a spelling of its own. */
export const tools: readonly Tool[] = [
  firstTool,
  { name: 'Prisma in a shell', command: shell('set -e; npx prisma migrate deploy && echo done') },
  { name: 'Alembic', command: 'command: [alembic, upgrade, head]' },
  { name: 'Alembic by Python', command: 'command: [python, -m, alembic, -c, /app/alembic.ini, upgrade, head]' },
  { name: 'Flask', command: 'command: [poetry, run, flask, db, upgrade]' },
  { name: 'Django', command: 'command: [python, manage.py, migrate, --noinput]' },
  { name: 'Flyway', command: 'command: [flyway, -connectRetries=60, migrate]', variable: 'FLYWAY_URL' },
  { name: 'Flyway from its folder', command: 'args: [/flyway/flyway, migrate]', variable: 'FLYWAY_URL' },
  {
    name: 'Liquibase',
    command: 'command: [liquibase, --changelog-file=changelog.xml, update]',
    variable: 'LIQUIBASE_COMMAND_URL',
  },
  { name: 'Rails', command: 'command: [bundle, exec, rails, "db:migrate"]' },
  { name: 'Rails by its own script', command: 'command: [./bin/rails, "db:prepare"]' },
  { name: 'Knex', command: 'command: [npx, knex, "migrate:latest", --env, production]' },
  { name: 'TypeORM', command: 'command: [npx, typeorm, "migration:run", -d, dist/data-source.js]' },
  { name: 'TypeORM by npm', command: 'command: [npm, run, "typeorm:migration:run"]' },
  { name: 'Sequelize', command: 'command: [yarn, sequelize-cli, "db:migrate"]' },
  { name: 'Drizzle', command: 'command: [pnpm, exec, drizzle-kit, migrate]' },
  { name: 'goose', command: shell('goose -dir /migrations postgres "$DATABASE_URL" up') },
  { name: 'goose by its variables', command: 'command: [goose, up]', variable: 'GOOSE_DBSTRING' },
  { name: 'Atlas', command: 'command: [atlas, migrate, apply, --url, $(DATABASE_URL)]' },
  { name: 'golang-migrate', command: 'command: [migrate, -path, /migrations, -database, $(DATABASE_URL), up]' },
  {
    name: 'golang-migrate with equal signs',
    command: 'command: [migrate, -path=/migrations, -database=$(DATABASE_URL), up]',
  },
  { name: 'golang-migrate in a shell', command: shell('migrate -path /migrations -database "${DATABASE_URL}" up') },
  { name: 'dbmate', command: 'command: [dbmate, --wait, up]' },
  {
    name: 'EF Core',
    command: 'command: [dotnet, ef, database, update]',
    variable: 'ConnectionStrings__DefaultConnection',
  },
  { name: 'EF Core bundle', command: 'command: [./efbundle]', variable: 'ConnectionStrings__DefaultConnection' },
  { name: 'EF Core bundle with a connection', command: 'command: [./efbundle, --connection, $(DATABASE_URL)]' },
  { name: 'SQLx', command: 'command: [sqlx, migrate, run]' },
  { name: 'Diesel', command: 'command: [diesel, migration, run]' },
  { name: 'Laravel', command: 'command: [php, artisan, migrate, --force]' },
  { name: 'Ecto', command: 'command: [mix, ecto.migrate]' },
  { name: 'Ecto in a release', command: 'command: [bin/shop, eval, Shop.Release.migrate]' },
  { name: 'Doctrine', command: 'command: [php, bin/console, "doctrine:migrations:migrate", --no-interaction]' },
  { name: 'a script of npm', command: 'command: [npm, run, "db:migrate:deploy"]' },
  { name: 'a script of its own', command: 'command: [node, dist/migrate.js]' },
  { name: 'a program of its own', command: 'command: [/app/shop, migrate]' },
];
