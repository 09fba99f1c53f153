import type { Container } from '../../objects/workload.ts';

/** Whether a command fails or waits while migrations are pending. In an init container commands that list them count, too. */
export function checksSchema(command: string, role: Container['role']): boolean {
  return failsWhilePending.test(command) || (role === 'init' && listsPending.test(command));
}

const failsWhilePending =
  /\bmigrate --check\b|db:abort_if_pending_migrations|\bmigrate status\b|\bcheck-migrations\b|\bmigrations? (--)?check\b|^alembic (check|current --check-heads)\b|migrations:up-to-date\b|^dbmate (.* )?status --exit-code\b/;

const listsPending =
  /^(prisma|typeorm|sequelize|knex|drizzle-kit|mikro-orm|alembic|flask|flyway|liquibase|migrate|goose|dbmate|atlas|sql-migrate|tern|rails|rake|phinx|diesel|sqlx|sea-orm-cli|mix|hasura|sqitch|php|console)\b.*[ :.](check|status|pending|validate|info|verify|current|version|show|list|migrations)\b/;
