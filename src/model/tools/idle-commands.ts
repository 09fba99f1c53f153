/** The words of each tool for inspecting, printing and reverting. `flyway info migrate` also migrates, so it is not idle. */
export const idleCommands = new RegExp(
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

/** The last word of one of these commands, if it reverts migrations. */
export const revertingWord = /(^|[:.])(undo|down|down-to|reset|rollback|revert|downgrade)$/;
