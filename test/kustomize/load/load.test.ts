import { describe, expect, test } from 'vitest';
import { parseRepository } from '../../../src/kustomize/load/remote.ts';
import { buildFiles, configMap, namesOf, problemsOf } from '../build-files.ts';

describe('the load restrictor', () => {
  const files = {
    '/app/overlay/kustomization.yaml': 'resources: [../cm.yaml]\n',
    '/app/cm.yaml': configMap('a'),
  };

  test('refuses files outside of the folder, unless an option allows it', () => {
    expect(problemsOf(buildFiles(files, '/app/overlay'))).toEqual([
      expect.stringMatching(/^\/app\/overlay\/kustomization.yaml:1:13 error: `..\/cm.yaml` is outside of /),
    ]);
    expect(namesOf(buildFiles(files, '/app/overlay', { loadRestrictor: 'none' }))).toEqual(['ConfigMap/a']);
  });

  test('follows symbolic links before it judges', () => {
    const inside = { '/app/kustomization.yaml': 'resources: [link.yaml]\n', '/app/real.yaml': configMap('a') };
    const within = buildFiles({ ...inside, '/app/link.yaml': { link: 'real.yaml' } }, '/app');
    expect(namesOf(within)).toEqual(['ConfigMap/a']);
    const outside = { ...inside, '/app/link.yaml': { link: '/other/cm.yaml' }, '/other/cm.yaml': configMap('b') };
    expect(problemsOf(buildFiles(outside, '/app'))).toEqual([expect.stringContaining('is outside of')]);
    expect(namesOf(buildFiles(outside, '/app', { loadRestrictor: 'none' }))).toEqual(['ConfigMap/b']);
  });

  test('lets bases be anywhere', () => {
    const root = buildFiles(
      {
        '/a/b/kustomization.yaml': 'resources: [../../c]\n',
        '/c/kustomization.yaml': 'resources: [cm.yaml]\n',
        '/c/cm.yaml': configMap('a'),
      },
      '/a/b',
    );
    expect(namesOf(root)).toEqual(['ConfigMap/a']);
  });

  test('finds a circle through a symbolic link', () => {
    const root = buildFiles({ '/a/kustomization.yaml': 'resources: [again]\n', '/a/again': { link: '/a' } }, '/a');
    expect(problemsOf(root)).toEqual([
      '/a/kustomization.yaml:1:13 error: `again` is this folder itself, so the build would go round in a circle; remove it',
    ]);
  });
});

describe('a path that is one folder off', () => {
  const files = {
    '/k8s/base/kustomization.yaml': 'resources: [cm.yaml]\n',
    '/k8s/base/cm.yaml': configMap('a'),
    '/k8s/overlays/dev/values/cm.yaml': configMap('b'),
  };

  test.each([
    ['../base', 'did you mean `../../base`?'],
    ['../values/cm.yaml', 'did you mean `values/cm.yaml`?'],
    ['../../../base', 'did you mean `../../base`?'],
    // The restrictor forbids this file.
    ['base/cm.yaml', 'create it or remove this entry'],
    // Above this is only the folder that holds the kustomization itself.
    ['dev', 'create it or remove this entry'],
  ])('%s', (path, advice) => {
    const kustomization = { '/k8s/overlays/dev/kustomization.yaml': `resources: [${path}]\n` };
    expect(problemsOf(buildFiles({ ...files, ...kustomization }, '/k8s/overlays/dev'))).toEqual([
      `/k8s/overlays/dev/kustomization.yaml:1:13 error: \`${path}\` does not exist; ${advice}`,
    ]);
  });
});

test.each([
  ['metadata:\n  name:migrate', 3, 'the `metadata` of this Job is the text `name:migrate`; put a space after `name:`'],
  ['metadata: migrate', 2, 'a Job without `metadata.name` cannot be built; name this Job, or take the document out'],
])('a Job with %j', (metadata, line, message) => {
  const job = `kind: Job\n${metadata}\napiVersion: batch/v1\n`;
  const root = buildFiles({ '/a/kustomization.yaml': 'resources: [job.yaml]\n', '/a/job.yaml': job }, '/a');
  expect(problemsOf(root)).toEqual([expect.stringMatching(`^/a/job.yaml:${line}:\\d+ error: ${message}$`)]);
});

describe('a file with another name', () => {
  test.each([
    ['db-migration-secret', 'did you mean `db-migration-secret.yaml`?'],
    ['db-secret-migration.yaml', 'did you mean `db-migration-secret.yaml`?'],
    ['db-migration-secret.yml', 'did you mean `db-migration-secret.yaml`?'],
    ['db_migration_secret.yaml', 'did you mean `db-migration-secret.yaml`?'],
    ['db-secret.yaml', 'create it or remove this entry'],
    // This one is listed as well.
    ['job-service.yaml', 'create it or remove this entry'],
  ])('%s', (path, advice) => {
    const files = {
      '/a/kustomization.yaml': `resources: [${path}, service-job.yaml]\n`,
      '/a/db-migration-secret.yaml': configMap('a'),
      '/a/service-job.yaml': configMap('b'),
    };
    expect(problemsOf(buildFiles(files, '/a'))).toEqual([
      `/a/kustomization.yaml:1:13 error: \`${path}\` does not exist; ${advice}`,
    ]);
  });
});

test.each(['/b', '/nowhere'])('the absolute path %s is reported as one', (path) => {
  const root = buildFiles({ '/a/kustomization.yaml': `resources: [${path}]\n`, '/b/kustomization.yaml': '' }, '/a');
  expect(problemsOf(root)).toEqual([
    `/a/kustomization.yaml:1:13 error: the path \`${path}\` is absolute; write it relative to this file`,
  ]);
});

describe('files that are no manifests', () => {
  test.each([
    ['binary', new Uint8Array([0x7f, 0x45, 0, 1]), 'it is a binary file, not YAML'],
    ['Latin-1', new Uint8Array([0x61, 0xe9, 0x62]), 'it is not UTF-8 text'],
  ])('%s', (_, bytes, why) => {
    const root = buildFiles({ '/kustomization.yaml': 'resources: [x.yaml]\n', '/x.yaml': bytes });
    expect(problemsOf(root)).toEqual([`/kustomization.yaml:1:13 error: cannot read \`x.yaml\`: ${why}`]);
  });

  test('a file that is too large is not read', () => {
    const files = { '/kustomization.yaml': 'resources: [x.yaml]\n', '/x.yaml': configMap('a') + ' '.repeat(2 ** 20) };
    expect(problemsOf(buildFiles(files, '/', {}, { fileSize: 2 ** 20 }))).toEqual([
      `/kustomization.yaml:1:13 error: cannot read \`x.yaml\`: it is larger than 1 MiB (${files['/x.yaml'].length} bytes)`,
    ]);
  });

  test('a byte-order mark is no part of the text', () => {
    const root = buildFiles({
      '/kustomization.yaml': '\ufeffresources: [x.yaml]\n',
      '/x.yaml': `\ufeff${configMap('a')}`,
    });
    expect(namesOf(root)).toEqual(['ConfigMap/a']);
  });
});

describe('what a build knows of itself', () => {
  const root = buildFiles(
    {
      '/base/kustomization.yaml': 'resources:\n  - cm.yaml\n',
      '/base/cm.yaml': configMap('a'),
      '/part/kustomization.yaml': 'kind: Component\nresources:\n  - extra.yaml\n',
      '/part/extra.yaml': configMap('b'),
      '/top/kustomization.yaml':
        'resources:\n  - ../base\ncomponents:\n  - ../part\nconfigMapGenerator:\n  - name: c\n    files: [f.txt]\nsortOptions: {order: fifo}\n',
      '/top/f.txt': 'text',
    },
    '/top',
  );

  test('where each kustomization lists what led to an object', () => {
    const listed = root.listed.map(({ name, listedIn }) => [
      name.replace(/-.*/, ''),
      ...listedIn.map(({ file, start }) => `${file.path}:${file.position(start).line}`),
    ]);
    expect(listed).toEqual([
      ['a', '/top/kustomization.yaml:2', '/base/kustomization.yaml:2'],
      ['c', '/top/kustomization.yaml:6'],
      ['b', '/top/kustomization.yaml:4', '/part/kustomization.yaml:3'],
    ]);
  });

  test('the order, and every file that was read', () => {
    expect(root.order).toBe('fifo');
    expect(root.kustomization?.path).toBe('/top/kustomization.yaml');
    expect(root.files.map(({ path }) => path).sort()).toEqual([
      '/base/cm.yaml',
      '/base/kustomization.yaml',
      '/part/extra.yaml',
      '/part/kustomization.yaml',
      '/top/f.txt',
      '/top/kustomization.yaml',
    ]);
  });
});

describe('repositories', () => {
  test.each([
    ['github.com/org/repo', 'https://github.com/org/repo', '', ''],
    ['github.com/org/repo/a/b?ref=v1', 'https://github.com/org/repo', 'a/b', 'v1'],
    ['https://github.com/org/repo//a?ref=v1&timeout=9', 'https://github.com/org/repo', 'a', 'v1'],
    ['https://example.com/org/repo.git/a?version=v2', 'https://example.com/org/repo.git', '/a'.slice(1), 'v2'],
    ['git@github.com:org/repo.git', 'git@github.com:org/repo.git', '', ''],
    ['ssh://git@example.com/org/repo/a', 'ssh://git@example.com/org/repo', 'a', ''],
    ['git::https://example.com/org/repo//x', 'https://example.com/org/repo', 'x', ''],
    ['https://dev.azure.com/o/p/_git/repo/x/y', 'https://dev.azure.com/o/p/_git/repo', 'x/y', ''],
    ['file:///srv/repo.git', 'file:///srv/repo.git', '', ''],
  ])('%s', (path, url, folder, ref) => {
    expect(parseRepository(path)).toEqual({ url, path: folder, ref });
  });

  test.each([
    '../base',
    'base/app',
    '/abs/path',
    'github.com',
    'example.com/org/repo',
    'https://example.com/org',
    'github.com/o/r//../x',
  ])('%s is none', (path) => {
    expect(parseRepository(path)).toBeUndefined();
  });
});
