import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrationJob as job, type runOnWindows as RunOnWindows } from '../support/windows.ts';

let runOnWindows: typeof RunOnWindows;

// How paths are shown depends on the platform, which the program checks once; here that is Windows. The
// modules of the other tests, which run in this process as well, are left as they are.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('../../src/source/files/platform-paths.ts', async (load) => {
    const actual = await load<typeof import('../../src/source/files/platform-paths.ts')>();
    return { ...actual, platformPaths: actual.windowsPaths() };
  });
  ({ runOnWindows } = await import('../support/windows.ts'));
});

afterAll(() => {
  vi.doUnmock('../../src/source/files/platform-paths.ts');
  vi.resetModules();
});

const files = {
  'C:\\shop\\.git\\HEAD': '',
  'C:\\shop\\job.yaml': job,
  'D:\\k8s\\job a.yaml': job,
  '\\\\server\\share\\k8s\\job.yaml': job,
};

test('what lies on another drive or a share is shown with its whole path', async () => {
  const { out } = await runOnWindows(['.', '\\\\server\\share\\k8s', 'D:\\k8s', '--format', 'sarif'], files);
  const uris = [...out.matchAll(/"artifactLocation": \{\s+"uri": "([^"]+)"(,\s+"uriBaseId")?/g)].map(
    ([, uri, base]) => [uri, base !== undefined] as const,
  );
  expect(new Map(uris)).toEqual(
    new Map([
      ['job.yaml', true],
      ['file:///D:/k8s/job%20a.yaml', false],
      ['file://server/share/k8s/job.yaml', false],
    ]),
  );
});

test('what a message says of a path can be copied', async () => {
  const firstLine = async (args: readonly string[], directory = 'C:\\shop') => {
    const { err, out } = await runOnWindows(args, files, { directory });
    return `${err}${out}`.trim().split('\n')[0];
  };
  expect(await firstLine(['C:\\shopp'])).toBe('error: There is no file or folder C:/shopp.');
  expect(await firstLine(['k8s\\nowhere'])).toBe('error: There is no file or folder k8s/nowhere.');
  expect(await firstLine(['build', '\\\\server\\nowhere\\k8s'])).toBe(
    'error: There is no folder //server/nowhere/k8s.',
  );
  expect(await firstLine(['.', '--config', 'd:\\lint.yaml'])).toBe(
    'error: The settings file D:/lint.yaml cannot be used: there is no such file.',
  );
  expect(await firstLine(['.', '--remote-cache', 'd:\\cache'])).toBe(
    'error: There is no folder D:/cache to use as the remote cache.',
  );
  expect(await firstLine(['inspect', 'D:\\'])).toContain('D:/');
  const shown = await runOnWindows(['.', '--print-config', '--baseline', 'known.json'], files);
  expect(JSON.parse(shown.out)).toMatchObject({ directory: 'C:/shop', baseline: 'C:/shop/known.json' });
});
