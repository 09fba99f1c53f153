import type { CommandPattern } from './command-pattern.ts';

/** A pattern for commands that should not run on a database in use. */
export interface RiskyPattern extends CommandPattern {
  /** `destroys`: it drops data. `develops`: it is meant for a developer's own database, or asks for confirmation. */
  readonly kind: 'destroys' | 'develops';
  /** What it does, after "which". */
  readonly effect: string;
  /** What to run instead. */
  readonly instead: string;
}

const drops = { kind: 'destroys', effect: 'drops what the database holds' } as const;

/** According to the tools' own manuals each of these drops data or is for development. The first match counts. */
export const riskyCommands: readonly RiskyPattern[] = [
  { ...drops, mentions: ['prisma'], matches: /^prisma migrate reset\b/, instead: 'prisma migrate deploy' },
  {
    kind: 'destroys',
    mentions: ['prisma'],
    matches: /^prisma db push\b.*--(accept-data-loss|force-reset)\b/,
    effect: 'drops columns and tables that the schema no longer has',
    instead: 'prisma migrate deploy',
  },
  {
    kind: 'develops',
    mentions: ['prisma'],
    matches: /^prisma migrate dev\b/,
    effect: 'is for development: it may reset the database, and refuses to run where nobody can answer it',
    instead: 'prisma migrate deploy',
  },
  {
    kind: 'develops',
    mentions: ['prisma'],
    matches: /^prisma db push\b/,
    effect: 'is for prototypes: it changes the schema without a migration that anybody has seen',
    instead: 'prisma migrate deploy',
  },
  { ...drops, mentions: ['typeorm'], matches: /^typeorm\S*( .*)? schema:drop\b/, instead: 'typeorm migration:run' },
  {
    kind: 'destroys',
    mentions: ['typeorm'],
    matches: /^typeorm\S*( .*)? schema:sync\b/,
    effect: 'drops columns and tables that the entities no longer have',
    instead: 'typeorm migration:run',
  },
  {
    ...drops,
    mentions: ['mikro-orm'],
    matches: /^mikro-orm\S*( .*)? (schema:(fresh|drop)|migration:fresh)\b/,
    instead: 'mikro-orm migration:up',
  },
  {
    kind: 'develops',
    mentions: ['mikro-orm'],
    matches: /^mikro-orm\S*( .*)? schema:update\b/,
    effect: 'is for development: it changes the schema without a migration that anybody has seen',
    instead: 'mikro-orm migration:up',
  },
  {
    ...drops,
    mentions: ['sequelize'],
    matches: /^sequelize(-cli)? db:(drop|migrate:undo:all)\b/,
    instead: 'sequelize db:migrate',
  },
  {
    kind: 'develops',
    mentions: ['drizzle-kit'],
    matches: /^drizzle-kit push\b/,
    effect: 'is for prototypes: it changes the schema without a migration that anybody has seen',
    instead: 'drizzle-kit migrate',
  },
  {
    ...drops,
    mentions: ['artisan'],
    matches: /^(php )?(\S*\/)?artisan (migrate:(fresh|refresh|reset)|db:wipe)\b/,
    instead: 'php artisan migrate --force',
  },
  {
    kind: 'develops',
    mentions: ['artisan'],
    matches: /^(php )?(\S*\/)?artisan migrate(?![\w:-])(?!.*--(force|pretend)\b)/,
    effect: 'asks for confirmation if `APP_ENV` is `production`, and gives up if nobody can answer',
    instead: 'php artisan migrate --force',
  },
  {
    ...drops,
    mentions: ['rails', 'rake'],
    matches: /^(rails|rake)\b.*\bdb:(reset|drop|migrate:reset)\b/,
    instead: 'rails db:migrate',
  },
  {
    kind: 'destroys',
    mentions: ['rails', 'rake'],
    matches: /^(rails|rake)\b.*\bdb:(schema:load|setup)\b/,
    effect: 'creates all tables anew: it drops those that exist, or refuses to if `RAILS_ENV` is `production`',
    instead: 'rails db:prepare',
  },
  {
    kind: 'destroys',
    mentions: ['console', 'doctrine'],
    matches: /^(php )?(\S*\/)?(console|doctrine) (doctrine|orm):schema:(update\b.*--force|drop)\b/,
    effect: 'changes the schema without a migration, and drops what the entities no longer have',
    instead: 'doctrine:migrations:migrate',
  },
  { ...drops, mentions: ['flyway'], matches: /^flyway\b.* clean\b/, instead: 'flyway migrate' },
  { ...drops, mentions: ['liquibase'], matches: /^liquibase\b.* drop-?all\b/i, instead: 'liquibase update' },
  { ...drops, mentions: ['migrate'], matches: /^migrate\b.* drop\b/, instead: 'migrate up' },
  { ...drops, mentions: ['goose'], matches: /^goose\b.* reset\b/, instead: 'goose up' },
  { ...drops, mentions: ['dbmate'], matches: /^dbmate\b.* drop\b/, instead: 'dbmate up' },
  {
    ...drops,
    mentions: ['sea-orm-cli', 'migration'],
    matches: /^(sea-orm-cli migrate|migration) (fresh|refresh|reset)\b/,
    instead: 'sea-orm-cli migrate up',
  },
  { ...drops, mentions: ['ecto'], matches: /^mix ecto\.(reset|drop)\b/, instead: 'mix ecto.migrate' },
  { ...drops, mentions: ['diesel'], matches: /^diesel\b.* database reset\b/, instead: 'diesel migration run' },
  {
    kind: 'develops',
    mentions: ['atlas'],
    matches: /^atlas (?=(.* )?schema )(?!.*--(auto-approve|dry-run)\b)(.* )?apply\b/,
    effect: 'asks for approval, and fails if nobody can answer',
    instead: 'atlas schema apply --auto-approve',
  },
  { ...drops, mentions: ['sqlx'], matches: /^(cargo )?sqlx\b.* database (reset|drop)\b/, instead: 'sqlx migrate run' },
  {
    ...drops,
    mentions: ['ef database drop'],
    matches: /^(dotnet )?(dotnet-)?ef database drop\b/,
    instead: 'dotnet ef database update',
  },
  {
    ...drops,
    mentions: ['manage.py', 'django'],
    matches: /^(python[\d.]* )?(\S*\/)?(manage\.py|django-admin|django) (flush|reset_db)\b/,
    instead: 'python manage.py migrate',
  },
];
