import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

/** The migration of `shop` or `audit`. */
const job = (
  name: string,
  image = `registry/${name}-migration:v1`,
  command = 'command: [npx, prisma, migrate, deploy], ',
) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, ${command}image: "${image}", env: [{name: DATABASE_URL, value: "postgres://db/${name}"}]}]}}}`;

/** A Deployment that waits for these migrations. */
const service = (name: string, waitsFor: readonly string[], image = `registry/${name}:v1`, database = 'shop') => {
  const inits = waitsFor.map(
    (one) => `{name: wait-${one}, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${one}-migration-v1]}`,
  );
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [${inits.join(', ')}], containers: [{name: ${name}, image: "${image}", env: [{name: DATABASE_URL, value: "postgres://db/${database}"}]}]}}}`;
};

/** What one rule says of a release in which `shop` depends on both migrations, and `audit` on that of `shop` only. */
function judge(id: string, ...objects: readonly string[]): string[] {
  const messages: string[] = [];
  const rule = rules.find((each) => each.id === id);
  const model = modelFromYaml(objects.join('\n---\n'));
  expect(model.releases).toHaveLength(1);
  rule?.check(model, ({ message }) => messages.push(message));
  return messages;
}

const both = service('shop', ['shop', 'audit']);
const one = service('audit', ['shop']);

test('the order of a list is asked of the migrations that a service depends on', () => {
  const [shop, audit] = [job('shop'), job('audit')];
  expect(judge('resource-order', shop, one, audit, both)).toEqual([]);
  expect(judge('resource-order', shop, both, audit, one)).toEqual([
    'Job `audit-migration-v1` is listed after Deployment `shop`, which depends on it: an init container holds Deployment `shop` back, so this changes nothing in the cluster, but the list reads as if the service came first.',
  ]);
});

test('tags that move are those of images that a migration has to do with', () => {
  const latest = service('audit', ['shop'], 'registry/audit:latest');
  expect(judge('image-tag-mutable', job('shop'), job('audit'), both, latest)).toEqual([]);
  expect(
    judge(
      'image-tag-mutable',
      job('shop'),
      job('audit'),
      service('shop', ['shop', 'audit'], 'registry/shop:latest'),
      one,
    ),
  ).toEqual([expect.stringContaining('Deployment `shop` runs image `registry/shop:latest`, whose tag `latest` moves')]);
});

test('a Job that starts a service is one of its own', () => {
  const bare = job('audit', 'registry/audit:v1', '');
  const shop = service('shop', ['shop', 'audit'], 'registry/web:v1');
  expect(judge('job-command', job('shop'), bare, shop, one)).toEqual([]);
});

test('databases are those of the services that depend on the migration', () => {
  const other = service('shop', ['shop', 'audit'], 'registry/shop:v1', 'audit');
  expect(judge('env-source-match', job('audit'), job('shop'), other, one)).toEqual([
    expect.stringMatching(/^Job `shop-migration-v1` and Deployment `shop` use different databases:/),
  ]);
});
