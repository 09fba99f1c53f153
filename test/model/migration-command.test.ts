import { describe, expect, test } from 'vitest';
import { findMigrationCommand } from '../../src/model/migration-command.ts';
import { modelFromYaml } from './root-from-yaml.ts';

/** What a container's command is taken for: the tool's name, `own`, or undefined. */
function toolOf(command: readonly string[], image = 'registry.example.com/app:v1', args: readonly string[] = []) {
  const model = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: x}
spec:
  template:
    spec:
      containers:
        - name: main
          image: ${image}
          ${command.length > 0 ? `command: ${JSON.stringify(command)}` : ''}
          ${args.length > 0 ? `args: ${JSON.stringify(args)}` : ''}
`);
  const container = model.jobs[0]?.pod.containers[0];
  if (container === undefined) throw new Error('the Job has a container');
  const found = findMigrationCommand(container);
  return found && (found.tool?.name ?? 'own');
}

describe('commands that migrate', () => {
  test('a tool comes before a program of one’s own', () =>
    expect(toolOf(['sh', '-c', 'npx prisma migrate resolve --applied 1_init\nnpx prisma migrate deploy'])).toBe(
      'Prisma',
    ));

  test.each([
    ['npx prisma migrate deploy', 'Prisma'],
    ['./node_modules/.bin/prisma migrate deploy --schema=prisma/schema.prisma', 'Prisma'],
    ['node_modules/.bin/typeorm migration:run -d dist/data-source.js', 'TypeORM'],
    ['npx typeorm-ts-node-commonjs migration:run', 'TypeORM'],
    ['yarn exec sequelize-cli db:migrate', 'Sequelize'],
    ['npx knex migrate:latest --env production', 'Knex'],
    ['pnpm dlx drizzle-kit migrate', 'Drizzle'],
    ['npx mikro-orm migration:up', 'MikroORM'],
    ['npx node-pg-migrate up', 'node-pg-migrate'],
    ['alembic upgrade head', 'Alembic'],
    ['alembic -c db/alembic.ini upgrade heads', 'Alembic'],
    ['uv run alembic upgrade head', 'Alembic'],
    ['flask --app shop db upgrade', 'Flask-Migrate'],
    ['aerich upgrade', 'Aerich'],
    ['python manage.py migrate --noinput', 'Django'],
    ['python3 -m django migrate', 'Django'],
    ['django-admin migrate', 'Django'],
    ['/opt/flyway/flyway -url=jdbc:postgresql://db/shop migrate', 'Flyway'],
    ['liquibase --changelog-file=changelog.xml update', 'Liquibase'],
    ['migrate -path /migrations -database $(DATABASE_URL) up', 'golang-migrate'],
    ['goose -dir migrations postgres up', 'goose'],
    ['dbmate --wait up', 'dbmate'],
    ['atlas migrate apply --url env://URL', 'Atlas'],
    ['bundle exec rails db:migrate', 'Rails'],
    ['bin/rails db:prepare', 'Rails'],
    ['bundle exec rake db:migrate', 'Rails'],
    ['php artisan migrate --force', 'Laravel'],
    ['php bin/console doctrine:migrations:migrate --no-interaction', 'Doctrine'],
    ['vendor/bin/phinx migrate -e production', 'Phinx'],
    ['dotnet ef database update', 'EF Core'],
    ['./efbundle --connection x', 'EF Core'],
    ['diesel migration run', 'Diesel'],
    ['sqlx migrate run', 'SQLx'],
    ['sea-orm-cli migrate up', 'SeaORM'],
    ['mix ecto.migrate', 'Ecto'],
    ['yarn prisma migrate deploy', 'Prisma'],
    ['pnpm typeorm migration:run -d dist/data-source.js', 'TypeORM'],
    ['node node_modules/prisma/build/index.js migrate deploy', 'Prisma'],
    ['node ./node_modules/.bin/knex migrate:latest', 'Knex'],
    ['node node_modules/typeorm/cli.js migration:run', 'TypeORM'],
    ['php yii migrate --interactive=0', 'Yii'],
    ['bin/cake migrations migrate', 'CakePHP'],
    ['php spark migrate --all', 'CodeIgniter'],
    ['graphile-migrate migrate', 'graphile-migrate'],
    ['supabase db push', 'Supabase'],
    ['piccolo migrations forwards all', 'Piccolo'],
    ['pgroll --postgres-url x migrate ./migrations', 'pgroll'],
    ['bin/shop eval Shop.Release.migrate', 'Ecto'],
    ['npm run db:migrate:deploy', 'own'],
    ['npm run migrate', 'own'],
    ['yarn db:migrate', 'own'],
    ['pnpm run migration:run', 'own'],
    ['make migrate', 'own'],
    ['./migrate', 'own'],
    ['node dist/migrate.js', 'own'],
    ['python migrate.py', 'own'],
    ['/app/run-migrations.sh', 'own'],
    ['/app/server migrate', 'own'],
    ['env NODE_ENV=production npx prisma migrate deploy', 'Prisma'],
    ['timeout 600 npx prisma migrate deploy', 'Prisma'],
  ])('%s', (command, tool) => {
    expect(toolOf(command.split(' '))).toBe(tool);
  });

  test.each([
    ['sh', '-c', 'npx prisma migrate deploy'],
    ['/bin/bash', '-ec', 'cd /app\nNODE_ENV=production exec npx prisma migrate deploy'],
    ['sh', '-c', 'until pg_isready; do sleep 1; done; npx prisma migrate deploy && echo done'],
    ['/usr/bin/tini', '--', 'sh', '-c', 'if [ -n "$X" ]; then npx prisma migrate deploy; fi'],
    ['bash', '-o', 'pipefail', '-c', '(npx prisma migrate deploy) 2>&1 | tee log'],
  ])('in a shell string: %s %s %s', (...command) => {
    expect(toolOf(command.filter((word) => word !== undefined))).toBe('Prisma');
  });

  test('the image’s entry point is the tool', () => {
    expect(toolOf([], 'migrate/migrate:v4.17.0', ['-path=/m', '-database', 'x', 'up'])).toBe('golang-migrate');
    expect(toolOf([], 'docker.io/flyway/flyway:10', ['migrate'])).toBe('Flyway');
    expect(toolOf([], 'registry.example.com/app:v1', ['migrate'])).toBe('own');
  });
});

describe('commands that do not', () => {
  test.each([
    'npx prisma generate',
    'yarn prisma generate',
    'node node_modules/prisma/build/index.js migrate status',
    'php yii migrate/history',
    'npx prisma migrate status',
    'npx prisma migrate diff',
    'npx prisma migrate dev --create-only',
    'python manage.py makemigrations',
    'python manage.py migrate --check',
    'python manage.py migrate --plan',
    'python manage.py collectstatic',
    'alembic revision --autogenerate',
    'alembic downgrade -1',
    'rails db:migrate:status',
    'rails db:seed',
    'npm run migrate:status',
    'npm run migration:generate',
    'npm run build',
    'php artisan migrate:status',
    'php artisan make:migration',
    'flyway info',
    'flyway validate',
    'knex migrate:rollback',
    'goose status',
    'echo migrate',
    'kubectl wait job/migrate',
    'node dist/server.js',
    'sleep 45',
  ])('%s', (command) => {
    expect(toolOf(command.split(' '))).toBeUndefined();
  });

  test('speaking of it in a shell string', () => {
    expect(toolOf(['sh', '-c', "echo 'Running database migration...'"])).toBeUndefined();
    expect(toolOf(['sh', '-c', '# npx prisma migrate deploy\nexit 0'])).toBeUndefined();
  });
});
