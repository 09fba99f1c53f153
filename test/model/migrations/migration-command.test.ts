import { describe, expect, test } from 'vitest';
import {
  describeCommand,
  findMigrationCommand,
  pointAtScript,
} from '../../../src/model/migrations/migration-command.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../../support/root-from-yaml.ts';

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
  const container = firstOf(model.jobs.flatMap(({ pod }) => pod.containers));
  const found = findMigrationCommand(container);
  return found && (found.tool?.name ?? 'own');
}

describe('migration-command: commands that migrate', () => {
  test('as another user', () => {
    const command = 'bundle exec rake db:migrate';
    expect(toolOf(['su', 'app', '-c', command])).toBe('Rails');
    expect(toolOf(['sh', '-ec', `cd /app\nsu app -c '${command}'`])).toBe('Rails');
    expect(toolOf(['su', 'app'])).toBeUndefined();
    expect(toolOf(['su', 'app', '-c', `${command}; true`])).toBeUndefined();
  });

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
    ['python -m tools.release_preflight --apply-migrations --check-models', 'own'],
    ['/app/server --no-run-migrations', undefined],
    ['env NODE_ENV=production npx prisma migrate deploy', 'Prisma'],
    ['timeout 600 npx prisma migrate deploy', 'Prisma'],
    ['prisma migrate deploy', 'Prisma'],
    ['npx -y prisma migrate deploy', 'Prisma'],
    ['npx --yes prisma@6 migrate deploy', 'Prisma'],
    ['npx prisma@latest migrate deploy', 'Prisma'],
    ['bunx prisma migrate deploy', 'Prisma'],
    ['bun run prisma migrate deploy', 'Prisma'],
    ['bun x prisma migrate deploy', 'Prisma'],
    ['pnpm exec prisma migrate deploy', 'Prisma'],
    ['pnpm prisma migrate deploy', 'Prisma'],
    ['yarn run prisma migrate deploy', 'Prisma'],
    ['npm exec -- prisma migrate deploy', 'Prisma'],
    ['npm exec prisma -- migrate deploy', 'Prisma'],
    ['npx --package prisma prisma migrate deploy', 'Prisma'],
    ['npx -p prisma@5 prisma migrate deploy', 'Prisma'],
    ['pnpm --filter db exec prisma migrate deploy', 'Prisma'],
    ['yarn workspace db prisma migrate deploy', 'Prisma'],
    ['pnpm -F db prisma migrate deploy', 'Prisma'],
    ['npx dotenv -e .env -- prisma migrate deploy', 'Prisma'],
    ['npx dotenv-cli -e .env -- prisma migrate deploy', 'Prisma'],
    ['deno run -A npm:prisma migrate deploy', 'Prisma'],
    ['node_modules/prisma/build/index.js migrate deploy', 'Prisma'],
    ['prisma migrate deploy --schema ./x.prisma', 'Prisma'],
    ['prisma --schema=x migrate deploy', 'Prisma'],
    ['prisma db push', 'Prisma'],
    ['typeorm migration:run', 'TypeORM'],
    ['typeorm -d dist/ds.js migration:run', 'TypeORM'],
    ['ts-node ./node_modules/typeorm/cli.js migration:run', 'TypeORM'],
    ['node --require ts-node/register ./node_modules/typeorm/cli.js migration:run', 'TypeORM'],
    ['npx ts-node -r tsconfig-paths/register ./node_modules/typeorm/cli.js -d src/ds.ts migration:run', 'TypeORM'],
    ['npx typeorm-ts-node-esm migration:run -d x', 'TypeORM'],
    ['sequelize db:migrate', 'Sequelize'],
    ['npx sequelize-cli db:migrate --env production', 'Sequelize'],
    ['node_modules/.bin/sequelize db:migrate', 'Sequelize'],
    ['knex migrate:latest', 'Knex'],
    ['npx knex --knexfile x.js migrate:latest', 'Knex'],
    ['node -r esm node_modules/.bin/knex migrate:latest', 'Knex'],
    ['npx knex migrate:up', 'Knex'],
    ['drizzle-kit migrate --config=x', 'Drizzle'],
    ['npx drizzle-kit push', 'Drizzle'],
    ['drizzle-kit push:pg', 'Drizzle'],
    ['mikro-orm migration:up', 'MikroORM'],
    ['npx mikro-orm-esm migration:up', 'MikroORM'],
    ['node-pg-migrate up', 'node-pg-migrate'],
    ['npx node-pg-migrate -m migrations up', 'node-pg-migrate'],
    ['alembic --config x.ini upgrade head', 'Alembic'],
    ['python -m alembic upgrade head', 'Alembic'],
    ['poetry run alembic upgrade head', 'Alembic'],
    ['pipenv run alembic upgrade head', 'Alembic'],
    ['pdm run alembic upgrade head', 'Alembic'],
    ['uv run --no-sync alembic upgrade head', 'Alembic'],
    ['uv run --frozen alembic upgrade head', 'Alembic'],
    ['uvx alembic upgrade head', 'Alembic'],
    ['uv run --with x alembic upgrade head', 'Alembic'],
    ['rye run alembic upgrade head', 'Alembic'],
    ['hatch run alembic upgrade head', 'Alembic'],
    ['conda run -n app alembic upgrade head', 'Alembic'],
    ['alembic -x tenant=a upgrade heads', 'Alembic'],
    ['alembic -n db upgrade +1', 'Alembic'],
    ['/venv/bin/alembic upgrade head', 'Alembic'],
    ['flask db upgrade', 'Flask-Migrate'],
    ['python -m flask db upgrade', 'Flask-Migrate'],
    ['flask --app x db upgrade -d m', 'Flask-Migrate'],
    ['python manage.py migrate', 'Django'],
    ['python3.12 manage.py migrate --no-input', 'Django'],
    ['./manage.py migrate', 'Django'],
    ['django-admin migrate --settings=x', 'Django'],
    ['python -m django migrate', 'Django'],
    ['uv run python manage.py migrate', 'Django'],
    ['uv run manage.py migrate', 'Django'],
    ['python src/manage.py migrate app', 'Django'],
    ['python -u manage.py migrate', 'Django'],
    ['python manage.py migrate_schemas --shared', 'Django'],
    ['/app/venv/bin/python /app/manage.py migrate', 'Django'],
    ['python -W ignore manage.py migrate', 'Django'],
    ['aerich --app models upgrade', 'Aerich'],
    ['flyway migrate', 'Flyway'],
    ['flyway -configFiles=/x migrate', 'Flyway'],
    ['flyway repair migrate', 'Flyway'],
    ['flyway info migrate', 'Flyway'],
    ['mvn flyway:migrate', 'Flyway'],
    ['./gradlew flywayMigrate', 'Flyway'],
    ['liquibase update', 'Liquibase'],
    ['liquibase --url=x --changelog-file=y update', 'Liquibase'],
    ['liquibase update-to-tag v1', 'Liquibase'],
    ['liquibase updateToTag v1', 'Liquibase'],
    ['mvn liquibase:update', 'Liquibase'],
    ['migrate -database=postgres://db/shop up', 'golang-migrate'],
    ['migrate -path m -database x up', 'golang-migrate'],
    ['migrate -source file://m -database x up 1', 'golang-migrate'],
    ['migrate -path m -database x goto 3', 'golang-migrate'],
    ['/migrate -path m -database x up', 'golang-migrate'],
    ['goose up', 'goose'],
    ['goose -dir m up-by-one', 'goose'],
    ['goose -dir m postgres x up-to 3', 'goose'],
    ['dbmate up', 'dbmate'],
    ['dbmate -d m migrate', 'dbmate'],
    ['dbmate --url x --no-dump-schema up', 'dbmate'],
    ['atlas migrate apply', 'Atlas'],
    ['atlas schema apply -u x --auto-approve', 'Atlas'],
    ['atlas --env prod migrate apply', 'Atlas'],
    ['atlas migrate --env x apply', 'Atlas'],
    ['sql-migrate up', 'sql-migrate'],
    ['sql-migrate up -config=x -env=production', 'sql-migrate'],
    ['tern migrate', 'tern'],
    ['tern migrate -c x -m y', 'tern'],
    ['tern -c x migrate', 'tern'],
    ['rails db:migrate', 'Rails'],
    ['./bin/rails db:migrate', 'Rails'],
    ['bin/rake db:migrate', 'Rails'],
    ['bundle exec rake redmine:plugins:migrate RAILS_ENV=production', 'Rails'],
    ['bundle exec rake db:migrate RAILS_ENV=production', 'Rails'],
    ['bundle exec rails db:prepare', 'Rails'],
    ['rake db:migrate:primary', 'Rails'],
    ['bundle exec rails db:migrate:with_data', 'Rails'],
    ['bundle exec rails db:create db:migrate', 'Rails'],
    ['rake db:create db:migrate db:seed', 'Rails'],
    ['php /var/www/artisan migrate --force --seed', 'Laravel'],
    ['artisan migrate', 'Laravel'],
    ['php artisan migrate --isolated --force', 'Laravel'],
    ['php -d memory_limit=-1 artisan migrate --force', 'Laravel'],
    ['php artisan migrate --path=x', 'Laravel'],
    ['php artisan tenants:migrate', 'Laravel'],
    ['php bin/console doctrine:migrations:migrate -n', 'Doctrine'],
    ['bin/console doctrine:migrations:migrate', 'Doctrine'],
    ['vendor/bin/doctrine-migrations migrate', 'Doctrine'],
    ['php vendor/bin/doctrine-migrations migrations:migrate', 'Doctrine'],
    ['php bin/console d:m:m -n', 'Doctrine'],
    ['php bin/console --no-interaction doctrine:migrations:migrate', 'Doctrine'],
    ['symfony console doctrine:migrations:migrate', 'Doctrine'],
    ['vendor/bin/phinx migrate', 'Phinx'],
    ['php vendor/bin/phinx migrate -e prod', 'Phinx'],
    ['phinx migrate -c x', 'Phinx'],
    ['dotnet-ef database update', 'EF Core'],
    ['./efbundle', 'EF Core'],
    ['/app/efbundle --connection x', 'EF Core'],
    ['dotnet tool run dotnet-ef database update', 'EF Core'],
    ['diesel --database-url x migration run', 'Diesel'],
    ['diesel setup', 'Diesel'],
    ['cargo sqlx migrate run', 'SQLx'],
    ['sqlx database setup', 'SQLx'],
    ['sqlx mig run', 'SQLx'],
    ['sea-orm-cli migrate', 'SeaORM'],
    ['sea-orm-cli migrate -u x up', 'SeaORM'],
    ['cargo run --manifest-path migration/Cargo.toml -- up', 'SeaORM'],
    ['migration up', 'SeaORM'],
    ['/app/migration up', 'SeaORM'],
    ['/app/migration', 'own'],
    ['/app/bin/app eval App.Release.migrate', 'Ecto'],
    ['/app/bin/migrate', 'own'],
    ['/app/migrate up', 'own'],
    ['hasura migrate apply', 'Hasura'],
    ['hasura-cli migrate apply --all-databases', 'Hasura'],
    ['hasura deploy', 'Hasura'],
    ['hasura --skip-update-check migrate apply', 'Hasura'],
    ['sqitch deploy', 'Sqitch'],
    ['sqitch --engine pg deploy db:pg:x', 'Sqitch'],
    ['sqitch deploy --verify', 'Sqitch'],
    ['npm run migrate:up', 'own'],
    ['make db-migrate', 'own'],
    ['just migrate', 'own'],
    ['task db:migrate', 'own'],
    ['./app migrate', 'own'],
    ['node ace migration:run --force', 'AdonisJS'],
    ['npx migrate-mongo up', 'migrate-mongo'],
    ['npx kysely migrate latest', 'Kysely'],
    ['turbo run db:migrate', 'own'],
    ['rails db:migrate db:seed', 'Rails'],
    ['drush updatedb -y', 'Drush'],
    ['yoyo apply', 'yoyo'],
    ['yoyo apply --batch', 'yoyo'],
    ['refinery migrate', 'Refinery'],
    ['evolve migrate', 'Evolve'],
    ['superset db upgrade', 'Superset'],
    ['airflow db migrate', 'Airflow'],
    ['gitlab-rake db:migrate', 'Rails'],
    ['npx medusa db:migrate', 'Medusa'],
    ['npx payload migrate', 'Payload'],
    ['npx directus database migrate:latest', 'Directus'],
    ['wait-for-it.sh db:5432 -t 60 -- npx prisma migrate deploy', 'Prisma'],
    ['dockerize -wait tcp://db:5432 -timeout 60s alembic upgrade head', 'Alembic'],
    ['gosu app python manage.py migrate', 'Django'],
  ])('%s', (command, tool) => {
    expect(toolOf(command.split(' '))).toBe(tool);
    expect(toolOf(['sh', '-c', command])).toBe(tool);
    expect(toolOf(['/bin/bash', '-lc', `cd /app && ${command} && echo done`])).toBe(tool);
    expect(toolOf(['sh', '-ec', `export A=b\nNODE_ENV=production exec ${command}`])).toBe(tool);
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
    expect(toolOf([], 'shop/migrations:v1', ['-database=postgresql://db/shop', 'up'])).toBe('golang-migrate');
    expect(toolOf([], 'shop/migrations:v1', ['-path=/m', '-database', 'x', 'up'])).toBe('golang-migrate');
    expect(toolOf([], 'shop/migrations:v1', ['-path=/m', '-database', 'x', 'down'])).toBeUndefined();
    expect(toolOf([], 'shop/migrations:v1', ['--paths=/m', '--database', 'x', 'up'])).toBeUndefined();
    expect(toolOf([], 'shop/migrations:v1', ['--changelog-file=changes.yaml', 'update'])).toBe('Liquibase');
    expect(toolOf([], 'shop/migrations:v1', ['--changeLogFile=changes.yaml', 'status'])).toBeUndefined();
    expect(toolOf(['run'], 'shop/migrations:v1', ['--changelog-file=changes.yaml', 'update'])).toBeUndefined();
    expect(toolOf([], 'docker.io/flyway/flyway:10', ['migrate'])).toBe('Flyway');
    expect(toolOf([], 'registry.example.com/mirror/flyway:10', ['migrate'])).toBe('Flyway');
    expect(toolOf([], 'docker.io/library/liquibase', ['update'])).toBe('Liquibase');
    expect(toolOf([], 'ghcr.io/amacneil/dbmate:2', ['--wait', 'up'])).toBe('dbmate');
    expect(toolOf([], 'arigaio/atlas:1', ['migrate', 'apply'])).toBe('Atlas');
    expect(toolOf([], 'sqitch/sqitch', ['deploy'])).toBe('Sqitch');
    expect(toolOf([], 'flyway/flyway:10', ['info'])).toBeUndefined();
    expect(toolOf([], 'migrate/migrate:v4.17.0', ['version'])).toBeUndefined();
    expect(toolOf([], 'registry.example.com/app:v1', ['migrate'])).toBe('own');
  });
});

test('migration-command: a variable of the tool shows what the image’s entry point is', () => {
  const image = 'image: "registry.example.com/migration:v1", args: [migrate]';
  const toolWith = (variable: string): string | undefined => {
    const spec = `{restartPolicy: Never, containers: [{name: a, ${image}, env: [{name: ${variable}, value: x}]}]}`;
    const model = modelFromYaml(
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\nspec: {template: {spec: ${spec}}}\n`,
    );
    const container = model.jobs[0]?.pod.containers[0];
    return container && findMigrationCommand(container)?.tool?.name;
  };
  expect(toolWith('FLYWAY_URL')).toBe('Flyway');
  expect(toolWith('DATABASE_URL')).toBeUndefined();
});

describe('migration-command: programs and scripts of one’s own', () => {
  test.each([
    ['npm run run-migrations', 'own'],
    ['make -s run-migrations', 'own'],
    ['npm run', undefined],
    ['npmx run migrate', undefined],
    ['xnpm run migrate', undefined],
    ['python3.11 migrate.py', 'own'],
    ['node --enable-source-maps dist/migrate.js', 'own'],
    ['node -r dotenv/config dist/migrate.js', 'own'],
    ['node --import tsx --no-warnings src/migrate.ts', 'own'],
    ['ts-node --project tsconfig.json src/migrate.ts', 'own'],
    ['php -d memory_limit=-1 bin/migrate.php', 'own'],
    ['python -W ignore -m migrate', 'own'],
    ['node -r', undefined],
    ['node -r ./migrate server.js', undefined],
    ['bun run src/migrate.ts', 'own'],
    ['deno run -A migrate.ts', 'own'],
    ['go run ./cmd/migrate', 'own'],
    ['node', undefined],
    ['node --version', undefined],
    ['nodemon migrate.js', undefined],
    ['phpunit migrate.php', undefined],
    ['node dist/main.js migrate', 'own'],
    ['node dist/main.js --verbose migrate', 'own'],
    ['node dist/main.js serve migrate', undefined],
    ['/app/server dbmigrate', 'own'],
    ['/app/server db:migrate', 'own'],
    ['/app/server migration', 'own'],
    ['/app/server migrate:up', 'own'],
    ['/app/my-cp migrate', 'own'],
    ['/app/cpx migrate', 'own'],
    ['aws s3 cp x migrate', undefined],
    ['cp -r migrate', undefined],
  ])('%s: %s', (command, tool) => expect(toolOf(command.split(' '))).toBe(tool));

  test('a tool behind a program of one’s own', () =>
    expect(toolOf(['sh', '-c', './migrate\nnpx prisma migrate deploy'])).toBe('Prisma'));

  test('a command in the place of the image’s entry point', () =>
    expect(toolOf(['/bin/app'], 'flyway/flyway:10', ['migrate'])).toBe('own'));
});

describe('migration-command: how messages show it', () => {
  const scripts: Readonly<Record<string, string>> = {
    start: 'node server.js && npx prisma migrate deploy',
    'db:migrate': 'node dist/setup.js',
    migrate: 'node dist/setup.js status',
    setup: 'node dist/setup.js',
  };

  /** The command of a container as messages show it, its script and the field that holds it. */
  function show(fields: string): string {
    const file = firstOf(rootFromYaml('scripts: {}').files);
    const at = { file, start: 0, end: 7 };
    const model = modelFromYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: main, ${fields}}]}`,
      {
        scripts:
          () =>
          ({ manager, name }) => {
            const text = scripts[name];
            return text === undefined ? undefined : { call: `${manager} run ${name}`, text, at };
          },
      },
    );
    const [container] = model.workloads[0]?.pod.containers ?? [];
    const command = container && findMigrationCommand(container);
    if (command === undefined) return 'none';
    const related = pointAtScript(command.script).map(({ note }) => `; ${note}`);
    return `${describeCommand(command)} at ${command.field.path.replace('spec.containers[0].', '')}${related.join('')}`;
  }

  test.each([
    ['command: [npx, prisma, migrate, deploy]', '`npx prisma migrate deploy` at command[0]'],
    ['command: [sh, -c, "cd /app;  npx   prisma migrate deploy"]', '`npx prisma migrate deploy` at command[2]'],
    ['command: [alembic, upgrade, " head\\n"]', '`alembic upgrade head` at command[0]'],
    [`command: [alembic, upgrade, ${'x'.repeat(64)}]`, `\`alembic upgrade ${'x'.repeat(64)}\` at command[0]`],
    [`command: [alembic, upgrade, ${'x'.repeat(65)}]`, `\`alembic upgrade ${'x'.repeat(61)}...\` at command[0]`],
    ['image: flyway/flyway, args: [-X, migrate]', '`flyway -X migrate` at args[0]'],
    ['image: flyway/flyway, args: [sh, -c, "migrate -X"]', '`flyway migrate -X` at args[2]'],
    [
      'command: [npm, start]',
      '`npm run start`, which runs `npx prisma migrate deploy` at command[0]; `npm run start` runs this',
    ],
    [
      'command: [npm, run, db:migrate]',
      '`npm run db:migrate`, which runs `node dist/setup.js` at command[0]; `npm run db:migrate` runs this',
    ],
    ['command: [npm, run, setup]', 'none'],
    ['command: [npm, run, migrate]', 'none'],
    ['command: [npm, run, db:seed]', 'none'],
  ])('%s: %s', (fields, expected) => expect(show(fields)).toBe(expected));
});

describe('migration-command: commands that do not', () => {
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
    'job-wr migrate',
    'wait_for.sh job-wr migrate',
    'node dist/server.js',
    'sleep 45',
    'prisma generate',
    'prisma migrate diff --from-empty',
    'prisma migrate resolve --applied x',
    'prisma validate',
    'prisma db seed',
    'prisma db pull',
    'prisma studio',
    'prisma format',
    'typeorm migration:generate x',
    'typeorm migration:show',
    'typeorm migration:create',
    'typeorm migration:revert',
    'sequelize db:migrate:status',
    'sequelize db:seed:all',
    'sequelize db:migrate:undo',
    'sequelize migration:generate',
    'knex migrate:make x',
    'knex migrate:status',
    'knex migrate:list',
    'knex seed:run',
    'drizzle-kit generate',
    'drizzle-kit check',
    'drizzle-kit introspect',
    'mikro-orm migration:check',
    'mikro-orm migration:create',
    'mikro-orm migration:pending',
    'mikro-orm migration:list',
    'node-pg-migrate down',
    'node-pg-migrate create x',
    'alembic current',
    'alembic history',
    'alembic check',
    'alembic revision -m x',
    'alembic stamp head',
    'alembic upgrade head --sql',
    'alembic heads',
    'flask db current',
    'flask db migrate',
    'flask db check',
    'python manage.py makemigrations --check --dry-run',
    'python manage.py showmigrations',
    'python manage.py sqlmigrate app 1',
    'python manage.py check',
    'python manage.py runserver',
    'aerich history',
    'aerich migrate',
    'flyway baseline',
    'flyway check',
    'liquibase status',
    'liquibase validate',
    'liquibase diff',
    'liquibase update-sql',
    'liquibase updateSQL',
    'liquibase rollback v1',
    'migrate version',
    'migrate -path m -database x version',
    'migrate create -ext sql x',
    'migrate -path m -database x down',
    'migrate -path m -database x force 3',
    'goose down',
    'goose validate',
    'goose create x sql',
    'dbmate status',
    'dbmate new x',
    'dbmate dump',
    'dbmate wait',
    'atlas migrate status',
    'atlas migrate lint',
    'atlas migrate diff',
    'atlas migrate validate',
    'atlas schema inspect',
    'sql-migrate status',
    'sql-migrate new x',
    'tern status',
    'tern new x',
    'rails db:abort_if_pending_migrations',
    'rails db:rollback',
    'rails server',
    'rake db:version',
    'php artisan migrate:rollback',
    'php artisan migrate:install',
    'php artisan make:migration x',
    'php artisan schema:dump',
    'php artisan queue:work',
    'php bin/console doctrine:migrations:status',
    'php bin/console doctrine:migrations:diff',
    'php bin/console doctrine:migrations:list',
    'php bin/console doctrine:migrations:up-to-date',
    'php bin/console doctrine:schema:validate',
    'phinx status',
    'phinx create X',
    'dotnet ef migrations add x',
    'dotnet ef migrations list',
    'dotnet ef migrations script',
    'dotnet App.dll',
    'diesel migration list',
    'diesel migration pending',
    'diesel print-schema',
    'diesel migration generate x',
    'sqlx migrate info',
    'sqlx migrate add x',
    'sqlx prepare',
    'sqlx prepare --check',
    'sea-orm-cli generate entity',
    'sea-orm-cli migrate status',
    'sea-orm-cli migrate init',
    'sea-orm-cli migrate generate x',
    'mix ecto.migrations',
    'mix ecto.gen.migration x',
    'mix phx.server',
    'hasura migrate status',
    'hasura metadata apply',
    'hasura migrate create x',
    'sqitch status',
    'sqitch verify',
    'sqitch plan',
    'sqitch revert',
    'npm run migrate:make',
    'npm run migrate:create',
    'npm run migrate:rollback',
    'make migrate-status',
    'npm run check-migrations',
    'npm run migrate:check',
    './wait-for-migrations.sh',
    'node dist/wait-for-migration.js',
    'velero migrate',
    'rclone migrate',
    'npm run lint',
    'node server.js',
    'python -m http.server',
    'celery -A app worker',
    'gunicorn app:app',
    'npm run test:migrate',
    'npm run migrate:dry-run',
    'storage-version-migrator',
    'kubectl-migrate',
    'helm upgrade app',
    'pg_dump x',
    'psql -c select',
    'cockroach init',
  ])('%s', (command) => {
    expect(toolOf(command.split(' '))).toBeUndefined();
    expect(toolOf(['sh', '-c', `cd /app && ${command}`])).toBeUndefined();
  });

  test('speaking of it in a shell string', () => {
    expect(toolOf(['sh', '-c', "echo 'Running database migration...'"])).toBeUndefined();
    expect(toolOf(['sh', '-c', '# npx prisma migrate deploy\nexit 0'])).toBeUndefined();
  });
});
