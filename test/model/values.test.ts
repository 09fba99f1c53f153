// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { PathIndex } from '../../src/model/appliers/path-index.ts';
import { readScript } from '../../src/model/commands/shell-script.ts';
import { classifyName, isDatabaseUrl, parseDatabaseUrl } from '../../src/model/databases/database-setting.ts';
import { parseImage } from '../../src/model/objects/image.ts';
import { fillVariables, leftVariables } from '../../src/model/objects/symbolic.ts';
import { carriesVersion, imageVersion, nameStem, versionLikePart } from '../../src/model/objects/version.ts';

describe('image: parts of a reference', () => {
  test.each([
    ['app', { repository: 'app', tag: undefined, digest: undefined }],
    ['app:v1', { repository: 'app', tag: 'v1', digest: undefined }],
    ['registry:5000/app', { repository: 'registry:5000/app', tag: undefined, digest: undefined }],
    ['registry:5000/app:v1@sha256:ab', { repository: 'registry:5000/app', tag: 'v1', digest: 'sha256:ab' }],
    ['app:${TAG:-v1}', { repository: 'app', tag: '${TAG:-v1}', digest: undefined }],
    ['${REPO:=a/b:c}/app', { repository: '${REPO:=a/b:c}/app', tag: undefined, digest: undefined }],
  ])('%s', (image, parts) => {
    expect(parseImage(image)).toEqual(parts);
  });

  test('tags that move are no version', () => {
    expect(imageVersion('app:latest')).toBeUndefined();
    expect(imageVersion('app')).toBeUndefined();
    expect(imageVersion('app:v1.2')).toBe('v1.2');
    expect(imageVersion('app@sha256:0123456789abcdef')).toBe('0123456789ab');
  });
});

describe('version: in names', () => {
  test.each([
    ['shop-migration-v1.2286938253.0', 'v1.2286938253.0'],
    ['shop-migration-1-4-0', '1.4.0'],
    ['shop-migration-v1-4-0-rc1', 'v1.4.0-rc1'],
    ['shop-migration-a1b2c3d', 'a1b2c3d4e5f6'],
    ['shop-migration-build-77', 'build_77'],
  ])('%s carries %s', (name, version) => {
    expect(carriesVersion(name, version)).toBe(true);
  });

  test.each([
    ['shop-migration', 'v1.4.0'],
    ['shop-migration-v1.4.01', 'v1.4.0'],
    ['shop-migration-11.4.0', '1.4.0'],
  ])('%s does not carry %s', (name, version) => {
    expect(carriesVersion(name, version)).toBe(false);
  });

  test.each([
    ['shop-migration-v2', 'v2'],
    ['shop-migration-20240131', '20240131'],
    ['shop-migration-17', '17'],
    ['shop-migration-3f5a9c17d2e4', '3f5a9c17d2e4'],
    ['shop-migration-t8m2kc5fg9', 't8m2kc5fg9'],
    ['shop-migration', undefined],
    ['shop-migration-TAG', undefined],
    ['shop-migration-staging', undefined],
    ['defaced-migration', undefined],
  ])('%s', (name, part) => {
    expect(versionLikePart(name)).toBe(part);
  });

  test.each([
    ['shop-migration-v1.4.0', 'shop'],
    ['shop-api-db-migrate', 'shop-api'],
    ['shop', 'shop'],
    ['migrate', ''],
    ['shop-migration-${IMAGE_TAG}', 'shop'],
  ])('the stem of %s is %s', (name, stem) => {
    expect(nameStem(name)).toBe(stem);
  });
});

describe('symbolic: variables left', () => {
  test('are found with their functions, and escapes are not', () => {
    expect(leftVariables('a-${TAG}-${X:=1}-$${Y}-${#Z}').map(({ name }) => name)).toEqual(['TAG', 'X', 'Z']);
    expect(leftVariables('$(TAG) $TAG ${1}')).toEqual([]);
    expect(leftVariables('${X:-1}')[0]?.hasDefault).toBe(true);
    expect(leftVariables('${X%-*}')[0]?.hasDefault).toBe(false);
  });

  test('are filled where they are known', () => {
    const values = new Map([['TAG', 'v1']]);
    expect(fillVariables('a-${TAG}-${OTHER}-$${TAG}', values)).toBe('a-v1-${OTHER}-$${TAG}');
  });
});

describe('database-setting: names and addresses', () => {
  test.each([
    ['DATABASE_URL', 'url'],
    ['SHOP_DATABASE_URL', 'url'],
    ['DATABASE_URL_UNPOOLED', 'url'],
    ['DIRECT_URL', 'url'],
    ['SPRING_DATASOURCE_URL', 'url'],
    ['SQLALCHEMY_DATABASE_URI', 'url'],
    ['ConnectionStrings__Default', 'url'],
    ['APP__DATABASE__URL', 'url'],
    ['DB_DSN', 'url'],
    ['DB_HOST', 'host'],
    ['PGHOST', 'host'],
    ['PGDATABASE', 'name'],
    ['POSTGRES_DB', 'name'],
    ['MYSQL_DATABASE', 'name'],
    ['TYPEORM_DATABASE', 'name'],
    ['DB_PORT', 'port'],
    ['DB_USERNAME', 'user'],
    ['SPRING_DATASOURCE_PASSWORD', 'password'],
    ['POSTGRES_PASSWORD', 'password'],
    ['dbHost', 'host'],
    ['DB_HOSTNAME', 'host'],
    ['DATASOURCE_SERVER', 'host'],
    ['MYSQL_ADDR', 'host'],
    ['DB_ENDPOINT', 'host'],
    ['SHOP_DB_DBNAME', 'name'],
    ['PGPORT', 'port'],
    ['PGUSER', 'user'],
    ['MARIADB_USER', 'user'],
    ['DB_PASS', 'password'],
    ['MSSQL_PWD', 'password'],
    ['ConnectionString:Default', 'url'],
    ['CONNECTION_STRINGS__SHOP', 'url'],
    ['ThreadDatabaseUrl', 'url'],
    ['DATABASEURL', 'url'],
  ])('%s is a %s', (name, role) => {
    expect(classifyName(name)?.role).toBe(role);
  });

  test.each([
    'REDIS_URL',
    'READ_DATABASE_URL',
    'SHADOW_DATABASE_URL',
    'DB_REPLICA_HOST',
    'API_URL',
    'HOST',
    'NODE_ENV',
    'databaseUrlRead',
    'test_database_url',
    'MY_CONNECTION_STRINGS__SHOP',
    'CONNECTIONSTRINGSX',
    'DB_HOSTS',
    'DB_X',
    'MYDBHOSTX',
  ])('%s is none', (name) => {
    expect(classifyName(name)).toBeUndefined();
  });

  test.each([
    ['postgres://u:p@db.example.com:5432/shop?sslmode=require', 'db.example.com', 'shop'],
    ['postgresql+asyncpg://u:$(PASSWORD)@db/shop', 'db', 'shop'],
    ['jdbc:postgresql://db:5432/shop', 'db', 'shop'],
    ['jdbc:sqlserver://db:1433;databaseName=shop;encrypt=true', 'db', 'shop'],
    ['mysql://u:p%40@db/shop', 'db', 'shop'],
    ['u:p@tcp(db:3306)/shop?parseTime=true', 'db', 'shop'],
    ['host=db port=5432 dbname=shop user=u', 'db', 'shop'],
    ['Server=tcp:db,1433;Database=shop;User Id=u', 'db', 'shop'],
    ['Data Source=db;Initial Catalog=shop', 'db', 'shop'],
    ['database = shop; addr = db', 'db', 'shop'],
    ['dbname=shop', undefined, 'shop'],
    ['host=DB.example.com', 'db.example.com', undefined],
    ['myhost=x host=db', 'db', undefined],
    ['postgres://db', 'db', undefined],
    ['postgres://db/', 'db', undefined],
    ['postgres:///shop', undefined, 'shop'],
    ['postgres://u:p@db/shop#part', 'db', 'shop'],
    ['jdbc:oracle:thin:@//db:1521/shop', 'db', 'shop'],
    ['postgres://db?dbname=shop', 'db', 'shop'],
    ['u@unix(/run/mysqld.sock)/shop', '/run/mysqld.sock', 'shop'],
    ['u:p@tcp(db:3306)/', 'db', undefined],
    ['postgres://db-5:5432/shop-1', 'db-5', 'shop-1'],
  ])('%s', (url, host, database) => {
    expect(parseDatabaseUrl(url)).toEqual({ host, database });
  });

  test.each(['shop', 'ghost=db', 'see http-like text'])('%s leads nowhere', (text) => {
    expect(parseDatabaseUrl(text)).toBeUndefined();
  });

  test.each([
    ['postgres://db', true],
    ['jdbc:mysql://db', true],
    ['mongodb+srv://db', true],
    ['postgresql+asyncpg://db', true],
    ['my-postgres://db', false],
    ['https://db', false],
  ])('%s is the URL of a database: %s', (value, expected) => expect(isDatabaseUrl(value)).toBe(expected));
});

describe('shell-script: commands', () => {
  test.each([
    ['a b; c "d e" && f', [['a', 'b'], ['c', 'd e'], ['f']]],
    ["a 'b; c' # d\ne", [['a', 'b; c'], ['e']]],
    ['if a; then b; else c; fi', [['a'], ['b'], ['c']]],
    [
      'x=$(a b) c',
      [
        ['a', 'b'],
        ['x=$()', 'c'],
      ],
    ],
    ['a 2>&1 | b', [['a', '2>&1'], ['b']]],
    ['a \\\n  b', [['a', 'b']]],
    ['echo "$(a `b`)"', [['b'], ['a', '$()'], ['echo', '$()']]],
    ['', []],
    ['"unclosed', [['unclosed']]],
  ])('%j', (script, commands) => {
    expect(readScript(script).commands).toEqual(commands);
  });

  test('loops are noticed', () => {
    expect(readScript('until a; do b; done').loops).toBe(true);
    expect(readScript('a && b').loops).toBe(false);
  });

  test.each([
    ['a || true', ['a']],
    ['a || exit 0', ['a']],
    ['a || exit 1', []],
    ['a || recover', []],
    ['a; b', ['a']],
    ['a\nb', ['a']],
    ['a && b', []],
    ['a && b; c', ['a', 'b']],
    ['set -e; a; b', ['set']],
    ['set -euo pipefail\na\nb', ['set']],
    ['set -e; a && b; c', ['set', 'a']],
    ['a; exit $?', []],
    ['a; exit 1', []],
    ['if a; then b; fi; c', []],
    ['a & wait; c', []],
    ['a | b; c', []],
    ['(a; b); c', []],
    ['a "$(b)"; c', []],
  ])('%j goes on whatever becomes of %j', (script, expected) => {
    const { commands, ignored } = readScript(script);
    expect([...ignored].map((index) => commands[index]?.[0])).toEqual(expected);
  });
});

test.each([
  ['./apps/shop', '/repo/apps/shop', true],
  ['apps/shop/', '/repo/apps/shop', true],
  ['shop', '/repo/apps/workshop', false],
  ['./', '/repo/apps/shop', false],
  [undefined, '/repo', false],
])('path-index: path %s means %s: %s', (path, folder, expected) => {
  expect(new PathIndex([path], (each) => each).find(folder)).toEqual(expected ? [path] : []);
});

test('path-index: all that point at a folder, in their order', () => {
  const paths = ['repo/apps/shop', 'shop', '../shop', 'apps/shop', './', '', 'other'];
  const index = new PathIndex(paths, (each) => each);
  expect(index.find('/repo/apps/shop')).toEqual(['repo/apps/shop', 'shop', 'apps/shop']);
  expect(new PathIndex([...paths].reverse(), (each) => each).find('/repo/apps/shop')).toEqual([
    'apps/shop',
    'shop',
    'repo/apps/shop',
  ]);
  expect(index.find('/')).toEqual([]);
  expect(index.find('/repo/../shop')).toEqual(['shop']);
});
