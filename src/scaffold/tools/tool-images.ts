import { databaseUrl, type ScaffoldTool } from '../scaffold-tool.ts';

const jdbcUrl = 'jdbc:postgresql://HOST:5432/DATABASE';

/** The migrations of a tool with its own image. */
const copyMigrations = 'COPY migrations /migrations\n';

/** Tools with their own image, to which only the service's migrations are added. */
export const imageTools: readonly ScaffoldTool[] = [
  {
    id: 'flyway',
    name: 'Flyway',
    command: ['flyway', 'migrate'],
    secrets: { FLYWAY_URL: jdbcUrl, FLYWAY_USER: 'USER', FLYWAY_PASSWORD: 'PASSWORD' },
    dockerfile: `FROM flyway/flyway:11.17.2-alpine
COPY migrations /flyway/sql
`,
    expects: ['migrations with V1__first.sql and so on'],
    containsService: false,
  },
  {
    id: 'liquibase',
    name: 'Liquibase',
    command: ['liquibase', 'update', '--search-path=/liquibase/changelog', '--changelog-file=changelog.yaml'],
    secrets: {
      LIQUIBASE_COMMAND_URL: jdbcUrl,
      LIQUIBASE_COMMAND_USERNAME: 'USER',
      LIQUIBASE_COMMAND_PASSWORD: 'PASSWORD',
    },
    dockerfile: `FROM liquibase/liquibase:4.33.0
COPY changelog /liquibase/changelog
`,
    expects: ['changelog/changelog.yaml'],
    containsService: false,
  },
  {
    id: 'sqitch',
    name: 'Sqitch',
    command: ['sqitch', 'deploy'],
    secrets: { ...databaseUrl, SQITCH_TARGET: 'db:pg://USER:PASSWORD@HOST:5432/DATABASE' },
    dockerfile: `FROM sqitch/sqitch:v1.5.2.0
WORKDIR /repo
# Sqitch records who deployed.
ENV SQITCH_FULLNAME=migration SQITCH_EMAIL=migration@localhost
COPY sqitch.conf sqitch.plan ./
COPY deploy ./deploy
COPY revert ./revert
COPY verify ./verify
`,
    expects: ['sqitch.conf and sqitch.plan', 'deploy, revert and verify'],
    containsService: false,
  },
  {
    id: 'golang-migrate',
    name: 'golang-migrate',
    command: ['migrate', '-path', '/migrations', '-database', '$(DATABASE_URL)', 'up'],
    secrets: databaseUrl,
    dockerfile: `FROM migrate/migrate:v4.18.3
${copyMigrations}`,
    expects: ['migrations with 1_first.up.sql and so on'],
    containsService: false,
  },
  {
    id: 'dbmate',
    name: 'dbmate',
    command: ['dbmate', '--migrations-dir', '/migrations', '--no-dump-schema', 'migrate'],
    secrets: databaseUrl,
    dockerfile: `FROM amacneil/dbmate:2.32.0
${copyMigrations}`,
    expects: ['migrations with 1_first.sql and so on'],
    containsService: false,
  },
  {
    id: 'atlas',
    name: 'Atlas',
    command: ['/atlas', 'migrate', 'apply', '--dir', 'file:///migrations', '--url', '$(DATABASE_URL)'],
    secrets: databaseUrl,
    dockerfile: `FROM arigaio/atlas:0.38.0
${copyMigrations}`,
    expects: ['migrations with atlas.sum'],
    containsService: false,
  },
];
