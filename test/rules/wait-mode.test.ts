import { expect, test } from 'vitest';
import { waitMode } from '../../src/rules/wait-mode.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

const job =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}';

/** What the rule says of a Deployment that waits in these containers: the message and the hint. */
function judge(...containers: readonly string[]): string[] {
  const list = containers.map((container, i) => `{name: wait-${i}, ${container}}`).join(', ');
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [${list}], containers: [{name: shop, image: "shop:v1"}]}}}`;
  const reported: string[] = [];
  waitMode.check(modelFromYaml(`${job}\n---\n${deployment}`), ({ message, hint }) =>
    reported.push(message, hint ?? ''),
  );
  return reported;
}

const waitFor = (args: string) => `image: "groundnuty/k8s-wait-for:v2.0", args: [${args}]`;
const multi = (args: string) => `image: "ghcr.io/erayan/k8s-wait-for-multi:v1", args: [${args}]`;
const never = 'it stops with an error at each start, and the pods never get past `Init`.';

test.each([
  [
    'a mode alone',
    waitFor('job-wr'),
    `is given mode \`job-wr\` and nothing to wait for: ${never}`,
    "Write the Job's name as the argument after it.",
  ],
  [
    'mode and name in one',
    waitFor('"job-wr  shop-migration-v1"'),
    `gets \`job-wr  shop-migration-v1\` as its mode, which k8s-wait-for does not know: ${never}`,
    'Write two arguments: `job-wr` and `shop-migration-v1`.',
  ],
  [
    'a word that is no mode',
    waitFor('jobs, shop-migration-v1'),
    `gets \`jobs\` as its mode, which k8s-wait-for does not know: ${never}`,
    "Write `job-wr`, and the Job's name as the argument after it.",
  ],
  [
    'two words of which none is a mode',
    waitFor('"wait shop-migration-v1"'),
    `gets \`wait shop-migration-v1\` as its mode, which k8s-wait-for does not know: ${never}`,
    "Write `job-wr`, and the Job's name as the argument after it.",
  ],
  [
    'a kind that is unknown',
    multi('"cronjob,shop-migration-v1"'),
    `gets \`cronjob,shop-migration-v1\`, and k8s-wait-for-multi knows only the kinds \`job\`, \`pod\` and \`service\`: ${never}`,
    'Write `NAMESPACE,job,NAME`.',
  ],
])('%s', (_, container, message, hint) => {
  expect(judge(container)).toEqual([`Init container \`wait-0\` of Deployment \`shop\` ${message}`, hint]);
});

test.each([
  [
    'the script of k8s-wait-for',
    'image: "groundnuty/k8s-wait-for:v2.0", command: [sh, -c, "wait_for.sh job-wr shop-migration-v1 || true"]',
    'wait_for.sh',
    'Remove `|| true`.',
  ],
  [
    'kubectl wait',
    'image: kubectl, command: [sh, -c, "kubectl wait --for=condition=complete --timeout=1h job/shop-migration-v1 || true"]',
    'kubectl wait',
    'Remove `|| true`.',
  ],
])('an outcome that counts for nothing: %s', (_, container, command, hint) => {
  expect(judge(container)).toEqual([
    `Init container \`wait-0\` of Deployment \`shop\` continues when \`${command}\` fails or gives up, as if the migration were done: the service starts anyway.`,
    hint,
  ]);
});

test('each of several containers by itself', () => {
  expect(judge(waitFor('job-wr, shop-migration-v1'), 'image: "postgres:16", command: [pg_isready]')).toEqual([]);
  expect(judge(waitFor('job-wr, shop-migration-v1'), waitFor('job-we, shop-migration-v1'))).toEqual([
    'Init container `wait-1` of Deployment `shop` waits in mode `job-we`, which treats a failed Job as done: the service starts after a failed migration.',
    'Write `job-wr`, which waits until a pod of the Job has succeeded.',
  ]);
});
