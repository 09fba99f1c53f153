// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux.
import { expect, test } from 'vitest';
import { hidePasswords } from '../../../src/lint/secrets/passwords.ts';
import { startCpuTime } from '../../support/cpu-time.ts';

test.each([
  ['postgres://shop:hunter@db/shop', 'postgres://shop:********@db/shop'],
  ['flyway -password=hunter migrate', 'flyway -password=******** migrate'],
  ['mysql --user root --password hunter shop', 'mysql --user root --password ******** shop'],
  ['["--db-password", "hunter"]', '["--db-password", "********"]'],
  ['- --password\n- hunter', '- --password\n- ********'],
  ['PGPASSWORD=hunter psql', 'PGPASSWORD=******** psql'],
  ['Host=db;Password=hunter;Database=shop', 'Host=db;Password=********;Database=shop'],
  ['DB_PASSWORD: hunter', 'DB_PASSWORD: ********'],
  ['{"password":"hunter"}', '{"password":"********"}'],
  ['{name: DB_PASSWORD, value: hunter}', '{name: DB_PASSWORD, value: ********}'],
  ['- name: DB_PASSWORD\n  value: "hunter"', '- name: DB_PASSWORD\n  value: "********"'],
  ['one=a://b:hunter@c PGPASSWORD=hunter', 'one=a://b:********@c PGPASSWORD=********'],
])('%j becomes %j', (text, hidden) => {
  expect(hidePasswords(text)).toBe(hidden);
});

test.each([
  'postgres://shop:$(DB_PASSWORD)@db/shop',
  'flyway -password=$PASSWORD migrate',
  'password: ${PASSWORD}',
  'secretKeyRef: {name: shop, key: password}',
  'property: password\n- secretKey: user',
  'name: DB_PASSWORD\n  valueFrom: {secretKeyRef: {name: shop, key: x}}',
  'takes `DB_PASSWORD` from key `password`: the migration fails',
  'password:',
  '--password-file /run/password',
])('%j is shown as it is', (text) => {
  expect(hidePasswords(text)).toBe(text);
});

test('a long text takes time by its length', () => {
  const text = `${'-password '.repeat(30_000)}${'://'.repeat(30_000)}${'-'.repeat(100_000)}`;
  const used = startCpuTime();
  hidePasswords(text);
  expect(used()).toBeLessThan(5000);
});
