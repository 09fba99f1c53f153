import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

interface Written {
  readonly version?: string;
  readonly annotations?: string;
  readonly kind?: string;
  /** The `force` of each Flux Kustomization that applies the tree. */
  readonly force?: readonly boolean[];
}

const flux = (force: boolean, index: number) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop-${index}, namespace: flux-system}\nspec: {interval: 1h, prune: true, path: ./app, force: ${force}, sourceRef: {kind: GitRepository, name: flux-system}}\n`;

/** Whether the rule reports a service whose selector has the version of its image. */
async function isReported({
  version = 'v1.4.0',
  annotations = '',
  kind = 'Deployment',
  force = [],
}: Written): Promise<boolean> {
  const labels = `{app: shop, version: "${version}"}`;
  const findings = await lintRule('selector-version', {
    'clusters/shop.yaml': force.map(flux).join('---\n'),
    'app/kustomization.yaml': 'resources: [all.yaml]\n',
    'app/all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: "shop-migration-${version}"}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:${version}", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: ${kind}
metadata: {name: shop, annotations: {${annotations}}}
spec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: shop, image: "shop:${version}"}]}}}
`,
  });
  return findings.length > 0;
}

describe('selector-version', () => {
  test.each<[string, Written, boolean]>([
    ['a version of several numbers', {}, true],
    ['a commit', { version: '0123abc' }, true],
    ['a date', { version: 'main-20260101' }, true],
    ['a number that rarely changes', { version: 'v2' }, false],
    ['a word that begins like a commit', { version: 'abc0123-dev' }, false],
    ['a word that ends like a commit', { version: 'dev-abc0123' }, false],
    ['a StatefulSet', { kind: 'StatefulSet' }, true],
    ['a Rollout', { kind: 'Rollout' }, false],
    ['a Deployment that Flux recreates', { annotations: 'kustomize.toolkit.fluxcd.io/force: enabled' }, false],
    ['a Flux Kustomization', { force: [false] }, true],
    ['a Flux Kustomization that recreates', { force: [true] }, false],
    ['two Flux Kustomizations, of which one recreates', { force: [true, false] }, true],
    ['two Flux Kustomizations that recreate', { force: [true, true] }, false],
  ])('%s', async (_, written, expected) => {
    expect(await isReported(written)).toBe(expected);
  });
});
