import { describe, expect, test } from 'vitest';
import { jobCommand } from '../../src/rules/job-command.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

const job = (container: string, name = 'shop') =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{${container}}]}}}`;
const service = (container: string, name = 'shop') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}-migration-v1]}], containers: [{name: ${name}, ${container}}]}}}`;

/** What the rule says: the severity where it is not its own, the message, the hint where it is not the usual one. */
function judge(...objects: readonly string[]): string[] {
  const reported: string[] = [];
  jobCommand.check(modelFromYaml(objects.join('\n---\n')), ({ message, severity, hint }) => {
    reported.push(`${severity ?? jobCommand.severity}: ${message}`);
    if (hint && !hint.startsWith('Write the command that migrates')) reported.push(hint);
  });
  return reported;
}

describe('job-command: a Job without a command', () => {
  const bare = job('name: migrate, image: "registry/shop:v1"');
  const same =
    'error: Job `shop-migration-v1` gives container `migrate` neither `command` nor `args`: it starts what Deployment `shop` starts, and the Job never completes.';

  test("starts its service's program", () => {
    expect(judge(bare, service('image: "registry/shop:v1"'))).toEqual([same]);
  });

  test.each([
    ['a service with a command', bare, 'image: "registry/shop:v1", command: [node], args: [main.js]'],
    ['a service with arguments', bare, 'image: "registry/shop:v1", args: [serve]'],
    ['a service of another version', bare, 'image: "registry/shop:v2"'],
    ['a service of another image', bare, 'image: "registry/cart:v1"'],
    [
      'a command of its own',
      job('name: migrate, image: "registry/shop:v1", command: [npm], args: [run]'),
      'image: "registry/shop:v1"',
    ],
    [
      'a variable that may choose the migration',
      job('name: migrate, image: "registry/shop:v1", env: [{name: MIGRATE_ONLY, value: "1"}]'),
      'image: "registry/shop:v1"',
    ],
  ])('nothing is said of %s', (_, migration, container) => {
    expect(judge(migration, service(container))).toEqual([]);
  });

  test('may have an image of its own with a command', () => {
    const own = job('name: migrate, image: "registry/shop-migration:v1"');
    expect(judge(own, service('image: "registry/shop:v1"'))).toEqual([
      `${jobCommand.severity}: Job \`shop-migration-v1\` gives container \`migrate\` neither \`command\` nor \`args\`: if \`registry/shop-migration:v1\` was built without \`CMD\` and \`ENTRYPOINT\`, it cannot start.`,
    ]);
  });

  test('is compared with the services that depend on it', () => {
    const cart = job('name: migrate, image: "registry/cart:v1", command: [npx, prisma, migrate, deploy]', 'cart');
    const other = service('image: "registry/shop:v1"', 'cart');
    expect(judge(bare, service('image: "registry/web:v1"'), cart, other)).toEqual([]);
    expect(judge(bare, service('image: "registry/shop:v1"'), cart, other)).toEqual([same]);
  });
});

describe('job-command: a command that does not run', () => {
  const of = (command: string) => judge(job(`name: migrate, image: "registry/shop:v1", command: ${command}`));

  test.each([
    [
      '"npx  prisma migrate deploy"',
      'a string as its `command`: the API server wants a list and refuses the Job',
      'Write a list: `command: ["npx", "prisma", "migrate", "deploy"]`.',
    ],
    [
      '[" npx prisma migrate deploy "]',
      '` npx prisma migrate deploy ` as one word of its `command`: no shell splits it, so there is no program of that name',
      'Write a list: `command: ["npx", "prisma", "migrate", "deploy"]`.',
    ],
    [
      '[sh, -c, npx, prisma, migrate, deploy]',
      'only `npx` to run: what follows the script of `sh -c` is not part of it',
      'Write the whole script as one item after `-c`, or remove `sh -c`.',
    ],
  ])('%s', (command, what, hint) => {
    expect(of(command)).toEqual([
      `error: Job \`shop-migration-v1\` gives container \`migrate\` ${what}, and the migration never runs.`,
      hint,
    ]);
  });
});
