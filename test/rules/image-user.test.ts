import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

/** What the rule says of a service whose image is built from a Dockerfile with this user. */
async function judge(user: string, pod = '', container = '{runAsNonRoot: true}'): Promise<string | undefined> {
  const [first] = await lintRule('image-user', {
    Dockerfile: `FROM node:22\nCOPY . .\n${user && `USER ${user}\n`}`,
    '.github/workflows/build.yml':
      'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker build -t shop:v1 . && docker push shop:v1\n',
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "migrate:v1", command: [npx, prisma, migrate, deploy]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec: {template: {spec: {${pod}containers: [{name: shop, image: "shop:v1", securityContext: ${container}}]}}}
`,
  });
  return first && /(runs as [^,:]*|`runAsUser: 0`)/.exec(first)?.[1];
}

describe('image-user', () => {
  test.each([
    ['root', 'runs as root'],
    ['0', 'runs as root'],
    ['00', 'runs as root'],
    ['10001', undefined],
    ['root2', 'runs as `root2`'],
    ['0x', 'runs as `0x`'],
    ['x0', 'runs as `x0`'],
    ['toor', 'runs as `toor`'],
    ['node', 'runs as `node`'],
    ['node1', 'runs as `node1`'],
    ['1node', 'runs as `1node`'],
  ])('USER %s: %s', async (user, expected) => {
    expect(await judge(user)).toBe(expected);
  });

  test.each([
    ['nothing', '{}', undefined],
    ['root allowed', '{runAsNonRoot: false}', undefined],
    ['a number', '{runAsNonRoot: true, runAsUser: 10001}', undefined],
    ['root', '{runAsNonRoot: true, runAsUser: 0}', '`runAsUser: 0`'],
  ])('a container with %s', async (_, container, expected) => {
    expect(await judge('root', '', container)).toBe(expected);
  });

  test('a pod with it, and one for Windows', async () => {
    expect(await judge('root', 'securityContext: {runAsNonRoot: true}, ', '{}')).toBe('runs as root');
    expect(await judge('root', 'os: {name: linux}, ')).toBe('runs as root');
    expect(await judge('root', 'os: {name: windows}, ')).toBeUndefined();
  });
});
