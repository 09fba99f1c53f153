import { describe, expect, test } from 'vitest';
import { classifyName, isDatabaseUrl, parseDatabaseUrl } from '../../../src/model/databases/database-setting.ts';

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
    'Postgres__UseDirectDatabaseUrl',
    'USE_DATABASE_URL',
    'DB_SKIP_NAME',
    'ENABLE_DB_HOST',
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
