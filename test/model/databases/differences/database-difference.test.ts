// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { databaseAddresses, findDatabaseSettings } from '../../../../src/model/databases/database-setting.ts';
import {
  compareDatabaseSettings,
  type DatabaseDifference,
} from '../../../../src/model/databases/differences/database-difference.ts';
import { type Environment, readEnvironment } from '../../../../src/model/environment/environment.ts';
import { firstOf } from '../../../support/first-of.ts';
import { modelFromYaml } from '../../../support/root-from-yaml.ts';
import { testCases } from '../../../support/test-cases.ts';

/** The environment of a container with these `env` and `envFrom`, beside a ConfigMap `settings` and a Secret `known`. */
function environmentOf(fields: string): Environment {
  const model = modelFromYaml(`
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec: {containers: [{name: main, ${fields}}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {DB_HOST: db, DB_NAME: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: known}
stringData: {DATABASE_URL: "postgres://u:hidden@db/shop"}
`);
  const workload = firstOf(model.workloads);
  return readEnvironment(firstOf(workload.pod.containers), workload, model.config);
}

const literals = (values: Readonly<Record<string, string>>): string =>
  `env: [${Object.entries(values)
    .map(([name, value]) => `{name: ${name}, value: "${value}"}`)
    .join(', ')}]`;
const keys = (...entries: readonly (readonly [name: string, object: string, key: string])[]): string =>
  `env: [${entries.map(([name, object, key]) => `{name: ${name}, valueFrom: {secretKeyRef: {name: ${object}, key: ${key}}}}`).join(', ')}]`;
const secrets = (...names: readonly string[]): string =>
  `envFrom: [${names.map((name) => `{secretRef: {name: ${name}}}`).join(', ')}]`;
const maps = (...names: readonly string[]): string =>
  `envFrom: [${names.map((name) => `{configMapRef: {name: ${name}}}`).join(', ')}]`;

function compare([job, service]: readonly [job: string, service: string]): string[] {
  const difference = compareDatabaseSettings(environmentOf(job), environmentOf(service));
  return difference === undefined ? ['no difference'] : describeDifference(difference);
}

function describeDifference(difference: DatabaseDifference): string[] {
  switch (difference.kind) {
    case 'address':
      return [`another ${difference.part}: ${difference.job.name} and ${difference.service.name}`];
    case 'source':
      return [`another source: ${difference.job.name} and ${difference.service.name}`];
    case 'key':
      return [`another key: ${difference.job.name} and ${difference.service.name}`];
    case 'prefix':
      return [
        `${difference.variables.map(({ name }) => name).join(', ')} beside ${difference.beside.name} (${difference.side})`,
      ];
    case 'service import':
      return [`the service: everything of ${difference.service.object.value} instead of ${difference.job.name}`];
    case 'missing':
      return [`missing: ${difference.variables.map(({ name }) => name).join(', ')}`];
    case 'import': {
      const { service } = difference;
      const instead = 'object' in service ? `everything of ${service.object.value}` : service.name;
      return [`everything of ${difference.job.object.value} instead of ${instead}`];
    }
    case 'missing import':
      return [`missing: everything of ${difference.imports.map(({ object }) => object.value).join(', ')}`];
  }
}

const url = (value: string): string => literals({ DATABASE_URL: value });
const hosts = (host: string, name = 'shop'): string => literals({ DB_HOST: host, DB_NAME: name });

testCases<readonly [job: string, service: string]>(
  import.meta.dirname,
  'database-difference',
  {
    'nothing in either': ['args: []', 'args: []'],
    'the same URL': [url('postgres://db/shop'), url('postgres://db/shop')],
    'another host': [url('postgres://db1/shop'), url('postgres://db2/shop')],
    'another database': [url('postgres://db/shop'), url('postgres://db/web')],
    'another port or user only': [url('postgres://a:b@db:6432/shop'), url('postgres://c:d@db:5432/shop')],
    'a longer name of the host': [url('postgres://db/shop'), url('postgres://db.shop.svc/shop')],
    'a shorter name of the host': [url('postgres://db.shop.svc/shop'), url('postgres://db/shop')],
    'a host that begins alike': [url('postgres://db/shop'), url('postgres://db2/shop')],
    'a pooler before one of them': [url('postgres://db/shop'), url('postgres://pgbouncer/shop')],
    'a proxy beside one of them': [url('postgres://localhost/shop'), url('postgres://db/shop')],
    'a proxy by its address': [url('postgres://127.0.0.1/shop'), url('postgres://db/shop')],
    'an address that begins alike': [url('postgres://10.127.0.1/shop'), url('postgres://db/shop')],
    'the service for writing': [url('postgres://shop-rw/shop'), url('postgres://db/shop')],
    'the service for writing, alone': [url('postgres://rw/shop'), url('postgres://db/shop')],
    'a name that ends alike': [url('postgres://narrow/shop'), url('postgres://db/shop')],
    'a socket': [literals({ DB_HOST: '/run/postgres' }), literals({ DB_HOST: 'db' })],
    'a host that Flux fills': [url('postgres://${HOST}/shop'), url('postgres://db/shop')],
    'a host that Kubernetes fills': [url('postgres://db/shop'), url('postgres://$(HOST)/shop')],
    'a name that is not known': [url('postgres://db'), url('postgres://db/shop')],
    'a URL built from the same key': [
      'env: [{name: BASE_DATABASE_URL, valueFrom: {secretKeyRef: {name: db, key: url}}}, {name: DATABASE_URL, value: "$(BASE_DATABASE_URL)&schema=shop"}]',
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'a URL built from another key': [
      'env: [{name: BASE_DATABASE_URL, valueFrom: {secretKeyRef: {name: old, key: url}}}, {name: DATABASE_URL, value: "$(BASE_DATABASE_URL)&schema=shop"}]',
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'a URL with only its password from the same Secret': [
      'env: [{name: PASS, valueFrom: {secretKeyRef: {name: db, key: password}}}, {name: DATABASE_URL, value: "postgres://shop:$(PASS)@other/shop"}]',
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'one of two databases is the service’s': [
      literals({ DATABASE_URL: 'postgres://db1/shop', SHOP_DATABASE_URL: 'postgres://db2/shop' }),
      url('postgres://db2/shop'),
    ],
    'none of two databases is the service’s: that of the same name is named': [
      literals({ DATABASE_URL: 'postgres://db1/shop', SHOP_DATABASE_URL: 'postgres://db2/shop' }),
      literals({ SHOP_DATABASE_URL: 'postgres://db3/shop' }),
    ],
    'none of two databases is the service’s: the first is named': [
      literals({ A_DATABASE_URL: 'postgres://db1/shop', B_DATABASE_URL: 'postgres://db2/shop' }),
      literals({ SHOP_DATABASE_URL: 'postgres://db3/shop' }),
    ],
    'host and name': [hosts('db1'), hosts('db2')],
    'host and name: another name': [hosts('db', 'shop'), hosts('db', 'web')],
    'host and name against a URL': [hosts('db', 'web'), url('postgres://db/shop')],
    'a URL of a Secret in the tree': [keys(['DATABASE_URL', 'known', 'DATABASE_URL']), url('postgres://other/shop')],
    'the same key': [keys(['DATABASE_URL', 'db', 'url']), keys(['DATABASE_URL', 'db', 'url'])],
    'another key of the same Secret': [keys(['DATABASE_URL', 'db', 'url']), keys(['DATABASE_URL', 'db', 'other'])],
    'another Secret': [keys(['DATABASE_URL', 'db', 'url']), keys(['DATABASE_URL', 'web', 'url'])],
    'another Secret for the host': [keys(['DB_HOST', 'db', 'host']), keys(['DB_HOST', 'web', 'host'])],
    'another Secret for the name': [keys(['DB_NAME', 'db', 'name']), keys(['DB_NAME', 'web', 'name'])],
    'another Secret for the user': [keys(['DB_USER', 'db', 'user']), keys(['DB_USER', 'web', 'user'])],
    'another Secret for the password': [keys(['DB_PASSWORD', 'db', 'pass']), keys(['DB_PASSWORD', 'web', 'pass'])],
    'another Secret, for migrations': [
      keys(['DATABASE_URL', 'db-migrations', 'url']),
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'another Secret, with a key for the owner': [
      keys(['DATABASE_URL', 'web', 'owner-url']),
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'another Secret under another name': [keys(['DIRECT_URL', 'db', 'url']), keys(['DATABASE_URL', 'web', 'url'])],
    'the same key of another Secret, by the name that the tool has for it': [
      keys(['FLYWAY_URL', 'db', 'url']),
      keys(['DATABASE_URL', 'web', 'url']),
    ],
    'another key of another Secret, by the name that the tool has for it': [
      keys(['FLYWAY_URL', 'db', 'url']),
      keys(['DATABASE_URL', 'web', 'address']),
    ],
    'the same key of a ConfigMap, by the name that the tool has for it': [
      keys(['FLYWAY_URL', 'db', 'url']),
      'env: [{name: DATABASE_URL, valueFrom: {configMapKeyRef: {name: web, key: url}}}]',
    ],
    'a value of its own, by the name that the tool has for it': [keys(['FLYWAY_URL', 'db', 'url']), url('$(URL)')],
    'the same key of another Secret, and of a third one': [
      keys(['FLYWAY_URL', 'db', 'url']),
      keys(['DATABASE_URL', 'web', 'url'], ['ORDERS_DATABASE_URL', 'orders', 'url']),
    ],
    'a value of its own and a Secret': [url('postgres://db/shop'), keys(['DATABASE_URL', 'web', 'url'])],
    'a value that is no address and a Secret': [url('$(URL)'), keys(['DATABASE_URL', 'web', 'url'])],
    'a field of the pod and a Secret': [
      'env: [{name: DB_HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]',
      keys(['DB_HOST', 'web', 'host']),
    ],
    'the same unread value of their own': [url('$(URL)'), url('$(URL)')],
    'other unread values of their own': [url('$(URL)'), url('$(OTHER)')],
    'everything of the same Secret': [secrets('db'), secrets('db')],
    'everything of another Secret': [secrets('db'), secrets('web')],
    'everything of another Secret, for migrations': [secrets('db-migrate'), secrets('db')],
    'everything of another Secret and of a shared one': [secrets('all', 'db'), secrets('all', 'web')],
    'everything of one more Secret': [secrets('all', 'db'), secrets('all')],
    'everything of one Secret less': [secrets('all'), secrets('all', 'db')],
    'everything of another ConfigMap': [maps('db'), maps('web')],
    'a Secret and a ConfigMap of one name': [secrets('db'), maps('db')],
    'everything of a Secret instead of a key of another': [secrets('db'), keys(['DATABASE_URL', 'web', 'url'])],
    'everything of a Secret instead of a key of the same': [secrets('db'), keys(['DATABASE_URL', 'db', 'url'])],
    'everything of a ConfigMap instead of a key of a Secret': [maps('db'), keys(['DATABASE_URL', 'web', 'url'])],
    'everything of a Secret beside the same key': [
      `${secrets('all')}, ${keys(['DATABASE_URL', 'web', 'url'])}`,
      keys(['DATABASE_URL', 'web', 'url']),
    ],
    'keys that differ by a letter': [keys(['DATABASE_URL', 'db', 'url']), keys(['DATABASE_URL', 'db', 'uri'])],
    'keys with one more letter': [keys(['DB_HOST', 'db', 'hostname']), keys(['DB_HOST', 'db', 'hostnames'])],
    'keys of two words of which one differs by a letter': [
      keys(['DATABASE_URL', 'db', 'db-url']),
      keys(['DATABASE_URL', 'db', 'db-uri']),
    ],
    'keys of two words with one more separator': [
      keys(['DATABASE_URL', 'db', 'db--Url']),
      keys(['DATABASE_URL', 'db', 'db-Url']),
    ],
    'keys without a separator in one': [keys(['DATABASE_URL', 'db', 'dburl']), keys(['DATABASE_URL', 'db', 'db-url'])],
    'keys that differ by an abbreviation': [
      keys(['DATABASE_URL', 'db', 'url-rw']),
      keys(['DATABASE_URL', 'db', 'url-ro']),
    ],
    'keys that differ by a number': [keys(['DATABASE_URL', 'db', 'url1']), keys(['DATABASE_URL', 'db', 'url2'])],
    'keys alike for other variables': [keys(['DATABASE_URL', 'db', 'url']), keys(['DB_URL', 'db', 'uri'])],
    'keys alike of another object': [keys(['DATABASE_URL', 'db', 'url']), keys(['DATABASE_URL', 'web', 'uri'])],
    'nothing instead of a key': ['args: []', keys(['DATABASE_URL', 'web', 'url'])],
    'nothing instead of several': [
      'args: []',
      keys(['DB_HOST', 'web', 'host'], ['DB_PORT', 'web', 'port'], ['DB_PASSWORD', 'web', 'pass']),
    ],
    'a port is not missed': ['args: []', keys(['DB_PORT', 'web', 'port'])],
    'a host without a password': [
      keys(['DB_HOST', 'web', 'host']),
      keys(['DB_HOST', 'web', 'host'], ['DB_PASSWORD', 'web', 'pass']),
    ],
    'a URL in place of all others': [
      keys(['DATABASE_URL', 'web', 'url']),
      keys(['DB_HOST', 'web', 'host'], ['DB_PASSWORD', 'web', 'pass']),
    ],
    'all others in place of a URL': [
      keys(['DB_HOST', 'web', 'host'], ['DB_PASSWORD', 'web', 'pass']),
      keys(['DATABASE_URL', 'web', 'url']),
    ],
    'a host in place of a URL and a user': [
      keys(['DB_HOST', 'web', 'host']),
      keys(['DATABASE_URL', 'web', 'url'], ['DB_USER', 'web', 'user']),
    ],
    'nothing instead of everything of a Secret': ['args: []', secrets('db')],
    'nothing instead of everything of a ConfigMap': ['args: []', maps('db')],
    'a URL instead of everything of a Secret': [keys(['DATABASE_URL', 'web', 'url']), secrets('db')],
    'a password instead of everything of a Secret': [keys(['DB_PASSWORD', 'web', 'pass']), secrets('db')],
    'a host instead of everything of a Secret': [keys(['DB_HOST', 'web', 'host']), secrets('db')],
    'a key, while the service has everything of another as well': [
      'args: []',
      `${secrets('db')}, ${keys(['DB_HOST', 'web', 'host'])}`,
    ],
    'a host, while the service has everything of another as well': [
      keys(['DB_HOST', 'web', 'host']),
      `${secrets('db')}, ${keys(['DB_HOST', 'web', 'host'])}`,
    ],
    'a host and a password, while the service has everything of another as well': [
      keys(['DB_HOST', 'web', 'host'], ['DB_PASSWORD', 'web', 'pass']),
      `${secrets('db')}, ${keys(['DB_HOST', 'web', 'host'], ['DB_PASSWORD', 'web', 'pass'])}`,
    ],
    'a URL, while the service has everything of another as well': [
      keys(['DATABASE_URL', 'web', 'url']),
      `${secrets('db')}, ${keys(['DATABASE_URL', 'web', 'url'])}`,
    ],
    'a key of a ConfigMap and of a Secret of one name': [
      keys(['DATABASE_URL', 'db', 'url']).replace('secretKeyRef', 'configMapKeyRef'),
      keys(['DATABASE_URL', 'db', 'url']),
    ],
    'everything of another Secret, while the service has a setting of its own': [
      secrets('db'),
      `${secrets('web')}, ${literals({ DB_PORT: '5432' })}`,
    ],
    'everything of a ConfigMap that is not in the tree instead of everything of a Secret': [
      maps('other'),
      secrets('db'),
    ],
    'everything of two Secrets instead of one': [secrets('db', 'more'), secrets('web', 'more')],
    'everything of a Secret instead of nothing': [secrets('db'), 'args: []'],
    'everything of the same Secret, and of one more of the service': [secrets('db'), secrets('db', 'web')],
    'everything of a ConfigMap instead of everything of a Secret': [maps('settings'), secrets('db')],
  },
  compare,
);

describe('database-setting', () => {
  test.each([
    [{ DATABASE_URL: 'postgres://db/shop' }, ['db/shop from DATABASE_URL']],
    [{ CACHE_STORE: 'mysql://db/shop' }, []],
    [{ MY_STORE: 'mysql://db/shop' }, ['db/shop from MY_STORE']],
    [{ STORE_READ: 'mysql://db/shop' }, []],
    [{ STORE: 'redis://db/0' }, []],
    [{ DATABASE_URL: 'not a URL' }, []],
    [{ DB_HOST: 'db', DB_NAME: 'shop', DB_PORT: '5432' }, ['db/shop from DB_HOST and DB_NAME']],
    [{ DB_HOST: 'db' }, ['db/? from DB_HOST']],
    [{ DB_NAME: 'shop' }, ['?/shop from DB_NAME']],
    [{ DB_USER: 'shop' }, []],
    [{ A_DB_HOST: 'db', B_DB_NAME: 'shop' }, ['db/? from A_DB_HOST', '?/shop from B_DB_NAME']],
    [
      { DB_HOST: 'db', DB_NAME: 'shop', DATABASE_URL: 'postgres://other/web' },
      ['other/web from DATABASE_URL', 'db/shop from DB_HOST and DB_NAME'],
    ],
  ])('%j leads to %j', (values, expected) => {
    const addresses = databaseAddresses(
      findDatabaseSettings(environmentOf(literals(values as Readonly<Record<string, string>>))),
    );
    const found = addresses.map(
      ({ host = '?', database = '?', from, nameFrom }) =>
        `${host}/${database} from ${from.name}${nameFrom === from ? '' : ` and ${nameFrom.name}`}`,
    );
    expect(found).toEqual(expected);
  });

  test('a host whose value is not in the tree leads nowhere', () => {
    expect(databaseAddresses(findDatabaseSettings(environmentOf(keys(['DB_HOST', 'web', 'host']))))).toEqual([]);
    const half = environmentOf(`${keys(['DB_HOST', 'web', 'host'])}`.replace(']', ', {name: DB_NAME, value: shop}]'));
    expect(
      databaseAddresses(findDatabaseSettings(half)).map(({ host, database, from }) => [host, database, from.name]),
    ).toEqual([[undefined, 'shop', 'DB_HOST']]);
  });
});
