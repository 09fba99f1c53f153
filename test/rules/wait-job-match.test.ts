import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

interface Written {
  /** The `options` with which replacements write the version `v1.4.0` into the Job's name and the argument. */
  readonly name?: string;
  readonly argument?: string;
  /** The argument of the waiter in its file. */
  readonly written?: string;
  readonly jobNamespace?: string;
}

const part = 'options: {delimiter: "-", index: 2}';

/** The rules that report the waiter or the Job of a release whose Job is called `shop-migration-TAG` in its file. */
async function rulesFor({
  name = part,
  argument = part,
  written = 'shop-migration-TAG',
  jobNamespace = 'shop',
}: Written): Promise<string[]> {
  const target = (kind: string, path: string, options: string) =>
    options === 'none' ? '' : `      - {select: {kind: ${kind}}, fieldPaths: [${path}], ${options}}\n`;
  const { findings } = await lintFiles({
    'kustomization.yaml': `resources: [all.yaml]\nreplacements:\n  - source: {kind: ConfigMap, fieldPath: data.TAG}\n    targets:\n${target('Job', 'metadata.name', name)}${target('Deployment', 'spec.template.spec.initContainers.0.args.1', argument)}`,
    'all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: release, namespace: shop}
data: {TAG: v1.4.0}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-TAG, namespace: ${jobNamespace}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1.4.0", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}}, spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${written}]}], containers: [{name: shop, image: "shop:v1.4.0"}]}}}
`,
  });
  const aboutNames = new Set(['wait-job-match', 'wait-job-prefix', 'wait-namespace', 'replacement-segment']);
  return [...new Set(findings.map(({ rule }) => rule).filter((rule) => aboutNames.has(rule)))];
}

describe('wait-job-match', () => {
  test.each<[string, Written, readonly string[]]>([
    ['nothing', {}, []],
    ['the argument is overwritten', { argument: 'options: {}' }, ['wait-job-match']],
    ['the argument is not replaced', { argument: 'none' }, ['wait-job-match']],
    ['the argument is another name', { argument: 'none', written: 'shop-migrate-v1.4.0' }, ['wait-job-match']],
    ['the Job is elsewhere', { jobNamespace: 'jobs' }, ['wait-namespace']],
    ['the argument is a part of the name', { argument: 'none', written: 'shop-migration' }, ['wait-job-prefix']],
    ['only the name is overwritten', { name: 'options: {}' }, ['replacement-segment']],
    [
      'the name is overwritten, and the argument not replaced',
      { name: 'options: {}', argument: 'none' },
      ['replacement-segment', 'wait-job-match'],
    ],
    [
      'the name is overwritten, and the argument another',
      { name: 'options: {}', written: 'shop-migrate-TAG' },
      ['replacement-segment', 'wait-job-match'],
    ],
    [
      'the version is beside the placeholder of the name',
      { name: 'options: {delimiter: "-", index: 1}' },
      ['replacement-segment'],
    ],
  ])('%s', async (_, written, rules) => {
    expect((await rulesFor(written)).sort()).toEqual(rules);
  });
});
