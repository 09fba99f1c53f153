import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/flux');

const workspace = createWorkspace({
  ...placeFiles('variables', readFolder(join(fixtures, 'variables/tree'))),
  ...placeFiles('unknown', readFolder(join(fixtures, 'unknown/tree'))),
  ...placeFiles('broken', readFolder(join(fixtures, 'broken/tree'))),
});

const build = (...args: string[]) => workspace.run(['build', ...args]);

test('build --flux prints what Flux would apply', () => {
  const expected = readFileSync(join(fixtures, 'variables/expected/orders.yaml'), 'utf8');
  expect(build('--flux', 'orders', 'variables')).toEqual({ code: 0, out: expected, err: '' });
  expect(build('--flux', 'flux-system/orders', 'variables').out).toBe(expected);
});

test('build --flux fills in what the command line says, and reports what is not known', () => {
  const { code, out, err } = build('--flux', 'billing', 'unknown', '--var', 'BILLING_TAG=v7');
  expect(code).toBe(0);
  expect(out).toContain('name: billing-migration-v7\n');
  expect(err).toContain('ConfigMap `made-by-terraform` is not in the given tree');
});

test('build --flux prints nothing of what Flux would refuse', () => {
  const { code, out, err } = build('--flux', 'two', 'broken');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('cannot read `$');
});

test('build --flux knows the names', () => {
  const { code, err } = build('--flux', 'order', 'variables');
  expect(code).toBe(2);
  expect(err).toContain(
    'There is no Flux Kustomization order. Did you mean "orders"? There are flux-system/flux-system, flux-system/orders.',
  );
  expect(build('--flux', 'x', 'variables/apps').err).toContain('There is no Flux Kustomization in this folder');
});

test('build --flux says where there are several of a name', () => {
  const shop = (cluster: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec: {path: ./apps/${cluster}, interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
  workspace.write({
    'clusters/a/shop.yaml': shop('a'),
    'clusters/b/shop.yaml': shop('b'),
    'apps/a/kustomization.yaml': 'resources: []\n',
    'apps/b/kustomization.yaml': 'resources: []\n',
  });
  expect(build('--flux', 'shop', 'clusters')).toEqual({
    code: 2,
    out: '',
    err: 'error: There are 2 Flux Kustomizations shop, at clusters/a/shop.yaml:3:18 and clusters/b/shop.yaml:3:18; pass the folder of one cluster.\n',
  });
});

test('--source and --var want a name', () => {
  expect(workspace.run(['--source', 'vendor', 'broken']).err).toContain('Write it as NAME=DIR.');
  expect(workspace.run(['--var', '1=x', 'broken']).err).toContain('Write it as NAME=VALUE');
});

test('a folder that nothing lists, inside one that Flux builds, may read files outside as Flux does', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
  const tree = {
    'cluster/apps.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\n' +
      'spec: {interval: 10m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n',
    'apps/kustomization.yaml': 'resources: [namespace.yaml]\n',
    'apps/namespace.yaml': namespace,
    'apps/off/kustomization.yaml': 'resources: [../../shared/config.yaml]\n',
    'other/kustomization.yaml': 'resources: [../shared/config.yaml]\n',
    'shared/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\n',
  };
  workspace.write(placeFiles('nested', tree));
  const { out } = workspace.run(['nested', '--format', 'json']);
  const { findings } = JSON.parse(out) as { findings: { location: { path: string } }[] };
  expect(findings.map(({ location }) => location.path)).toEqual(['nested/other/kustomization.yaml']);
});
