import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

/** What one rule says of some objects beside a migration Job: the message up to its first `:`, and the hint. */
function judge(id: string, ...objects: readonly string[]): string[] {
  const job =
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}';
  const found: string[] = [];
  const rule = rules.find((each) => each.id === id);
  rule?.check(modelFromYaml([job, ...objects].join('\n---\n')), ({ message, hint = '' }) =>
    found.push(`${message.replace(/: the apply is refused.*/s, '.')} ${hint}`.trim()),
  );
  return found;
}

/** A CronJob with one container. */
function cronJob(container: string, pod = ''): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {${pod} containers: [{name: a, ${container}}]}}}}}`;
}

const ofContainer = 'spec.jobTemplate.spec.template.spec.containers[0]';
const ofPod = 'spec.jobTemplate.spec.template.spec';

describe('field-type', () => {
  test.each([
    [
      'command: " npm   run migrate "',
      `has a text in \`${ofContainer}.command\`, where Kubernetes takes a list. Write a list: \`["npm", "run", "migrate"]\`.`,
    ],
    [
      'args: "sh -c \'npm run\'"',
      `has a text in \`${ofContainer}.args\`, where Kubernetes takes a list. Write each of its words as an item of a list.`,
    ],
    ['args: 80', `has a number in \`${ofContainer}.args\`, where Kubernetes takes a list. Put the value in \`[…]\`.`],
    ['ports: none', `has a text in \`${ofContainer}.ports\`, where Kubernetes takes a list. Put the value in \`[…]\`.`],
    [
      'resources: {limits: [cpu]}',
      `has a list in \`${ofContainer}.resources.limits\`, where Kubernetes takes a map. Write the keys without \`- \`.`,
    ],
    [
      'resources: {limits: high}',
      `has a text in \`${ofContainer}.resources.limits\`, where Kubernetes takes a map. Write keys and values.`,
    ],
    [
      'resources: [limits]',
      `has a list in \`${ofContainer}.resources\`, where Kubernetes takes a map. Write the keys without \`- \`.`,
    ],
    [
      'startupProbe: {exec: null, command: [a]}',
      `has none of \`exec\`, \`httpGet\`, \`tcpSocket\` and \`grpc\` in \`${ofContainer}.startupProbe\`. Indent \`command\`, so that \`exec\` has it.`,
    ],
    [
      'startupProbe: {exec: null}',
      `has none of \`exec\`, \`httpGet\`, \`tcpSocket\` and \`grpc\` in \`${ofContainer}.startupProbe\`. Set one of them, or remove it.`,
    ],
  ])('%s', (container, found) => {
    expect(judge('field-type', cronJob(container))).toEqual([`CronJob \`a\` ${found}`]);
  });

  test('only a command is words', () => {
    expect(judge('field-type', cronJob('', 'volumes: a b, nodeSelector: {commands: [a]},'))).toEqual([
      `CronJob \`a\` has a text in \`${ofPod}.volumes\`, where Kubernetes takes a list. Put the value in \`[…]\`.`,
      `CronJob \`a\` has a list in \`${ofPod}.nodeSelector.commands\`, where Kubernetes takes a text. Write the text itself, without \`- \` or brackets.`,
    ]);
  });
});

describe('field-value', () => {
  const names = 'lower-case letters, digits and `-`, with a letter or digit at both ends';
  const data = 'letters, digits, `-`, `_` and `.`';
  test.each([
    [
      cronJob('', 'hostname: a b,'),
      `CronJob \`a\` has \`a b\` in \`${ofPod}.hostname\`, where Kubernetes takes only ${names}.`,
    ],
    [
      cronJob('', `hostname: "${'a'.repeat(30)}\\nb",`),
      `CronJob \`a\` has \`${'a'.repeat(30)}…\` in \`${ofPod}.hostname\`, where Kubernetes takes only ${names}.`,
    ],
    [
      cronJob('', `hostname: "a ${'b'.repeat(59)}",`),
      `CronJob \`a\` has \`a ${'b'.repeat(58)}…\` in \`${ofPod}.hostname\`, where Kubernetes takes only ${names}.`,
    ],
    [
      cronJob('', `hostname: "a ${'b'.repeat(58)}",`),
      `CronJob \`a\` has \`a ${'b'.repeat(58)}\` in \`${ofPod}.hostname\`, where Kubernetes takes only ${names}.`,
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {"": b}',
      `ConfigMap \`a\` has an empty key in \`data\`, where Kubernetes takes only ${data}.`,
    ],
    [
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {${'a'.repeat(254)}: b}`,
      'ConfigMap `a` has a key of 254 characters in `data`, where Kubernetes takes at most 253.',
    ],
    [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {"PASSWORD=abc": b}',
      `Secret \`a\` has the key \`PASSWORD=…\` in \`stringData\`, where Kubernetes takes only ${data}.`,
    ],
    [
      cronJob('resources: {limits: {memory: ""}}'),
      `CronJob \`a\` has an empty text in \`${ofContainer}.resources.limits.memory\`, where Kubernetes takes only quantities such as \`256Mi\`, \`1.5Gi\`, \`500M\` or \`250m\`.`,
    ],
  ])('%s', (object, found) => {
    expect(judge('field-value', object)).toEqual([found]);
  });
});

describe('field-unknown', () => {
  const wave = 'argocd.argoproj.io/sync-wave: "1"';
  test.each([
    ['argoproj.io/v1alpha1', 'Application', true],
    ['argoproj.io/v1alpha1', 'ApplicationSet', true],
    ['argoproj.io/v1alpha1', 'AppProject', false],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', true],
    ['example.com/v1', 'Widget', false],
  ])('an annotation in the metadata of %s %s', (apiVersion, kind, isFound) => {
    const object = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, ${wave}}\nspec: {}`;
    expect(judge('field-unknown', object)).toHaveLength(isFound ? 1 : 0);
  });
});
