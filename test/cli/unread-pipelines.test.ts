import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { createWorkspace } from '../support/workspace.ts';

/** The commit of its pipeline starts the pipeline again, and nothing else is wrong. */
const faulty = fileURLToPath(new URL('../../fixtures/rules/ci-skip/bad', import.meta.url));
const files = [...readFolder(faulty)].filter(([path]) => path === '.gitlab-ci.yml' || path.startsWith('k8s/'));
const workspace = createWorkspace({
  ...Object.fromEntries(files.map(([path, text]) => [`shop/${path}`, text])),
  'shop/.github/workflows/a.yml': '',
});

describe('a tree in no Git repository', () => {
  const note = 'shop is not in a Git repository, so .github/workflows and .gitlab-ci.yml there were not read;';

  test('the summary says which pipelines are not read, and how to read them', async () => {
    const { code, out } = workspace.run(['shop/k8s']);
    expect({ code, out }).toEqual({
      code: 0,
      out: `No problems found (1 root, 1 release).\n${note} --repository with this folder reads them.\n`,
    });
    const { out: json } = await workspace.runHere(['shop/k8s', '--format', 'json']);
    expect(JSON.parse(json)).toMatchObject({ skipped: [{ path: 'shop', reason: expect.stringContaining('read') }] });
  });

  test('--repository says where they are', async () => {
    const { out } = await workspace.runHere(['shop/k8s', '--repository', 'shop']);
    expect(out).toContain('error[ci-skip]');
    expect(out).not.toContain('no Git repository');
  });

  test('nothing is said if there are none, or if nothing would read them', async () => {
    expect((await workspace.runHere(['shop/k8s', '--repository', 'shop/k8s'])).out).not.toContain('Git');
    workspace.write({ 'shop/.git/HEAD': '' });
    expect((await workspace.runHere(['shop/k8s'])).out).toContain('error[ci-skip]');
  });
});

describe('a pipeline that cannot be read', () => {
  test('the summary says which one, and why', async () => {
    workspace.write({
      'shop/.git/HEAD': '',
      'shop/.gitlab-ci.yml': 'include: ci/release.yml\nbuild:\n  script: [make]\n',
      'shop/ci/release.yml': 'release:\n\tscript: []\n',
      'shop/.github/workflows/a.yml': Uint8Array.of(0x61, 0, 0x62, 0),
      'shop/.github/workflows/empty.yml': '# nothing\n',
    });
    const { code, out } = await workspace.runHere(['shop/k8s']);
    const why = 'could not be read, so what it runs was not checked';
    expect({ code, lines: out.split('\n') }).toEqual({
      code: 0,
      lines: [
        'No problems found (1 root, 1 release).',
        `shop/ci/release.yml ${why} (line 2: a tab cannot indent a line; replace it with spaces).`,
        expect.stringContaining(`shop/.github/workflows/a.yml ${why} (it is UTF-16 `),
        '',
      ],
    });
  });

  test('nothing is said if no migration depends on it', async () => {
    workspace.write({
      'web/.git/HEAD': '',
      'web/.gitlab-ci.yml': '\t',
      'web/kustomization.yaml': 'resources: [config.yaml]\n',
      'web/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n',
    });
    expect((await workspace.runHere(['web'])).out).not.toContain('could not be read');
  });
});
