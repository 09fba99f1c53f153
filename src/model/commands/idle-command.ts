import type { PackageScript } from '../../objects/package-script.ts';
import type { Field } from '../../objects/view.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { containerInvocations } from '../migrations/migration-command.ts';
import { findRiskyCommand } from './risky-command.ts';

/** A command of a migration tool that applies nothing. */
export interface IdleCommand {
  readonly text: string;
  /** Whether it reverts migrations; others only inspect or print. */
  readonly isUndone: boolean;
  readonly field: Field<string>;
  readonly script: PackageScript | undefined;
}

/** The only command of a migration Job, if it is idle. With several, another may apply the migrations. */
export function findIdleCommand(migration: Migration): IdleCommand | undefined {
  const container = migratingContainer(migration);
  if (migration.command !== undefined || container === undefined) return undefined;
  // Some Jobs are only meant to check.
  if (/check|verif|status|validat|lint/i.test(migration.job.object.name.value ?? '')) return undefined;
  const [invocation, ...others] = containerInvocations(container);
  // A command that drops data is reported as such.
  if (invocation === undefined || others.length > 0 || findRiskyCommand(container) !== undefined) return undefined;
  const { words, field, fields, script } = invocation;
  const [found = ''] = idle.exec(words.join(' ').slice(0, longestCommand)) ?? [];
  if (found === '') return undefined;
  const word = found.split(' ').at(-1) ?? '';
  const at = fields?.find(({ value }) => value === word) ?? field;
  return { text: found, isUndone: undoes.test(word), field: at, script };
}

/** What a command does is at its beginning. */
const longestCommand = 1000;

/** The words of each tool for inspecting, printing and reverting. `flyway info migrate` also migrates, so it is not idle. */
const idle = new RegExp(
  [
    'flyway(?!.* migrate( |$)).* (info|validate|undo)',
    'liquibase(?!.* update( |$)).* (status|validate|history|diff|update-?sql|rollback)',
    'migrate (?=.*-(path|source|database)).* (version|down)',
    'goose .*(status|version|validate|down|down-to|reset)',
    'dbmate (.* )?(status|dump|down|rollback)',
    'alembic (.* )?(current|history|heads|check|show|downgrade)',
    'flask (.* )?db (current|history|heads|check|show|downgrade)',
    'prisma (.* )?migrate (status|diff)',
    'knex (.* )?migrate:(status|list|currentVersion|down|rollback)',
    'typeorm\\S* (.* )?migration:(show|revert)',
    'sequelize(-cli)? (.* )?db:migrate:(status|undo)',
    'drizzle-kit (generate|check)',
    'atlas (.* )?migrate (status|lint|validate|hash|down)',
    'sql-migrate (status|down)',
    'diesel (.* )?migration (list|pending|revert)',
    'sqlx (.* )?migrate (info|revert)',
    'rails (.* )?db:(migrate:status|version|rollback)',
    'mix ecto\\.(migrations|rollback)',
    '(php )?(\\S*/)?artisan migrate:(status|rollback)',
    'sqitch (.* )?(status|verify|log|revert)',
  ]
    .map((command) => `^${command}(?= |$)`)
    .join('|'),
);

const undoes = /(^|[:.])(undo|down|down-to|reset|rollback|revert|downgrade)$/;
