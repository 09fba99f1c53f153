import { type CommandLine, readInvocations } from './command-line.ts';
import type { PackageScript } from './package-script.ts';
import type { Field } from './view.ts';

/** A command of a migration tool that is not for a database that somebody uses. */
export interface RiskyCommand {
  /** `destroys`: it drops data; `develops`: it is made for a developer's own database. */
  readonly kind: 'destroys' | 'develops';
  /** The words that make it so. */
  readonly words: string;
  /** What it does, after "which". */
  readonly effect: string;
  /** What to run instead. */
  readonly instead: string;
  readonly field: Field<string>;
  /** The script of a package.json that holds it, if one does. */
  readonly script: PackageScript | undefined;
}

type Pattern = Omit<RiskyCommand, 'field' | 'words' | 'script'> & { readonly matches: RegExp };

const drops = { kind: 'destroys', effect: 'drops what the database holds' } as const;

/** The tools' own manuals say of each that it is for development, or that it drops. The first that matches counts. */
const patterns: readonly Pattern[] = [
  { ...drops, matches: /^prisma migrate reset\b/, instead: 'prisma migrate deploy' },
  {
    kind: 'destroys',
    matches: /^prisma db push\b.*--(accept-data-loss|force-reset)\b/,
    effect: 'drops columns and tables that the schema no longer has',
    instead: 'prisma migrate deploy',
  },
  {
    kind: 'develops',
    matches: /^prisma migrate dev\b/,
    effect: 'is for development: it may reset the database, and refuses to run where nobody can answer it',
    instead: 'prisma migrate deploy',
  },
  {
    kind: 'develops',
    matches: /^prisma db push\b/,
    effect: 'is for prototypes: it changes the schema without a migration that anybody has seen',
    instead: 'prisma migrate deploy',
  },
  { ...drops, matches: /^typeorm\S*( .*)? schema:drop\b/, instead: 'typeorm migration:run' },
  {
    kind: 'destroys',
    matches: /^typeorm\S*( .*)? schema:sync\b/,
    effect: 'drops columns and tables that the entities no longer have',
    instead: 'typeorm migration:run',
  },
  {
    ...drops,
    matches: /^mikro-orm\S*( .*)? (schema:(fresh|drop)|migration:fresh)\b/,
    instead: 'mikro-orm migration:up',
  },
  {
    kind: 'develops',
    matches: /^mikro-orm\S*( .*)? schema:update\b/,
    effect: 'is for development: it changes the schema without a migration that anybody has seen',
    instead: 'mikro-orm migration:up',
  },
  { ...drops, matches: /^sequelize(-cli)? db:(drop|migrate:undo:all)\b/, instead: 'sequelize db:migrate' },
  {
    kind: 'develops',
    matches: /^drizzle-kit push\b/,
    effect: 'is for prototypes: it changes the schema without a migration that anybody has seen',
    instead: 'drizzle-kit migrate',
  },
  {
    ...drops,
    matches: /^(php )?(\S*\/)?artisan (migrate:(fresh|refresh|reset)|db:wipe)\b/,
    instead: 'php artisan migrate --force',
  },
  {
    ...drops,
    matches: /^(rails|rake)\b.*\bdb:(reset|drop|migrate:reset|schema:load|setup)\b/,
    instead: 'rails db:migrate',
  },
  {
    kind: 'destroys',
    matches: /^(php )?(\S*\/)?(console|doctrine) (doctrine|orm):schema:(update\b.*--force|drop)\b/,
    effect: 'changes the schema without a migration, and drops what the entities no longer have',
    instead: 'doctrine:migrations:migrate',
  },
  { ...drops, matches: /^flyway\b.* clean\b/, instead: 'flyway migrate' },
  { ...drops, matches: /^liquibase\b.* drop-?all\b/i, instead: 'liquibase update' },
  { ...drops, matches: /^migrate\b.* drop\b/, instead: 'migrate up' },
  { ...drops, matches: /^goose\b.* reset\b/, instead: 'goose up' },
  { ...drops, matches: /^dbmate\b.* drop\b/, instead: 'dbmate up' },
  { ...drops, matches: /^(sea-orm-cli migrate|migration) (fresh|refresh|reset)\b/, instead: 'sea-orm-cli migrate up' },
  { ...drops, matches: /^mix ecto\.(reset|drop)\b/, instead: 'mix ecto.migrate' },
  { ...drops, matches: /^diesel\b.* database reset\b/, instead: 'diesel migration run' },
  { ...drops, matches: /^(cargo )?sqlx\b.* database (reset|drop)\b/, instead: 'sqlx migrate run' },
  { ...drops, matches: /^(dotnet )?(dotnet-)?ef database drop\b/, instead: 'dotnet ef database update' },
  {
    ...drops,
    matches: /^(python[\d.]* )?(\S*\/)?(manage\.py|django-admin|django) (flush|reset_db)\b/,
    instead: 'python manage.py migrate',
  },
];

/** The first such command of a container. */
export function findRiskyCommand(container: CommandLine): RiskyCommand | undefined {
  for (const { words, field, fields, script } of readInvocations(container)) {
    const command = words.join(' ');
    for (const { matches, ...pattern } of patterns) {
      const found = matches.exec(command)?.[0];
      if (found === undefined) continue;
      const last = found.split(' ').at(-1);
      return { ...pattern, words: found, field: fields?.find(({ value }) => value === last) ?? field, script };
    }
  }
  return undefined;
}
