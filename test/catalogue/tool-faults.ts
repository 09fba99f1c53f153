import { type Fault, fieldFaults } from './fault.ts';

const command = ['spec', 'template', 'spec', 'containers', 0, 'command'] as const;
const onlyInTheBase = { not: ['by a JSON patch', 'by a merge patch', 'by a component'] } as const;

/** What a service must not run, by each tool. */
const migrating = [
  'npx typeorm migration:run -d dist/data-source.js',
  'npx sequelize-cli db:migrate',
  'npx knex migrate:latest',
  'npx drizzle-kit migrate',
  'npx mikro-orm migration:up',
  'npx node-pg-migrate up',
  'alembic upgrade head',
  'python -m flask db upgrade',
  'poetry run python manage.py migrate --noinput',
  'aerich upgrade',
  'flyway -url=jdbc:postgresql://db/app migrate',
  'liquibase --changelog-file=changelog.xml update',
  'migrate -path /migrations -database $(DATABASE_URL) up',
  'goose -dir migrations postgres up',
  'dbmate up',
  'atlas migrate apply --url env://URL',
  'sql-migrate up',
  'tern migrate',
  'bundle exec rails db:migrate',
  'php artisan migrate --force',
  'php bin/console doctrine:migrations:migrate --no-interaction',
  'vendor/bin/phinx migrate -e production',
  'dotnet ef database update',
  './efbundle',
  'diesel migration run',
  'sqlx migrate run',
  'sea-orm-cli migrate up',
  'mix ecto.migrate',
  'bin/app eval App.Release.migrate',
  'hasura migrate apply --all-databases',
  'sqitch deploy',
];

/** What a Job must not run, by each tool. */
const destroying = [
  'typeorm schema:drop',
  'sequelize-cli db:drop',
  'mikro-orm schema:fresh --run',
  'rails db:schema:load',
  'rake db:reset',
  'php bin/console doctrine:schema:update --force',
  'flyway -cleanDisabled=false clean',
  'liquibase drop-all',
  'migrate -path /m -database url drop -f',
  'goose -dir migrations reset',
  'dbmate drop',
  'sea-orm-cli migrate fresh',
  'mix ecto.reset',
  'diesel database reset',
  'sqlx database reset -y',
  'dotnet ef database drop --force',
  'python manage.py flush --noinput',
  'drizzle-kit push',
];

/** The same faults with other tools. */
export const toolFaults: readonly Fault[] = [
  ...migrating.flatMap((words) =>
    fieldFaults('service-runs-migration', 'Deployment', command, words.split(' '), onlyInTheBase),
  ),
  ...destroying.flatMap((words) => fieldFaults('migration-command', 'Job', command, words.split(' '), onlyInTheBase)),
  ...fieldFaults('migration-command', 'Job', command, ['sh', '-c', 'npx prisma migrate deploy || true']),
  ...fieldFaults('migration-command', 'Job', command, ['sh', '-c', 'npx prisma migrate deploy; echo done']),
  ...fieldFaults('job-command', 'Job', command, ['npm run db:migrate:deploy']),
  ...fieldFaults('job-command', 'Job', command, ['sh', '-c', 'npm', 'run', 'db:migrate:deploy']),
];
