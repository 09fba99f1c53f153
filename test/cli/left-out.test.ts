import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shown } from '../support/disk.ts';
import { createWorkspace } from '../support/workspace.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: far\n';

const workspace = createWorkspace({
  'remote/kustomization.yaml': 'resources:\n  - github.com/org/repo/deploy?ref=v1\n  - https://example.com/more.yaml\n',
  'vendor/github.com/org/repo@v1/deploy/kustomization.yaml': 'resources: [far.yaml]\n',
  'vendor/github.com/org/repo@v1/deploy/far.yaml': configMap,
  'vendor/example.com/more.yaml': configMap.replace('far', 'more'),
  'flux/apps/kustomization.yaml': 'resources: ["git@github.com:org/repo.git//deploy?ref=v1"]\n',
  'flux/cluster.yaml': [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata: {name: apps, namespace: flux-system}',
    'spec: {path: ./apps, prune: true, interval: 5m, sourceRef: {kind: GitRepository, name: flux-system}}',
    '',
  ].join('\n'),
  'chart/kustomization.yaml':
    'namespace: shop\nhelmCharts:\n  - name: shop\n    releaseName: web\n    skipHooks: true\n    valuesInline: {tag: v2}\n',
  'chart/charts/shop/values.yaml': 'replicas: 2\n',
  'bin/helm': [
    '#!/bin/sh',
    'if [ "$1" = version ]; then echo v3.18.6; exit; fi',
    'printf "%s\\n" "$@" > "$RECORD"',
    'cat "$7" >> "$RECORD"',
    `cat <<'END'\n${configMap}END`,
  ].join('\n'),
});

describe('--remote-cache', () => {
  test('without it, build prints nothing and says what could be had by it', () => {
    const { code, out, err } = workspace.run(['build', 'remote']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^error: the repository `github\.com\/org\/repo\/deploy\?ref=v1` is left out, since migrate-lint fetches nothing \(`--remote-cache DIR` takes it from a folder that you fill\)/,
    );
    expect(err).toContain('--> remote/kustomization.yaml:2:5');
    expect(err).toContain('--> remote/kustomization.yaml:3:5');
  });

  test('with it, build prints the whole', () => {
    const more = configMap.replace('far', 'more');
    expect(workspace.run(['build', 'remote', '--remote-cache', 'vendor'])).toEqual({
      code: 0,
      out: `${configMap}---\n${more}`,
      err: '',
    });
  });

  test('linting takes it from the option or the settings, and the cache is no tree of its own', () => {
    expect(workspace.run(['remote']).out).toContain('warning[build-incomplete]');
    expect(workspace.run(['remote', 'vendor', '--remote-cache', 'vendor']).out).toMatch(/^No problems found.*1 root/s);
    workspace.write({ 'remote/migrate-lint.yaml': 'remoteCache: cache\n' });
    expect(workspace.run(['remote'])).toMatchObject({
      code: 2,
      err: `error: There is no folder ${shown(join(workspace.path, 'remote/cache'))} to use as the remote cache.\n`,
    });
  });

  test('is not part of any source, but Flux still builds with it', () => {
    const built = workspace.run(['build', 'flux', '--flux', 'apps', '--remote-cache', 'vendor']);
    expect(built).toMatchObject({ code: 0, err: '' });
    expect(built.out).toContain('name: far\n');
  });

  test('must be a folder', () => {
    expect(workspace.run(['build', 'remote', '--remote-cache', 'nowhere'])).toMatchObject({
      code: 2,
      err: 'error: There is no folder nowhere to use as the remote cache.\n',
    });
  });
});

describe('--enable-helm', () => {
  const record = () => join(workspace.path, 'record');
  // The helm of these is a script for sh.
  const onPosix = test.skipIf(process.platform === 'win32');
  const env = () => ({ PATH: `${workspace.path}/bin:${process.env['PATH']}`, RECORD: record() });

  test('without it, no program is run', () => {
    const { code, err } = workspace.run(['build', 'chart'], { env: env() });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: the Helm chart `shop` is left out, since migrate-lint runs no program \(`--enable-helm` lets it run helm for charts on disk\)/,
    );
    expect(() => readFileSync(record())).toThrow();
  });

  onPosix('runs the helm on the PATH as kustomize does', () => {
    const built = workspace.run(['build', 'chart', '--enable-helm'], { env: env() });
    expect(built).toEqual({ code: 0, out: configMap, err: '' });
    const asked = readFileSync(record(), 'utf8').replace(/^.*\/(?=shop-kustomize)/m, 'TMP/');
    const chart = join(workspace.path, 'chart/charts/shop');
    expect(asked.split('\n')).toEqual([
      ...['template', 'web', chart, '--namespace', 'shop', '-f', 'TMP/shop-kustomize-values.yaml', '--no-hooks'],
      ...['replicas: 2', 'tag: v2', ''],
    ]);
  });

  onPosix('lints what the chart renders, at the entry that asks for it', () => {
    const { out } = workspace.run(['chart', '--enable-helm', '--verbose'], { env: env() });
    expect(out).not.toContain('build-incomplete');
  });

  onPosix('renders no chart with a link that leads out, as helm would follow it', () => {
    const link = join(workspace.path, 'chart/charts/shop/files/token');
    mkdirSync(dirname(link));
    symlinkSync('/etc/hostname', link);
    const { code, out } = workspace.run(['chart', '--enable-helm'], { env: env() });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^error\[build-error\]: The Helm chart `shop` is not rendered: its `files\/token` leads out of the repository/,
    );
    expect(existsSync(record())).toBe(false);
  });

  onPosix('takes an absolute values file for the one that helm reads', () => {
    const values = join(workspace.path, 'chart/values.yaml');
    workspace.write({
      'chart/values.yaml': '{}',
      'chart/kustomization.yaml': `helmCharts:\n  - {name: shop, additionalValuesFiles: [${values}]}\n`,
    });
    const within = join(workspace.path, 'chart', values);
    mkdirSync(dirname(within), { recursive: true });
    symlinkSync('/etc/hostname', within);
    const { code, out } = workspace.run(['chart', '--enable-helm'], { env: env() });
    expect(code).toBe(1);
    expect(out).toContain('is absolute; write it relative to this file');
    expect(existsSync(record())).toBe(false);
  });

  test('--helm-command names another helm', () => {
    const { code, err } = workspace.run(['build', 'chart', '--enable-helm', '--helm-command', '/nowhere/helm']);
    expect(code).toBe(1);
    expect(err).toContain('error: the Helm chart `shop`: there is no `/nowhere/helm` to run');
  });
});
