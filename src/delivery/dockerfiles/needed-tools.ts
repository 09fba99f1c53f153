import type { Migration } from '../../model/migrations/migration.ts';
import { type Packages, scriptText } from '../packages/packages.ts';

/** The packages with the commands of tools, and the words that call them. */
const packages: readonly (readonly [name: string, calls: RegExp])[] = [
  ['prisma', /\bprisma\b/],
  ['sequelize-cli', /\bsequelize(-cli)?\b/],
  ['drizzle-kit', /\bdrizzle-kit\b/],
  ['@mikro-orm/cli', /\bmikro-orm(-esm)?\b/],
  ['node-pg-migrate', /\bnode-pg-migrate\b/],
  ['db-migrate', /\bdb-migrate\b/],
  ['knex', /\bknex\b/],
  ['ts-node', /\bts-node\b/],
  ['tsx', /\btsx\b/],
];

/**
 * The packages whose commands the migrations run, also through scripts of package.json. If it is not known what a
 * migration runs, all of them. A package that the command names with a version is downloaded, so it is not needed.
 */
export function neededTools(migrations: readonly Migration[], known: Packages): string[] {
  const texts = migrations.map(({ command }) => (command === undefined ? undefined : scriptText(command.text, known)));
  return packages.flatMap(([name, calls]) => {
    const runs = texts.some((text) => text === undefined || (calls.test(text) && !text.includes(`${name}@`)));
    return runs ? [name] : [];
  });
}
