import { describe, expect, test } from 'vitest';
import { lintRule } from '../../support/lint-rule.ts';

function kustomization(name: string, spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ./tree/${name}, interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, ${spec}}`;
}

function job(name: string, namespace = 'shop'): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}`;
}

interface Written {
  /** The Flux Kustomizations: `shop` has the service, the others have Jobs. */
  readonly flux: readonly string[];
  /** The Jobs of Kustomization `jobs`, and of Kustomization `more`. */
  readonly jobs?: readonly string[];
  readonly more?: readonly string[];
  readonly args?: string;
}

/** The message about a waiter that waits for what comes only after it. */
async function lateIn({ flux, jobs = [job('migrate')], more = [], args = 'migrate' }: Written): Promise<string[]> {
  const service = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: shop}\nspec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${args}]}], containers: [{name: shop, image: "shop:v1"}]}}}`;
  const lines = await lintRule('wait-deadlock', {
    'tree/shop/shop.yaml': service,
    'tree/jobs/jobs.yaml': jobs.join('\n---\n'),
    'tree/more/more.yaml': ['apiVersion: v1\nkind: Namespace\nmetadata: {name: more}', ...more].join('\n---\n'),
    'clusters/flux.yaml': flux.join('\n---\n'),
  });
  return lines.filter((line) => line.startsWith('wait-deadlock: '));
}

const shop = kustomization('shop', 'wait: true');
const jobs = kustomization('jobs', 'dependsOn: [{name: shop}]');

const found = expect.stringContaining('Job `migrate`');

describe('late-migration', () => {
  test.each<[string, Written, readonly string[]]>([
    ['a Job that is applied after the service', { flux: [shop, jobs] }, [found]],
    ['a service that nothing waits for', { flux: [kustomization('shop', 'wait: false'), jobs] }, []],
    ['a Job that is applied in any order', { flux: [shop, kustomization('jobs', 'wait: true')] }, []],
    [
      'a service that comes last',
      { flux: [kustomization('shop', 'wait: true, dependsOn: [{name: jobs}]'), kustomization('jobs', 'wait: true')] },
      [],
    ],
    ['no Flux Kustomization for the service', { flux: [jobs] }, []],
    ['another Job', { flux: [shop, jobs], jobs: [job('migrate-v2')] }, []],
    ['a Job of another namespace', { flux: [shop, jobs], jobs: [job('migrate', 'jobs')] }, []],
    ['a wait by labels', { flux: [shop, jobs], args: '"-lapp=shop"' }, []],
    ['one of two Jobs', { flux: [shop, jobs], jobs: [job('other'), job('migrate')] }, [found]],
    [
      'a Job of two Kustomizations, one of which comes in time',
      { flux: [shop, jobs, kustomization('more', 'wait: true')], more: [job('migrate')] },
      [],
    ],
    [
      'a Job of two Kustomizations that come after the service',
      { flux: [shop, jobs, kustomization('more', 'dependsOn: [{name: jobs}]')], more: [job('migrate')] },
      [found],
    ],
  ])('%s', async (_, written, messages) => {
    expect(await lateIn(written)).toEqual(messages);
  });
});
