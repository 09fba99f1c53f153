// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of Flux look like those of a template.
import { describe, expect, test } from 'vitest';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { run } from '../../src/run.ts';
import { getPath } from '../../src/source/node.ts';
import { originChain, originSpan } from '../../src/source/origin.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { configMap, followTree, kustomization, showProblems, showSpan } from './tree.ts';

describe('which Kustomizations are built', () => {
  test('those in the tree, those that they build, and Flux’s own only once', () => {
    const { roots, flux } = followTree({
      'clusters/a/flux-system.yaml': kustomization('flux-system', './clusters/a'),
      'clusters/a/apps.yaml': kustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [more.yaml]\n',
      'apps/more.yaml': kustomization('more', './more'),
      'more/settings.yaml': configMap('settings', '{a: b}'),
    });
    expect([...flux.keys()]).toEqual(['flux-system', 'apps', 'more']);
    expect(roots).toHaveLength(3);
  });

  test('what a parent changes in a Kustomization counts', () => {
    const { flux } = followTree({
      'entry/entry.yaml': kustomization(
        'entry',
        './apps',
        'patches:\n  - target: {kind: Kustomization}\n    patch: |\n      - {op: add, path: /spec/namePrefix, value: team-}',
      ),
      'apps/more.yaml': kustomization('more', './more'),
      'more/settings.yaml': configMap('settings', '{a: b}'),
    });
    expect(flux.get('more')?.resources[0]?.name).toBe('team-settings');
  });

  test('a kustomization that reads above itself is an entry all the same', () => {
    const { roots } = followTree({
      'clusters/a/sync/kustomization.yaml': 'resources: [sync.yaml, ../extra.yaml]\n',
      'clusters/a/sync/sync.yaml': kustomization('sync', './clusters/a/sync'),
      'clusters/a/extra.yaml': configMap('extra', '{a: b}'),
    });
    expect(roots.map(({ path, problems }) => [path, problems.length])).toEqual([['/repo/clusters/a/sync', 0]]);
  });

  test('nothing is followed where somebody else applies the tree', () => {
    const files = { 'a/apps.yaml': kustomization('apps', './apps'), 'apps/x.yaml': configMap('x', '{a: b}') };
    expect(followTree(files, { applier: 'argocd' }).flux.size).toBe(0);
    expect(followTree(files, { applier: 'flux' }).flux.size).toBe(1);
  });

  test('a copy out of a cluster is no entry', () => {
    const copy = kustomization('apps', './gone').replace('metadata:', 'metadata:\n  uid: af88c92f-c5fc-4fdf-b44b');
    expect(followTree({ 'notes/apps.yaml': copy }).flux.size).toBe(0);
  });

  test('a hidden folder has no entries', () => {
    expect(followTree({ '.archive/apps.yaml': kustomization('apps', './gone') }).flux.size).toBe(0);
  });
});

describe('a path with variables that the tree does not set', () => {
  const files = {
    'flux/orders.yaml': kustomization('orders', './orders/${STAGE}/${CELL}', 'force: true'),
    'orders/base/account.yaml': configMap('account', '{a: b}'),
    'orders/test/01/kustomization.yaml': 'resources: [../../base/account.yaml]\n',
    'orders/live/01/kustomization.yaml': 'resources: [../../base/account.yaml]\n',
    'other/live/01/kustomization.yaml': 'resources: [../../../orders/base/account.yaml]\n',
  };

  test('means each folder that it fits: Flux builds it, without load restrictions', () => {
    const { roots, flux } = followTree(files);
    expect(roots.map(({ path, problems }) => [path, problems.length])).toEqual([
      ['/repo/flux', 0],
      ['/repo/orders/live/01', 0],
      ['/repo/orders/test/01', 0],
      ['/repo/other/live/01', 1],
      ['/repo/flux/orders.yaml', 0],
    ]);
    expect(flux.get('orders')?.flux.candidates).toEqual(['/repo/orders/live/01', '/repo/orders/test/01']);
  });

  test('is one folder with the values that the user gives', () => {
    const { flux } = followTree(files, { variables: { STAGE: 'test', CELL: '01' } });
    expect(flux.get('orders')?.path).toBe('/repo/orders/test/01');
    const { flux: half } = followTree(files, { variables: { STAGE: 'test' } });
    expect(half.get('orders')?.flux.candidates).toEqual(['/repo/orders/test/01']);
  });

  test.each([
    ['no folder fits', './gone/${STAGE}'],
    ['it may be any folder', './${STAGE}/${CELL}'],
    ['it leads upwards', './orders/${STAGE}/../base'],
  ])('is not known if %s', (_, path) => {
    const { flux } = followTree({ ...files, 'flux/orders.yaml': kustomization('orders', path) });
    expect(showProblems([...flux.values()])).toEqual([
      `incomplete flux/orders.yaml:${path} \`spec.path\` of Flux Kustomization \`orders\` has a variable in`,
    ]);
  });

  test('is not known if its source is another repository', () => {
    const source =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {url: https://git.example.com/team/other}\n';
    const config = '[remote "origin"]\n\turl = https://git.example.com/team/repo\n';
    const tree = { ...files, 'flux/source.yaml': source, '.git/config': config, '.git/HEAD': 'ref: refs/heads/main\n' };
    expect(followTree(tree).flux.get('orders')?.flux.candidates).toEqual([]);
  });
});

test('standard input is not followed, as it lies in no repository', async () => {
  const stdin = { text: kustomization('apps', './apps') };
  const { findings, roots } = await run(['-'], '/repo', { config: false, stdin }, memoryFileSystem({}));
  expect(findings).toEqual([]);
  expect(roots.map(({ kind }) => kind)).toEqual(['manifests']);
});

describe('where sources are', () => {
  const vendor = kustomization('vendor', './deploy').replace('name: flux-system}', 'name: vendor}');

  test('a source elsewhere is reported, and found where the user says', () => {
    const files = { 'flux/vendor.yaml': vendor, '/vendor/deploy/x.yaml': configMap('x', '{a: b}') };
    expect(showProblems([...followTree(files).flux.values()])).toEqual([
      'incomplete flux/vendor.yaml:vendor Flux Kustomization `vendor` is built from GitRepository `ven',
    ]);
    const { flux } = followTree(files, { sources: { vendor: '/vendor' } });
    expect(flux.get('vendor')?.resources.map(({ name }) => name)).toEqual(['x']);
  });

  test('a source that names another repository is elsewhere, though this one has a folder of that name', () => {
    const files = {
      'flux/vendor.yaml': vendor,
      'flux/source.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: vendor, namespace: flux-system}\nspec: {url: "https://example.com/them/vendor.git"}\n',
      'deploy/x.yaml': configMap('x', '{a: b}'),
    };
    const remote = (url: string) => ({ '.git/config': `[remote "origin"]\n\turl = ${url}\n` });
    const builtWith = (git: Record<string, string>) =>
      followTree({ ...files, ...git }).flux.get('vendor')?.resources.length;
    expect(builtWith(remote('git@example.com:us/platform.git'))).toBe(0);
    expect(builtWith(remote('git@example.com:fork/vendor.git'))).toBe(1);
    expect(builtWith({})).toBe(1);
  });

  test('a source of another owner is elsewhere if the repository has a source of its own', () => {
    const files = {
      '.git/config': '[remote "origin"]\n\turl = git@example.com:us/vendor.git\n',
      'flux/vendor.yaml': vendor,
      'flux/source.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: vendor, namespace: flux-system}\nspec: {url: "ssh://git@example.com/them/vendor.git"}\n',
      'deploy/x.yaml': configMap('x', '{a: b}'),
    };
    const built = (more: Record<string, string>) =>
      followTree({ ...files, ...more }).flux.get('vendor')?.resources.length;
    expect(built({})).toBe(1);
    expect(built({ 'flux/self.yaml': kustomization('self', './flux') })).toBe(0);
  });

  test('the top is the git repository, also when a part of it is given', () => {
    const files = {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'flux/apps.yaml': kustomization('apps', './apps'),
      'apps/x.yaml': configMap('x', '{a: b}'),
    };
    expect(followTree(files, {}, '/repo/flux').flux.get('apps')?.path).toBe('/repo/apps');
  });

  test('an artifact is made of a folder of the repository', () => {
    const { flux } = followTree({
      'flux/generator.yaml':
        'apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: {name: split}\nspec:\n  artifacts:\n    - name: shop\n      copy:\n        - {from: "@repo/teams/shop/base/**", to: "@artifact/base/"}\n        - {from: "@repo/teams/shop/prod/**", to: "@artifact/prod/"}\n',
      'flux/shop.yaml': kustomization('shop', './prod').replace(
        'kind: GitRepository, name: flux-system',
        'kind: ExternalArtifact, name: shop',
      ),
      'teams/shop/prod/x.yaml': configMap('x', '{a: b}'),
    });
    expect(flux.get('shop')?.path).toBe('/repo/teams/shop/prod');
  });
});

describe('variables', () => {
  const using = (more: string, data = '{a: "${A}"}') => ({
    'flux/apps.yaml': kustomization('apps', './apps', more),
    'apps/x.yaml': configMap('x', data, 'apps'),
  });
  const built = (files: Record<string, string>, options = {}) => {
    const root = followTree(files, options).flux.get('apps');
    return getPath(root?.resources[0]?.node, ['data', 'a']);
  };
  const value = (files: Record<string, string>, options = {}) => {
    const node = built(files, options);
    return node?.kind === 'scalar' ? `${node.tag} ${node.value}` : undefined;
  };
  const from = 'postBuild:\n  substituteFrom:\n    - {kind: ConfigMap, name: settings}';

  test('come from a ConfigMap that another Kustomization brings, with origins in both places', () => {
    const files = {
      ...using(from),
      'flux/config.yaml': kustomization('config', './config'),
      'config/settings.yaml': configMap('settings', '{A: v1}'),
    };
    const node = built(files);
    const [step] = [...originChain(node?.origin ?? failed())];
    expect(step?.kind === 'transformed' && step.by).toBe('substitution');
    expect(step && showSpan(originSpan(step))).toBe('apps/x.yaml:${A}');
    const source = step?.kind === 'transformed' ? step.from : undefined;
    expect(source && showSpan(originSpan(source))).toBe('config/settings.yaml:v1');
  });

  test('inline ones win, lines are joined, types may change', () => {
    const settings = { 'flux/settings.yaml': configMap('settings', '{A: v1, B: "0755"}') };
    expect(value({ ...using(`${from}\n  substitute: {A: "on\\n"}`), ...settings })).toBe('!!bool true');
    expect(value({ ...using(from, '{a: "${B}"}'), ...settings })).toBe('!!int 493');
  });

  test('run only where there is one, unless always', () => {
    expect(value(using('postBuild: {substitute: {}}', '{a: "${A:-x}"}'))).toBe('!!str ${A:-x}');
    expect(value(using('postBuild: {substituteStrategy: Always}', '{a: "${A:-x}"}'))).toBe('!!str x');
  });

  test('of unknown value stay as they are written', () => {
    const secret =
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: tags, namespace: flux-system}\nspec: {data: [{secretKey: A}]}\n';
    const fromSecret = 'postBuild:\n  substituteFrom:\n    - {kind: Secret, name: tags}';
    const files = { ...using(fromSecret, '{a: "${A} ${B:=b}"}'), 'flux/tags.yaml': secret };
    expect(value(files)).toBe('!!str ${A} b');
    expect(value(files, { variables: { A: 'v9' } })).toBe('!!str v9 b');
    expect(value(files, { variables: { B: null } })).toBe('!!str ${A} ${B:=b}');
    const optional = 'postBuild:\n  substituteFrom:\n    - {kind: Secret, name: none, optional: true}';
    expect(value(using(optional))).toBe('!!str ${A}');
  });

  test('that nothing sets are empty, or refused when strict', () => {
    const files = using('postBuild: {substitute: {B: b}}');
    expect(value(files)).toBe('!!null null');
    const root = followTree(files, { strictSubstitution: true }).flux.get('apps') ?? failed();
    expect(root.resources).toEqual([]);
    expect(showProblems([root])).toEqual([
      'error apps/x.yaml:${A} nothing sets the variable `A`, and strict substitution (Flux',
    ]);
    expect(printBuild(root).text).toBe('');
  });

  test('do not reach an object that declines', () => {
    const files = using('postBuild: {substitute: {A: b}}');
    const declined = files['apps/x.yaml'].replace(
      'metadata:',
      'metadata:\n  labels: {kustomize.toolkit.fluxcd.io/substitute: disabled}',
    );
    expect(value({ ...files, 'apps/x.yaml': declined })).toBe('!!str ${A}');
  });
});

function failed(): never {
  throw new Error('not built');
}
