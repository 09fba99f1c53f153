// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that a shell fills.
import { describe, expect, test } from 'vitest';
import { envSourceMatch } from '../../src/rules/env-source-match.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

const wait = '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}';
const job = (more: string, container = 'command: [npx, prisma, migrate, deploy]') =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", ${container}${more && `, ${more}`}}], volumes: [{name: settings, configMap: {name: settings}}]}}}`;
const service = (...containers: readonly string[]) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [${wait}], containers: [${containers.map((more, i) => `{name: shop-${i}, image: "shop:v1"${more && `, ${more}`}}`).join(', ')}]}}}`;
const config = (data: string, name = 'settings') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}`;

const env = (...variables: readonly string[]) => `env: [${variables.join(', ')}]`;
const value = (name: string, text: string) => `{name: ${name}, value: "${text}"}`;
const key = (name: string, object: string, ofKey = name) =>
  `{name: ${name}, valueFrom: {configMapKeyRef: {name: ${object}, key: ${ofKey}}}}`;
const secret = (...names: readonly string[]) =>
  `envFrom: [${names.map((name) => `{secretRef: {name: ${name}}}`).join(', ')}]`;

/** What the rule says: the message, with what it points at, and the hint. */
function judge(...objects: readonly string[]): string[] {
  const reported: string[] = [];
  envSourceMatch.check(modelFromYaml(objects.join('\n---\n')), ({ message, related, hint, severity, field }) => {
    const notes = (related ?? []).map(({ note }) => note);
    reported.push(...[`${severity ?? 'error'} ${field ?? '-'}: ${message}`, ...notes, `hint: ${hint}`]);
  });
  return reported;
}

describe('env-source-match: objects that the tree does not hold', () => {
  test('which the Job takes nothing from', () => {
    expect(judge(job(''), service(secret('shop-db', 'shop-mail')))).toEqual([
      "warning spec.template.spec.containers[0].envFrom: Container `migrate` of Job `shop-migration-v1` takes nothing from Secret `shop-db`, Secret `shop-mail`, which Deployment `shop` takes its variables from: the migration may lack the database's settings.",
      'Deployment `shop` takes it here',
      "hint: Add Secret `shop-db`, Secret `shop-mail` to the Job's `envFrom`.",
    ]);
  });

  test('of which the Job takes another', () => {
    expect(judge(job(secret('bank-db')), service(secret('shop-db')))).toEqual([
      'error spec.template.spec.containers[0].envFrom[0].secretRef.name: Job `shop-migration-v1` takes its variables from Secret `bank-db`, which this build does not contain, and Deployment `shop` takes Secret `shop-db`: the migration may work on another database.',
      'Deployment `shop` takes it from here',
      'hint: Give both the same source.',
    ]);
  });

  test('that both take', () => {
    expect(judge(job(secret('shop-db')), service(secret('shop-db')))).toEqual([]);
  });
});

describe('env-source-match: addresses', () => {
  test('in variables of two names', () => {
    const other = env(value('DB_URL', 'postgres://shop/shop'));
    expect(judge(job(env(value('DATABASE_URL', 'postgres://bank/shop'))), service(other))).toEqual([
      'error spec.template.spec.containers[0].env[0]: Job `shop-migration-v1` and Deployment `shop` use different database hosts: the Job sets `DATABASE_URL` itself, and the service sets `DB_URL` itself. The migration changes one database, and the service uses the other.',
      'Deployment `shop` takes `DB_URL` from here',
      'hint: Give both the same source, or correct the value that is wrong.',
    ]);
  });

  test('of two databases, of which the service has a value of its own', () => {
    const own = judge(
      job(env(key('DATABASE_URL', 'settings'))),
      service(env(value('DATABASE_URL', 'postgres://shop/bank'))),
      config('DATABASE_URL: "postgres://shop/shop"'),
    );
    expect(own).toEqual([
      expect.stringMatching(
        /^error -: Job `shop-migration-v1` and Deployment `shop` use different databases: the Job takes `DATABASE_URL` from /,
      ),
      'the Job takes `DATABASE_URL` from here',
      "the Job's value of `DATABASE_URL`",
      'hint: Give both the same source, or correct the value that is wrong.',
    ]);
  });

  test('in two ConfigMaps', () => {
    const reported = judge(
      job(env(key('DATABASE_URL', 'settings'))),
      service(env(key('DATABASE_URL', 'others'))),
      config('DATABASE_URL: "postgres://shop/shop"'),
      config('DATABASE_URL: "postgres://bank/shop"', 'others'),
    );
    expect(reported.slice(1, -1)).toEqual([
      "the Job's value of `DATABASE_URL`",
      'Deployment `shop` takes `DATABASE_URL` from here',
      'its value of `DATABASE_URL`',
    ]);
  });
});

describe('env-source-match: a command that hands on a variable', () => {
  const elsewhere = service(env(value('DATABASE_URL', 'postgres://shop/shop')));
  test.each([
    'command: [migrate, -database, $(DATABASE_URL), up]',
    'command: [sh, -c, "migrate -database \\"$DATABASE_URL\\" up"]',
    'command: [sh, -c, "migrate -database ${DATABASE_URL} up"]',
  ])('%s', (container) => {
    const [message] = judge(job(env(value('DATABASE_URL', 'postgres://bank/shop')), container), elsewhere);
    expect(message).toContain('use different database hosts');
  });
});

describe('env-source-match: localhost', () => {
  const local = env(value('DATABASE_URL', 'postgres://localhost/shop'));
  const remote = service(env(value('DATABASE_URL', 'postgres://shop/shop')));
  test('is nothing but the migration itself', () => {
    expect(judge(job(local), remote)[0]).toContain('use different database hosts');
    expect(judge(job(local), service(env(value('DATABASE_URL', 'postgres://127.0.0.1/shop'))))).toEqual([]);
    const prepared = job(local).replace('{containers', '{initContainers: [{name: fetch, image: curl}], containers');
    expect(judge(prepared, remote)[0]).toContain('use different database hosts');
  });

  test('may be another container of the Job', () => {
    const beside = job(local).replace('containers: [', 'containers: [{name: proxy, image: cloud-sql-proxy}, ');
    expect(judge(beside, remote)).toEqual([]);
  });

  test.each([
    ['initContainers: [{name: proxy, image: cloud-sql-proxy, restartPolicy: Always}]'],
    ['hostNetwork: true'],
  ])('may be something else with %s', (more) => {
    expect(judge(job(local).replace('spec: {containers', `spec: {${more}, containers`), remote)).toEqual([]);
  });
});

describe('env-source-match: a Secret that the tree does not hold', () => {
  const known = config('url: "postgres://shop/shop"', 'known').replace('kind: ConfigMap', 'kind: Secret');
  const from = (name: string, object: string): string =>
    env(key(name, object, 'url').replace('configMapKeyRef', 'secretKeyRef'));
  const secretOf = (object: string): string =>
    known.replace('\ndata:', '\nstringData:').replace('name: known', `name: ${object}`);

  test('in the service: there it is to be mended', () => {
    expect(
      judge(job(from('DATABASE_URL', 'known')), service(from('DATABASE_URL', 'other')), secretOf('known')),
    ).toEqual([
      'error -: Job `shop-migration-v1` takes `DATABASE_URL` from key `url` of Secret `known`, but Deployment `shop` takes it from key `url` of Secret `other`: the migration may work on another database.',
      'the Job takes `DATABASE_URL` from here',
      "the Job's value of `DATABASE_URL`",
      'hint: Take `DATABASE_URL` from key `url` of Secret `known` in both.',
    ]);
  });

  test('in the Job, whose tool has a name of its own for the URL', () => {
    expect(judge(job(from('FLYWAY_URL', 'other')), service(from('DATABASE_URL', 'known')), secretOf('known'))).toEqual([
      'error spec.template.spec.containers[0].env[0]: Job `shop-migration-v1` takes `FLYWAY_URL` from key `url` of Secret `other`, but Deployment `shop` takes `DATABASE_URL` from key `url` of Secret `known`: the migration may work on another database.',
      'Deployment `shop` takes `DATABASE_URL` from here',
      'its value of `DATABASE_URL`',
      'hint: Take `FLYWAY_URL` and `DATABASE_URL` from key `url` of Secret `known` in both.',
    ]);
  });
});

describe('env-source-match: settings that the Job lacks', () => {
  test('and the service has of its own', () => {
    expect(judge(job(''), service(env(value('DATABASE_URL', 'postgres://shop/shop'))))).toEqual([
      'error spec.template.spec.containers[0].envFrom: Container `migrate` of Job `shop-migration-v1` does not get `DATABASE_URL`, which Deployment `shop` takes from its `env`: the migration fails, or works on another database.',
      'container `shop-0` of Deployment `shop` takes its own value',
      'hint: Give the Job the same sources: its `env`.',
    ]);
  });

  test('and a second container of the service has', () => {
    const [message, note] = judge(job(''), service('', env(value('DATABASE_URL', 'postgres://shop/shop'))));
    expect(message).toContain('does not get `DATABASE_URL`');
    expect(note).toBe('container `shop-1` of Deployment `shop` takes its own value');
  });

  test.each([
    ['on the command line', 'args: [migrate, "--url", "postgres://shop/shop"]'],
    ['from a file into a variable', 'command: [sh, -c, "DATABASE_URL=$(cat url) migrate up"]'],
    ['from a script that sets variables', 'command: [sh, -c, ". /vault/database && migrate --url $DATABASE_URL up"]'],
    ['in a file', 'command: [migrate, up], volumeMounts: [{name: settings, mountPath: /settings}]'],
  ])('and takes %s', (_, container) => {
    expect(judge(job('', container), service(env(value('DATABASE_URL', 'postgres://shop/shop'))))).toEqual([]);
  });

  test.each([
    'command: [migrate, -database, $(DATABASE_URL), up]',
    'command: [sh, -c, "migrate --url $DATABASE_URL up"]',
  ])('and is to hand on: %s', (container) => {
    const [message] = judge(job('', container), service(env(value('DATABASE_URL', 'postgres://shop/shop'))));
    expect(message).toContain('does not get `DATABASE_URL`');
  });

  test('while another container of the service has the same', () => {
    const [own, other] = [value('DATABASE_URL', 'postgres://bank/shop'), value('DATABASE_URL', 'postgres://shop/shop')];
    expect(judge(job(env(own)), service(env(other), env(own)))).toEqual([]);
  });
});

describe('env-source-match: other rules report', () => {
  const url = (object: string, ofKey = 'DATABASE_URL') => env(key('DATABASE_URL', object, ofKey));
  const known = [
    config('DATABASE_URL: "postgres://shop/shop"'),
    config('DATABASE_URL: "postgres://bank/shop"', 'bank'),
  ];
  test('a key that the source lacks, in the Job or in the service', () => {
    expect(judge(job(url('bank')), service(url('settings')), ...known)[0]).toContain('different database hosts');
    expect(judge(job(url('bank', 'DATABASE_URI')), service(url('settings')), ...known)).toEqual([]);
    expect(judge(job(url('bank')), service(url('settings', 'DATABASE_URI')), ...known)).toEqual([]);
    expect(judge(job(url('bank')), service(url('settings'), url('settings', 'DATABASE_URI')), ...known)).toEqual([]);
  });
});

describe('env-source-match: Jobs that share the address of a server', () => {
  const using = (name: string, host = 'settings') => env(key('DB_HOST', host), value('DB_NAME', name));
  const server = config('DB_HOST: db');
  const jobs = ['shop', 'bank'].map((name) => job(using(name)).replaceAll('shop-migration-v1', `${name}-migration-v1`));
  const web = (name: string) =>
    service(using(name)).replace(`initContainers: [${wait}], `, '').replace(': shop}', ': web}');
  const another = 'Job `shop-migration-v1` and Deployment `web` use different databases';

  test('the service uses the database of one of them', () => {
    expect(judge(...jobs, web('bank'), server)).toEqual([]);
    expect(judge(...jobs, web('shop'), server)).toEqual([]);
  });

  test('the service uses a third database', () => {
    expect(judge(...jobs, web('audit'), server)[0]).toContain(another);
  });

  test('the service waits for both', () => {
    const both = wait.replace('shop-migration-v1]', 'bank-migration-v1]').replace('name: wait', 'name: wait-bank');
    const waiting = web('bank').replace('containers:', `initContainers: [${wait}, ${both}], containers:`);
    expect(judge(...jobs, waiting, server)[0]).toContain(another);
  });
});
