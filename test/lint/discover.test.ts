import { describe, expect, test } from 'vitest';
import { discover } from '../../src/discover/discover.ts';
import { compileIgnore, expandPaths } from '../../src/discover/expand-patterns.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { UsageError } from '../../src/usage-error.ts';
import { type MemoryFile, memoryFileSystem } from '../support/memory-file-system.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const kustomization = (...lines: string[]) => `${lines.join('\n')}\n`;

/** What is found, in short: kustomizations by their path, manifests with the files in brackets. */
async function find(
  files: Record<string, MemoryFile>,
  paths: readonly string[] = ['.'],
  ignore: readonly string[] = [],
) {
  const fileSystem = memoryFileSystem(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])),
  );
  const sources = new SourceCache(fileSystem);
  const targets = await expandPaths(paths, '/w', '<stdin>', fileSystem);
  const ignored = compileIgnore(ignore, '/w');
  const { roots, skipped } = discover(targets, sources, ignored);
  const short = (path: string) => path.replace(/^\/w\/?/, '') || '.';
  return {
    roots: roots.map((root) =>
      root.kind === 'kustomization' ? short(root.path) : `${short(root.path)} [${root.files.map(short).join(' ')}]`,
    ),
    skipped: skipped.map(({ path, why }) => `${short(path)} ${why}`),
  };
}

describe('kustomizations', () => {
  test('a base is built through its overlays', async () => {
    const { roots } = await find({
      'base/kustomization.yaml': kustomization('resources: [app.yaml]'),
      'base/app.yaml': object,
      'overlays/a/kustomization.yaml': kustomization('resources:', '- ../../base'),
      'overlays/b/kustomization.yml': kustomization('bases:', '- ../../base/'),
      'alone/Kustomization': kustomization('resources: []'),
    });
    expect(roots).toEqual(['alone', 'overlays/a', 'overlays/b']);
  });

  test('a base around its overlay is a root of its own, since kustomize refuses it there', async () => {
    const { roots } = await find({
      'k8s/kustomization.yaml': kustomization('resources: [app.yaml]'),
      'k8s/app.yaml': object,
      'k8s/overlays/a/kustomization.yaml': kustomization('resources: [../..]'),
      'k8s-a/kustomization.yaml': kustomization('resources: [../other]'),
      'other/kustomization.yaml': kustomization('resources: []'),
    });
    expect(roots).toEqual(['k8s', 'k8s-a', 'k8s/overlays/a']);
  });

  test("Flux's object in a file of the same name is a manifest beside the others", async () => {
    const flux =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop}\nspec: {path: ./k8s}\n';
    const files = {
      'deploy/flux/kustomization.yaml': flux,
      'deploy/flux/source.yaml': object,
      'k8s/kustomization.yaml': kustomization('resources: [app.yaml]'),
      'k8s/app.yaml': object,
    };
    const flat = 'deploy/flux [deploy/flux/kustomization.yaml deploy/flux/source.yaml]';
    expect((await find(files)).roots).toEqual([flat, 'k8s']);
    expect((await find(files, ['deploy/flux/kustomization.yaml'])).roots).toEqual([
      'deploy/flux [deploy/flux/kustomization.yaml]',
    ]);
  });

  test('of the given paths alone', async () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [app.yaml]'),
      'base/app.yaml': object,
      'overlays/a/kustomization.yaml': kustomization('resources: [../../base]'),
    };
    expect((await find(files, ['base'])).roots).toEqual(['base']);
    expect((await find(files, ['overlays'])).roots).toEqual(['overlays/a']);
    expect((await find(files, ['base', 'overlays/a/kustomization.yaml'])).roots).toEqual(['overlays/a']);
    expect((await find(files, ['base/kustomization.yaml'])).roots).toEqual(['base']);
  });

  test('a broken one is a root, so that the fault is reported', async () => {
    const { roots } = await find({
      'a/kustomization.yaml': 'resources: [',
      'c/kustomization.yaml': '- a list\n',
      'd/kustomization.yaml': new Uint8Array([0, 1, 2]),
      'e/kustomization.yaml': 'resources: {a: b}\n',
    });
    expect(roots).toEqual(['a', 'c', 'd', 'e']);
  });

  test('the file must be one', async () => {
    const { roots } = await find({ 'a/Kustomization/app.yaml': object, 'b/kustomization.yaml': { link: 'nowhere' } });
    expect(roots).toEqual(['a/Kustomization [a/Kustomization/app.yaml]']);
  });

  test('a circle has one root', async () => {
    const { roots } = await find({
      'a/kustomization.yaml': kustomization('resources: [../b]'),
      'b/kustomization.yaml': kustomization('resources: [../a]'),
      'c/kustomization.yaml': kustomization('resources: [../c]'),
    });
    expect(roots).toEqual(['a', 'c']);
  });

  test('a Component is none, and does not count as including', async () => {
    const { roots, skipped } = await find({
      'used/kustomization.yaml': kustomization('kind: Component'),
      'unused/kustomization.yaml': kustomization('kind: Component', 'resources: [../base]'),
      'base/kustomization.yaml': kustomization('resources: []'),
      'app/kustomization.yaml': kustomization('components: [../used]'),
    });
    expect(roots).toEqual(['app', 'base']);
    expect(skipped).toEqual(['unused is a Component that no kustomization here includes']);
  });

  test('a kustomization that lists nothing, or is a template, is no root unless it is named or included', async () => {
    const files = {
      'commented/kustomization.yaml': '# resources:\n#   - app.yaml\n',
      'bare/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  # - a\n',
      'blank/kustomization.yaml': '',
      'used/kustomization.yaml': 'kind: Kustomization\n',
      'skeleton/kustomization.yaml': 'resources:\n{%- if values.ingress %}\n  - ingress.yaml\n{%- endif %}\n',
      'broken/kustomization.yaml': 'resources: [\n',
      'noted/kustomization.yaml': '# A note.\n---\nresources: [../listed]\n',
      'listed/kustomization.yaml': '---\n# A note.\nresources: []\n',
      'none/kustomization.yaml': 'resources: []\n',
      'app/kustomization.yaml': 'resources: [../used]\n',
    };
    expect(await find(files)).toEqual({
      roots: ['app', 'broken', 'none', 'noted'],
      skipped: [
        'bare has a kustomization that lists nothing, so it was not built; 2 more folders are like it',
        'skeleton has a template of a kustomization, so it was not built',
      ],
    });
    const named = ['commented', 'skeleton/kustomization.yaml'];
    expect(await find(files, named)).toEqual({ roots: ['commented', 'skeleton'], skipped: [] });
  });

  test('generators and transformers in folders are included, URLs are not looked at', async () => {
    const { roots } = await find({
      'app/kustomization.yaml': kustomization(
        'generators: [gen]',
        'transformers: [../tr]',
        'resources:',
        '- https://example.com/app',
      ),
      'app/gen/kustomization.yaml': kustomization('resources: []'),
      'tr/kustomization.yaml': kustomization('resources: []'),
    });
    expect(roots).toEqual(['app']);
  });

  test('symbolic links lead to the same one, and not round and round', async () => {
    const { roots } = await find({
      'base/kustomization.yaml': kustomization('resources: []'),
      'app/kustomization.yaml': kustomization('resources: [linked]'),
      'app/linked': { link: '../base' },
      'base/up': { link: '/w' },
      'a-base': { link: 'base' },
    });
    expect(roots).toEqual(['app']);
    const outside = await find({
      '../elsewhere/kustomization.yaml': 'resources: []\n',
      linked: { link: '../elsewhere' },
    });
    expect(outside.roots).toEqual(['linked']);
  });
});

describe('plain manifests', () => {
  test('are one root a folder, where no kustomization is above or names them', async () => {
    const { roots } = await find({
      'clusters/prod/a.yaml': object,
      'clusters/prod/b.yml': object,
      'clusters/prod/c.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }),
      'clusters/prod/more/d.yaml': object,
      'app/kustomization.yaml': kustomization('resources: [../shared/x.yaml]'),
      'app/patches/patch.yaml': object,
      'shared/x.yaml': object,
      'shared/y.yaml': object,
    });
    expect(roots).toEqual([
      'app',
      'clusters/prod [clusters/prod/a.yaml clusters/prod/b.yml clusters/prod/c.json]',
      'clusters/prod/more [clusters/prod/more/d.yaml]',
    ]);
  });

  test('what contains no Kubernetes objects is left out quietly', async () => {
    const { roots, skipped } = await find({
      '.gitlab-ci.yml': 'stages: [build]\n',
      'docker-compose.yaml': 'services: {}\n',
      'package.json': '{"kind": "apiVersion"}',
      'skaffold.yaml': 'apiVersion: skaffold/v4beta6\nkind: Config\nbuild: {}\n',
      'chart/Chart.yaml': 'apiVersion: v2\nname: a\n',
      'chart/values-prod.yaml': object,
      'chart/templates/app.yaml': object,
      'chart/charts/sub/templates/app.yaml': object,
      'jinja/app.yaml': `${object}{{- if x }}\n`,
      'filled/app.yaml': `${object}data:\n  ca.crt: |\nREPLACE_WITH_CERTIFICATE\n`,
      'marked/app.yaml': `${object}data:\n@SETTINGS@\n`,
      'binary.yaml': new Uint8Array([0, 1]),
      'node_modules/x/app.yaml': object,
      '.git/app.yaml': object,
    });
    expect(roots).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(/^chart is a Helm chart;/)]);
  });

  test('what a test compares with the cluster is left out, unless a kustomization is there', async () => {
    const { roots } = await find({
      'app/app.yaml': object,
      'tests/quota/chainsaw-test.yaml': object,
      'tests/quota/assertions/claims.yaml': object,
      'tests/sync/kuttl-test.yaml': object,
      'tests/sync/00-assert.yaml': object,
      'tests/sync/tree/kustomization.yaml': 'resources: [app.yaml]\n',
      'tests/sync/tree/app.yaml': object,
    });
    expect(roots).toEqual(['app [app/app.yaml]', 'tests/sync/tree']);
  });

  test('one that cannot be read but looks like an object is built, to report why', async () => {
    expect((await find({ 'a/broken.yaml': `${object}  labels: [\n` })).roots).toEqual(['a [a/broken.yaml]']);
  });

  test('by name, of one folder together', async () => {
    const files = {
      'a/x.yaml': object,
      'a/y.yaml': object,
      'b/z.yaml': object,
      'b/ci.yml': 'stages: []\n',
      'b/bin.yaml': new Uint8Array([0]),
    };
    expect((await find(files, ['a/x.yaml', 'b/z.yaml', 'a/y.yaml'])).roots).toEqual([
      'a [a/x.yaml a/y.yaml]',
      'b/z.yaml [b/z.yaml]',
    ]);
    expect((await find(files, ['a', 'a/x.yaml'])).roots).toEqual(['a [a/x.yaml a/y.yaml]']);
    expect(await find(files, ['b/ci.yml'])).toEqual({
      roots: [],
      skipped: ['b/ci.yml contains no Kubernetes objects'],
    });
    expect((await find(files, ['b/bin.yaml'])).roots).toEqual(['b/bin.yaml [b/bin.yaml]']);
  });

  test('a file that a given kustomization names is part of that, as with globs', async () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [app.yaml]', 'patches: [{path: patches/limits.yaml}]'),
      'base/app.yaml': object,
      'base/patches/limits.yaml': object,
      'base/other.yaml': object,
    };
    expect(await find(files, ['base/*.yaml', 'base/patches/limits.yaml'])).toEqual({
      roots: ['base', 'base/other.yaml [base/other.yaml]'],
      skipped: [],
    });
    const part = 'is part of a kustomization, but was linted without it';
    const advice = 'add --changed-files to lint the trees that read it';
    expect(await find(files, ['base/app.yaml'])).toEqual({
      roots: ['base/app.yaml [base/app.yaml]'],
      skipped: [`base/app.yaml ${part}; ${advice}`],
    });
    expect((await find(files, ['base/app.yaml', 'base/patches/limits.yaml', 'base/other.yaml'])).skipped).toEqual([
      `base/app.yaml ${part}, as is one more; ${advice}`,
    ]);
  });

  test('a file that no kustomization names is linted by its own name only, beside a folder around it too', async () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [app.yaml]'),
      'base/app.yaml': object,
      'base/job.yaml': object,
    };
    expect((await find(files, ['base'])).roots).toEqual(['base']);
    expect((await find(files, ['.', 'base/job.yaml'])).roots).toEqual(['base', 'base/job.yaml [base/job.yaml]']);
    expect((await find(files, ['.', 'base/app.yaml'])).roots).toEqual(['base']);
  });

  test('standard input', () => {
    const sources = new SourceCache(memoryFileSystem({}));
    sources.provide(new SourceFile('<stdin>', object));
    expect(discover(['<stdin>'], sources).roots).toEqual([{ kind: 'manifests', path: '<stdin>', files: ['<stdin>'] }]);
  });
});

describe('paths', () => {
  const files = {
    'apps/a/kustomization.yaml': kustomization('resources: []'),
    'apps/b/kustomization.yaml': kustomization('resources: []'),
    'apps/c/app.yaml': object,
    'odd[1]/app.yaml': object,
  };

  test('globs', async () => {
    expect((await find(files, ['apps/*'])).roots).toEqual(['apps/a', 'apps/b', 'apps/c [apps/c/app.yaml]']);
    expect((await find(files, ['apps/{a,b}/kustomization.yaml'])).roots).toEqual(['apps/a', 'apps/b']);
    expect((await find(files, ['**/app.yaml'])).roots).toEqual([
      'apps/c/app.yaml [apps/c/app.yaml]',
      'odd[1]/app.yaml [odd[1]/app.yaml]',
    ]);
    expect((await find(files, ['odd[1]'])).roots).toEqual(['odd[1] [odd[1]/app.yaml]']);
    await expect(find(files, ['nothing/*'])).rejects.toThrow(
      new UsageError('Nothing matches the pattern "nothing/*".'),
    );
  });

  test('what is not there is an error', async () => {
    await expect(find(files, ['aps'])).rejects.toThrow('There is no file or folder aps. Did you mean "apps"?');
  });

  test('ignored ones', async () => {
    expect((await find(files, ['.'], ['apps/a', 'odd*'])).roots).toEqual(['apps/b', 'apps/c [apps/c/app.yaml]']);
    expect((await find(files, ['.'], ['**/kustomization.yaml', './apps/c/'])).roots).toEqual([
      'odd[1] [odd[1]/app.yaml]',
    ]);
    expect((await find(files, ['.'], ['apps/**'])).roots).toEqual(['odd[1] [odd[1]/app.yaml]']);
  });
});

test('a manifest in UTF-16 is a root, also one that kustomize cannot read, so that the fault is reported', async () => {
  const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
  const files = {
    'k8s/app.yaml': utf16(`\ufeff${object}`),
    'other/notes.yaml': utf16('\ufeffhello: there\n'),
    'unmarked/app.yaml': utf16(object),
  };
  expect((await find(files)).roots).toEqual(['k8s [k8s/app.yaml]', 'unmarked [unmarked/app.yaml]']);
});

describe('Helm charts', () => {
  const chart = (name: string) => ({
    [`${name}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    [`${name}/values.yaml`]: 'replicas: 2\n',
    [`${name}/templates/deployment.yaml`]: `${object}{{- if .Values.labels }}\n`,
    [`${name}/charts/redis/Chart.yaml`]: 'name: redis\n',
  });

  test('are mentioned if there is nothing else', async () => {
    const advice = 'to lint what Helm renders, run `helm template CHART | migrate-lint -`';
    expect(await find(chart('shop'))).toEqual({ roots: [], skipped: [`shop is a Helm chart; ${advice}`] });
    expect((await find({ ...chart('a'), ...chart('b') })).skipped).toEqual([
      `a is a Helm chart, as is one more; ${advice}`,
    ]);
    expect((await find({ ...chart('a'), ...chart('b'), ...chart('c') })).skipped).toEqual([
      `a is a Helm chart, as are 2 more; ${advice}`,
    ]);
  });

  test('are mentioned if only their templates are given', async () => {
    expect(await find(chart('shop'), ['shop/templates'])).toEqual({
      roots: [],
      skipped: [expect.stringMatching(/^shop is a Helm chart; /)],
    });
  });

  test('are passed over beside manifests', async () => {
    expect(await find({ ...chart('shop'), 'k8s/app.yaml': object })).toEqual({
      roots: ['k8s [k8s/app.yaml]'],
      skipped: [],
    });
  });
});

test('globs of the command line do not follow links in circles', async () => {
  const { roots } = await find(
    {
      'a/kustomization.yaml': kustomization('resources: []'),
      'a/x': { link: '../b' },
      'b/y': { link: '../a' },
      'b/here': { link: '.' },
      'b/there': { link: '.' },
      'b/kustomization.yaml': kustomization('resources: []'),
    },
    ['**/*.yaml'],
  );
  expect(roots).toEqual(['a', 'b']);
});

test('what the settings leave out has exceptions', async () => {
  const files = {
    'a/kustomization.yaml': kustomization('resources: []'),
    'b/kustomization.yaml': kustomization('resources: []'),
  };
  expect((await find(files, ['.'], ['*', '!b'])).roots).toEqual(['b']);
});
