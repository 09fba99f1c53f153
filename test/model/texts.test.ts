// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { isUnknownText } from '../../src/model/commands/container-text.ts';
import { readScriptCall } from '../../src/model/commands/package-script.ts';
import { takeOffRunners } from '../../src/model/commands/runners.ts';
import { haveSameSource } from '../../src/model/migrations/image-source.ts';
import { isPlaceholderImage, isUtilityImage } from '../../src/model/objects/image.ts';
import { canBeEqual, fillVariables, leftVariables } from '../../src/model/objects/symbolic.ts';
import {
  carriesVersion,
  imageVersion,
  isMovingTag,
  isPlaceholderVersion,
  nameForm,
  nameStem,
  versionLikePart,
  versionOfTag,
  versionShape,
  withoutPurpose,
} from '../../src/model/objects/version.ts';

describe('container-text', () => {
  test.each([
    ['a', false],
    ['${TAG}', false],
    ['a-${TAG}-${OTHER:=x}', false],
    ['$${TAG}', true],
    ['$TAG', true],
    ['a-${TAG}-$X', true],
    ['$(NAME)', true],
    ['${1}', true],
    ['$', false],
    ['$-', false],
  ])('%s depends on the running container: %s', (text, expected) => expect(isUnknownText(text)).toBe(expected));
});

describe('symbolic', () => {
  test.each([
    ['app-${TAG}', 'app-1.2', true],
    ['app-${TAG}', 'app-', true],
    ['app-${TAG}', 'apps-${TAG}', false],
    ['app-${TAG}', 'app-${OTHER}', true],
    ['app-${TAG}', 'app-${TAG}', true],
    ['app-${TAG}', 'web-${TAG}', false],
    ['app-${TAG}', 'web-1.2', false],
    ['app-${TAG}-x', 'app-1.2-y', false],
    ['app-${TAG}-x', 'app-${OTHER}-y', false],
    ['${A}-x', '${B}-y', false],
    ['${A}x', 'x${A}', true],
    ['${A}xx', 'x${A}', false],
    ['${A}xx', 'x${B}', true],
    ['${A}${B}', '${B}${A}', true],
    ['app', 'app', true],
    ['app', 'apps', false],
    ['', '', true],
    ['', '${A}', true],
    ['', 'a${A}', false],
    ['a\n${A}', 'a\nb', true],
    ['ab${A}', 'ab', true],
    ['${A}ab', 'ab', true],
    ['a${A}b', 'ab', true],
    ['a${A}c', 'abc', true],
    ['${A}${A}', '${A}', true],
    ['x${A}y', 'xy${B}', true],
    ['aa', 'a', false],
    ['a', 'aa', false],
    ['${A}aa', '${A}a', false],
    ['a${A}', '${A}aa', false],
  ])('%j and %j can be equal: %s', (a, b, expected) => {
    expect(canBeEqual(a, b)).toBe(expected);
    expect(canBeEqual(b, a)).toBe(expected);
  });

  test.each([
    ['${A}', [['A', '${A}', false]]],
    ['${ A}', [['A', '${ A}', false]]],
    ['${#A}', [['A', '${#A}', false]]],
    ['${A-b}', [['A', '${A-b}', true]]],
    ['${A:=b}', [['A', '${A:=b}', true]]],
    ['${A::-b}', [['A', '${A::-b}', false]]],
    ['${A/x/-}', [['A', '${A/x/-}', false]]],
    ['$${A}', []],
    ['${1A}', []],
    ['${A', []],
    [
      'a${A}b${B_1}',
      [
        ['A', '${A}', false],
        ['B_1', '${B_1}', false],
      ],
    ],
  ])('what is left in %s', (text, expected) => {
    expect(leftVariables(text).map(({ name, text: whole, hasDefault }) => [name, whole, hasDefault])).toEqual(expected);
  });

  test.each([
    ['${A}-${B:-x}-${A:=y}-${A-z}', '1-${B:-x}-1-1'],
    ['$${A}', '$${A}'],
    ['${A/1/2}', '${A/1/2}'],
    ['${A:-}', '1'],
    ['${EMPTY}.', '.'],
  ])('%s filled is %s', (text, expected) => {
    expect(
      fillVariables(
        text,
        new Map([
          ['A', '1'],
          ['EMPTY', ''],
        ]),
      ),
    ).toBe(expected);
  });
});

describe('image', () => {
  test.each([
    ['REGISTRY/app:v1', true],
    ['registry/IMAGE_PLACEHOLDER', true],
    ['IMAGE-1:v1', true],
    ['<image>', true],
    ['registry/{{image}}', true],
    ['__IMAGE__', true],
    ['registry/App', false],
    ['registry/app_NAME', false],
    ['NAME_app/x', false],
    ['<account>.dkr.ecr.<region>.amazonaws.com/app', true],
    ['app-<name>', true],
    ['registry/app:TAG', false],
    ['', false],
  ])('%s is to be written over: %s', (image, expected) => expect(isPlaceholderImage(image)).toBe(expected));

  test.each([
    ['busybox', true],
    ['docker.io/library/postgres', true],
    ['mypostgres', false],
    ['postgres-migrations', false],
    ['registry/app', false],
  ])('%s holds tools: %s', (repository, expected) => expect(isUtilityImage(repository)).toBe(expected));
});

describe('image-source', () => {
  test.each([
    ['shop:v1', 'shop:v2', true],
    ['registry/shop', 'registry/shop-migration', true],
    ['registry/migration', 'registry/migration', true],
    ['shop/migration', 'web/migration', false],
    ['registry/shop-migrate', 'registry/shop', true],
    ['registry/shop', 'registry/shop/migration', true],
    ['registry/shop/migration', 'registry/shop', true],
    ['registry/shop', 'other/shop', false],
    ['registry/shop', 'other/shop-migration', false],
    ['registry/shop', 'registry/web-migration', false],
    ['registry/migration', 'registry/migrator', false],
    ['shop', 'shop-migration', true],
    ['', '', false],
    ['', 'shop', false],
    ['shop', '', false],
  ])('%s and %s: %s', (a, b, expected) => expect(haveSameSource(a, b)).toBe(expected));
});

describe('version', () => {
  test.each(['latest', 'Main', 'master', 'prod', 'test', 'dev', 'prod-latest', 'v1.latest', 'latest-dev'])(
    '%s moves',
    (tag) => expect(isMovingTag(tag)).toBe(true),
  );
  test.each(['v1', 'latest-1', 'my-main', 'tested', ''])('%s does not move', (tag) =>
    expect(isMovingTag(tag)).toBe(false),
  );

  test.each([
    ['app@sha256:0123456789abcdef', '0123456789ab'],
    ['app@sha512:0123456789abcdef', 'sha512:01234'],
    ['app:v1@sha256:0123456789abcdef', '0123456789ab'],
    ['app:main', undefined],
    ['app:x', 'x'],
  ])('of %s is %s', (image, expected) => expect(imageVersion(image)).toBe(expected));

  test.each([
    ['V1.2_3', 'v1-2-3'],
    ['--a--', 'a'],
    ['.a+b.', 'a-b'],
  ])('%s in a name is %s', (version, expected) => expect(nameForm(version)).toBe(expected));

  test.each([
    ['shop-1-4-0', 'v1.4.0', true],
    ['shop-v1-4-0', '1.4.0', true],
    ['shop-x1-4-0', '1.4.0', false],
    ['shop-1-4-0-rc1', '1.4.0', true],
    ['shop-1-4-01', '1.4.0', false],
    ['1-4-0-shop', '1.4.0', true],
    ['v', 'v', true],
    ['shop', '', false],
    ['shop', '...', false],
    ['shop-a1b2c3d', 'a1b2c3d4e5', true],
    ['shop-a1b2c3', 'a1b2c3d4e5', false],
    ['shop-a1b2c3', 'a1b2c3', true],
    ['shop-version1', 'version1', true],
    ['shop-ersion1', 'version1', false],
    ['shop-12345670', '1234567', true],
    ['shop-x1234567', 'x-1234567', false],
  ])('%s carries %s: %s', (name, version, expected) => expect(carriesVersion(name, version)).toBe(expected));

  test.each([
    ['shop-1.4.0', '1.4.0'],
    ['shop-v1-4-0-rc.1', 'v1-4-0-rc.1'],
    ['shop-V2-final', 'V2-final'],
    ['shop-1.2.x', '1.2.x'],
    ['shop-1.2_x', '1.2'],
    ['shop-2024-x', '2024'],
    ['shop-202', '202'],
    ['shop-r202', 'r202'],
    ['shop-202-x', undefined],
    ['shop-abc1234-x', 'abc1234'],
    ['shop-abcdefa', undefined],
    ['shop-abc123', undefined],
    ['shop-m2g4h6k8t9', 'm2g4h6k8t9'],
    ['shop-m2g4h6k8t', undefined],
    ['shop-m2g4h6k8t9x', undefined],
    ['shop2024', undefined],
    ['shopv2', undefined],
    ['2024', '2024'],
    ['v2', 'v2'],
    ['shop.v2', 'v2'],
  ])('the part of %s that looks like one is %s', (name, expected) => expect(versionLikePart(name)).toBe(expected));

  test.each([
    ['V1.20.3', '0.0.0'],
    ['1-2', '0-0'],
    ['v1-rc2', '0-rc0'],
    ['vx1', 'vx0'],
  ])('the shape of %s is %s', (version, expected) => expect(versionShape(version)).toBe(expected));

  test.each([
    ['shop_db.migrate', 'shop'],
    ['Shop-Migration-v2', 'Shop'],
    ['shop--api', 'shop-api'],
    ['${NAME}-shop-${TAG}', 'shop'],
    ['run-shop-job-for-deploy', 'shop'],
  ])('the stem of %s is %s', (name, expected) => expect(nameStem(name)).toBe(expected));

  test.each([
    ['v1.4.0-migration', '1.4.0'],
    ['migrate_v1.4.0', '1.4.0'],
    ['v1.4.0-rc1', '1.4.0-rc1'],
    ['vnext', 'vnext'],
    ['Migration', ''],
  ])('%s without its purpose is %s', (tag, expected) => expect(withoutPurpose(tag)).toBe(expected));

  test.each([
    ['api-migrations-5abcab59-42', '5abcab59-42'],
    ['api-v1.4.0', '1.4.0'],
    ['v1.4.0', '1.4.0'],
    ['v1.4.0-rc1', '1.4.0-rc1'],
    ['blue-green', 'blue-green'],
  ])('the version of tag %s is %s', (tag, expected) => expect(versionOfTag(tag)).toBe(expected));

  test.each([
    ['REPLACE_WITH', true],
    ['TAG', true],
    ['000000000000', true],
    ['0', true],
    ['1111111111111111', true],
    ['v1.4.0', false],
    ['RC1', false],
    ['5abcab590000', false],
  ])('%s is yet to be written: %s', (version, expected) => expect(isPlaceholderVersion(version)).toBe(expected));
});

describe('package-script', () => {
  const call = (manager: string, name: string, rest: readonly string[] = [], workspace?: string) => ({
    manager,
    name,
    rest,
    workspace,
  });
  test.each([
    ['npm run migrate', call('npm', 'migrate')],
    ['npm run-script migrate', call('npm', 'migrate')],
    ['npm run -s migrate', call('npm', 'migrate')],
    ['npm run --if-present migrate', call('npm', 'migrate')],
    ['npm run migrate -- --silent', call('npm', 'migrate', ['--silent'])],
    ['npm run migrate -s', call('npm', 'migrate', ['-s'])],
    ['npm run migrate -- --env -- prod', call('npm', 'migrate', ['--env', '--', 'prod'])],
    ['npm --silent run migrate', call('npm', 'migrate')],
    ['npm run', undefined],
    ['npm run --help', undefined],
    ['npm start', call('npm', 'start')],
    ['npm test', call('npm', 'test')],
    ['npm stop', call('npm', 'stop')],
    ['npm restart', call('npm', 'restart')],
    ['npm migrate', undefined],
    ['npm restarting', undefined],
    ['npm install', undefined],
    ['npm', undefined],
    ['npm --version', undefined],
    ['npm run migrate -w api', call('npm', 'migrate', [], 'api')],
    ['npm run migrate --workspace=api', call('npm', 'migrate', [], 'api')],
    ['npm run migrate -- -w api', call('npm', 'migrate', ['-w', 'api'])],
    ['npm -w api run migrate', call('npm', 'migrate', [], 'api')],
    ['npm --prefix apps/api run migrate', call('npm', 'migrate', [], 'apps/api')],
    ['npm --prefix=apps/api start', call('npm', 'start', [], 'apps/api')],
    ['yarn migrate up', call('yarn', 'migrate', ['up'])],
    ['yarn run migrate', call('yarn', 'migrate')],
    ['yarn workspace api migrate', call('yarn', 'migrate', [], 'api')],
    ['yarn --cwd apps/api migrate', call('yarn', 'migrate', [], 'apps/api')],
    ['yarn install', undefined],
    ['yarn installer', call('yarn', 'installer')],
    ['yarn reinstall', call('yarn', 'reinstall')],
    ['pnpm --filter api migrate', call('pnpm', 'migrate', [], 'api')],
    ['pnpm -F api -s run migrate', call('pnpm', 'migrate', [], 'api')],
    ['pnpm exec prisma', undefined],
    ['bun run migrate', call('bun', 'migrate')],
    ['bun x prisma', undefined],
    ['composer migrate', call('composer', 'migrate')],
    ['composer -n --quiet migrate', call('composer', 'migrate')],
    ['composer dump-autoload', undefined],
    ['node --run migrate --force', call('npm', 'migrate', ['--force'])],
    ['node --run', undefined],
    ['node migrate', undefined],
    ['deno --run migrate', undefined],
    ['make migrate', undefined],
    ['', undefined],
  ])('%s', (command, expected) => {
    expect(readScriptCall(command.split(' ').filter((word) => word !== ''))).toEqual(expected);
  });
});

describe('runners', () => {
  test.each([
    ['A=1 B_2= prisma up', 'prisma up'],
    ['-A=1 prisma', '-A=1 prisma'],
    ['exec /bin/prisma up', 'prisma up'],
    ['env -u A B=1 prisma', 'prisma'],
    ['env -i prisma', 'prisma'],
    ['sudo -u app prisma', 'prisma'],
    ['sudo -E prisma', 'prisma'],
    ['nice -n 5 prisma', 'prisma'],
    ['nice -5 prisma', 'prisma'],
    ['timeout -k 5 30 prisma', 'prisma'],
    ['timeout --foreground 30 prisma', 'prisma'],
    ['gosu app prisma', 'prisma'],
    ['su-exec app:app prisma', 'prisma'],
    ['tini -g -- prisma', 'prisma'],
    ['dumb-init -- prisma', 'prisma'],
    ['docker-entrypoint.sh prisma', 'prisma'],
    ['dockerize -wait tcp://db:5432 -timeout 5s prisma', 'prisma'],
    ['npx -p prisma@6 -w api prisma@6 up', 'prisma up'],
    ['npx --yes prisma@latest', 'prisma'],
    ['npx @scope/tool@1 up', 'tool up'],
    ['bunx --bun prisma', 'prisma'],
    ['deno run -A npm:prisma@6 up', 'prisma up'],
    ['deno test prisma', 'deno test prisma'],
    ['uvx --from alembic alembic up', 'alembic up'],
    ['uv run --with psycopg --with-editable . alembic up', 'alembic up'],
    ['uv sync', 'uv sync'],
    ['poetry run -C api alembic', 'alembic'],
    ['conda run -n app alembic', 'alembic'],
    ['bundle exec rake db:migrate', 'rake db:migrate'],
    ['node ../scripts/with-env.mjs prisma migrate deploy', 'prisma migrate deploy'],
    ['node dist/main.js migrate', 'node dist/main.js migrate'],
    ['bundle install', 'bundle install'],
    ['symfony php bin/console up', 'console up'],
    ['dotnet tool run ef up', 'ef up'],
    ['dotnet tool install ef', 'dotnet tool install ef'],
    ['doppler run -p shop -c prod -- prisma', 'prisma'],
    ['infisical run --env=prod -- prisma', 'prisma'],
    ['dotenv -e .env -- prisma', 'prisma'],
    ['dotenv-cli -v A=1 prisma', 'prisma'],
    ['dotenvx run -f .env -- prisma', 'prisma'],
    ['wait-for-it.sh db:5432 -t 60 -- prisma up', 'prisma up'],
    ['wait-for db:5432 -- prisma', 'prisma'],
    ['wait4x tcp db:5432 -- prisma', 'prisma'],
    ['wait-for-it db:5432', 'wait-for-it db:5432'],
    ['my-wait-for db -- prisma', 'my-wait-for db -- prisma'],
    ['chamber exec shop -- prisma', 'prisma'],
    ['chambers exec shop -- prisma', 'chambers exec shop -- prisma'],
    ['npm exec -- prisma up', 'prisma up'],
    ['npm exec prisma -- up', 'prisma up'],
    ['npm exec -w api prisma', 'prisma'],
    ['npm exec prisma', 'prisma'],
    ['pnpm -F api exec prisma up', 'prisma up'],
    ['pnpm --filter=api dlx prisma@6 up', 'prisma up'],
    ['pnpm --dir api prisma up', 'prisma up'],
    ['pnpm lint', 'pnpm lint'],
    ['yarn workspace api prisma up', 'prisma up'],
    ['yarn workspace api lint', 'yarn workspace api lint'],
    ['yarn prisma up', 'prisma up'],
    ['yarn run prisma up', 'prisma up'],
    ['yarn run migrate', 'yarn run migrate'],
    ['bun x prisma', 'prisma'],
    ['bun run knex', 'knex'],
    ['npms exec prisma', 'npms exec prisma'],
    ['node node_modules/.bin/prisma up', 'prisma up'],
    ['node -r dotenv/config ./node_modules/typeorm/cli.js run', 'typeorm run'],
    ['node --import tsx --loader x node_modules/knex/bin/cli.js', 'knex'],
    ['node dist/main.js', 'node dist/main.js'],
    ['node node_modules/express/x.js', 'node node_modules/express/x.js'],
    ['tsx -P tsconfig.json node_modules/.bin/umzug up', 'umzug up'],
    ['ts-node -O {} node_modules/.bin/umzug up', 'umzug up'],
    ['ts-nodes node_modules/.bin/umzug', 'ts-nodes node_modules/.bin/umzug'],
    ['/app/node_modules/.bin/knex up', 'knex up'],
    ['my_node_modules/.bin/knexes up', 'knexes up'],
    ['node_modules/left-pad/index.js', 'index.js'],
    ['python -m alembic up', 'alembic up'],
    ['python3.12 -u -W ignore manage.py migrate', 'python3.12 manage.py migrate'],
    ['python3 -Wignore -m alembic', 'alembic'],
    ['python manage.py', 'python manage.py'],
    ['python', 'python'],
    ['python -c code', 'python -c code'],
    ['pythons -m alembic', 'pythons -m alembic'],
    ['php -d memory_limit=-1 artisan migrate', 'php artisan migrate'],
    ['php artisan migrate', 'php artisan migrate'],
    ['/usr/local/bin/flyway migrate', 'flyway migrate'],
    ['timeout 5 env A=1 npx prisma up', 'prisma up'],
    ['exec', ''],
    ['', ''],
  ])('%s is %s', (command, expected) => {
    expect(takeOffRunners(command.split(' ').filter((word) => word !== '')).join(' ')).toBe(expected);
  });
});
