import { describe, expect, test } from 'vitest';
import { isPath } from '../../src/command-line/enter-paths.ts';
import { reportFormats } from '../../src/command-line/flags.ts';
import { migrationJob as job, runOnWindows, type WindowsFiles } from '../support/windows.ts';

const files: WindowsFiles = {
  'C:\\shop\\.git\\HEAD': '',
  'C:\\shop\\K8s\\base\\kustomization.yaml': 'resources: [job.yaml]\n',
  'C:\\shop\\K8s\\base\\job.yaml': job,
  'C:\\shop\\K8s\\overlays\\test\\kustomization.yaml': 'namePrefix: test-\nresources: [../../base]\n',
};
const overlay = 'K8s/overlays/test';

test.each([
  ['.'],
  ['K8s'],
  ['k8s\\overlays\\test'],
  ['K8S/overlays\\TEST\\'],
  ['C:\\shop\\K8s\\overlays\\test'],
  ['c:/SHOP/k8s/overlays/test'],
  ['\\shop\\K8s'],
  ['C:K8s'],
  ['\\\\?\\C:\\shop\\K8s'],
  ['k8s\\overlays\\*'],
  ['C:\\shop\\K8s\\**\\test'],
  ['K8s\\overlays\\test\\kustomization.yaml'],
])('%s is found, and shown as it is on the disk', async (path) => {
  const { code, out, err } = await runOnWindows([path, '--format', 'json'], files);
  expect([code, err]).toEqual([1, '']);
  const { findings, roots } = JSON.parse(out);
  expect(roots).toMatchObject([{ path: overlay, state: 'built' }]);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'job-backoff-limit',
      roots: [overlay],
      location: expect.objectContaining({ path: 'K8s/base/job.yaml', line: 5, column: 17 }),
    }),
  );
});

test.each(reportFormats)('the report as %s reads as on Linux', async (format) => {
  const { out } = await runOnWindows(['k8s', '--format', format], files, { directory: 'c:\\SHOP\\' });
  expect(out).toContain('K8s/base/job.yaml');
  expect(out).not.toMatch(/C:|\\[sSkK]/);
});

describe('what is written', () => {
  test('goes to where the options say', async () => {
    const args = [
      'k8s',
      '--output',
      'out\\report.txt',
      '--report',
      'sarif=D:\\out\\report.sarif',
      '--report=json=c:/out.json',
    ];
    const { written, err } = await runOnWindows(args, files);
    expect(Object.keys(written)).toEqual(['D:\\out\\report.sarif', 'C:\\out.json', 'C:\\shop\\out\\report.txt']);
    expect(err).toContain('Report written to out/report.txt.');
  });

  test('is a fix of the file that the finding is in', async () => {
    const { written, err } = await runOnWindows(['.\\k8s\\', '--fix=all', '--quiet', '--verbose'], files);
    expect(Object.keys(written)).toEqual(['C:\\shop\\K8s\\base\\job.yaml']);
    expect(written['C:\\shop\\K8s\\base\\job.yaml']).toContain('  backoffLimit: 0\n');
    expect(err).toContain('K8s/base/job.yaml:5:17 job-backoff-limit: ');
  });

  test('is a patch that git takes', async () => {
    const { out } = await runOnWindows(['k8s', '--diff', '--fix=all'], files);
    expect(out).toContain('--- a/K8s/base/job.yaml\n+++ b/K8s/base/job.yaml\n');
  });

  test('is a baseline, which holds on Linux as well', async () => {
    const { written } = await runOnWindows(['k8s', '--write-baseline', '--baseline', 'ci\\known.json'], files);
    const baseline = written['C:\\shop\\ci\\known.json'] ?? '';
    expect(JSON.parse(baseline).findings[0]).toMatchObject({ root: '../K8s/overlays/test' });
    const known = { ...files, 'C:\\shop\\ci\\known.json': baseline };
    expect((await runOnWindows(['k8s', '--baseline', '.\\ci\\known.json'], known)).code).toBe(0);
  });

  test('is a new service', async () => {
    const args = ['new', 'shop', '--tool', 'prisma', '--image', 'r.example/shop', '--directory', 'services\\shop'];
    const { written, out } = await runOnWindows(args, { 'C:\\shop\\.git\\HEAD': '' });
    expect(Object.keys(written)).toContain('C:\\shop\\services\\shop\\k8s\\base\\kustomization.yaml');
    expect(out).toContain('  services/shop/k8s/base/kustomization.yaml\n');
    const there = { 'C:\\shop\\.git\\HEAD': '', 'C:\\shop\\Services\\shop\\k8s\\base\\kustomization.yaml': '' };
    const refused = await runOnWindows(args, there);
    expect([refused.code, refused.written]).toEqual([2, {}]);
    expect(refused.err).toContain('Services/shop/k8s/base/kustomization.yaml');
  });
});

describe('options that name files and folders', () => {
  // The placeholder of a value shows whether it is a path; one that is in neither list is not converted.
  test('are recognised by the name of their value', async () => {
    const commands = [[], ['build'], ['merge'], ['inspect'], ['new'], ['rules'], ['explain'], ['completion']];
    const helps = await Promise.all(commands.map((command) => runOnWindows([...command, '--help'], {})));
    const names = helps.flatMap(({ out }) =>
      [...out.matchAll(/^ +--[\w-]+ [<[](.+?)[>\]]|^Usage: .* [<[](?!options)(.+?)(?:\.\.\.)?[>\]]$/gm)].map(
        (match) => match[1] ?? match[2] ?? '',
      ),
    );
    const others =
      'applier command count format image name name=value port preset ref restrictor rule seconds severity share shell system tool version which';
    const paths = [...new Set(names)].filter((name) => isPath(name.split('=').at(-1) ?? ''));
    expect(paths.sort()).toEqual(['dir', 'file', 'format=file', 'name=dir', 'path', 'paths', 'reports']);
    expect([...new Set(names)].filter((name) => !paths.includes(name)).sort()).toEqual(others.split(' '));
  });

  test('--config, --repository and --changed-files', async () => {
    const settings = { ...files, 'D:\\etc\\lint.yaml': 'rules: {job-backoff-limit: off}\n' };
    const rulesWith = async (...args: readonly string[]): Promise<string[]> => {
      const { out } = await runOnWindows(['k8s', '--format', 'json', ...args], settings);
      return JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
    };
    expect(await rulesWith()).toContain('job-backoff-limit');
    expect(await rulesWith('--config', 'D:\\etc\\lint.yaml')).not.toContain('job-backoff-limit');
    const changed = ['--changed-files', '--format', 'json', 'k8s\\base\\job.yaml'];
    expect(JSON.parse((await runOnWindows(changed, files)).out).roots).toMatchObject([{ path: overlay }]);
    const apart = await runOnWindows(['k8s\\overlays', '--repository', 'k8s\\overlays'], files);
    expect(apart.out).toContain('`../../base` leads out of the repository');
  });

  test('--stdin-filename', async () => {
    const { out } = await runOnWindows(['-', '--stdin-filename', 'K8s\\new.yaml'], files, { stdin: job });
    expect(out).toContain('--> K8s/new.yaml:5:17');
  });

  test('build and merge', async () => {
    const built = await runOnWindows(['build', 'k8s\\overlays\\test'], files);
    expect([built.code, built.out]).toEqual([0, expect.stringContaining('name: test-shop-migration-v1\n')]);
    const { out } = await runOnWindows(['k8s', '--format', 'json'], files);
    const merged = await runOnWindows(['merge', 'out\\*.json'], { ...files, 'C:\\shop\\out\\1.json': out });
    expect(merged.out).toContain('--> K8s/base/job.yaml:5:17');
  });

  test('the folder that GitLab names', async () => {
    const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: 'C:\\shop' };
    const { out } = await runOnWindows(['.', '--format', 'gitlab'], files, { env, directory: 'C:\\shop\\K8s' });
    expect(JSON.parse(out)[0].location.path).toBe('K8s/base/job.yaml');
  });
});

describe('a tree is built as on Linux', () => {
  const withResource = (entry: string): WindowsFiles => ({
    ...files,
    'C:\\shop\\K8s\\overlays\\test\\kustomization.yaml': `resources: ['${entry}']\n`,
  });

  test('names are in the case that they have on the disk', async () => {
    const { out } = await runOnWindows(['k8s'], withResource('../../Base'));
    expect(out).toContain('error[build-error]: `../../Base` does not exist; did you mean `../../base`?\n');
    const file = { ...files, 'C:\\shop\\K8s\\base\\kustomization.yaml': 'resources: [Job.yaml]\n' };
    expect((await runOnWindows(['k8s'], file)).out).toContain('`Job.yaml` does not exist; did you mean `job.yaml`?\n');
  });

  test.each([
    ['ignore: [K8s/overlays]', 0],
    ['ignore: ["**/overlays"]', 0],
    ['ignore: [K8s/Overlays]', 1],
    ['ignore: ["**/Overlays"]', 1],
  ])('with %s %i overlays are linted, whatever the disk takes', async (settings, count) => {
    const ignoring = { ...files, 'C:\\shop\\migrate-lint.yaml': `${settings}\n` };
    const { out } = await runOnWindows(['.', '--format', 'json'], ignoring);
    const paths: string[] = JSON.parse(out).roots.map(({ path }: { path: string }) => path);
    expect(paths.filter((path) => path === overlay)).toHaveLength(count);
  });

  test('a backslash separates no folders', async () => {
    const { out } = await runOnWindows(['k8s'], withResource('..\\..\\base'));
    expect(out).toContain(
      'error[build-error]: `..\\..\\base` does not exist; write `../../base`, as a backslash separates no folders on Linux, where Flux builds this.\n',
    );
  });

  test.each([
    ['C:\\shop\\K8s\\base'],
    ['D:/k8s'],
    ['../../base/job.yaml::$DATA'],
    ['../../../../../UNC/evil/share/k8s'],
    ['..\\..\\..\\..\\..\\UNC\\evil\\share'],
    ['\\\\evil\\share\\k8s'],
    ['//evil/share/k8s'],
  ])('%s leads nowhere, and nobody is asked for it', async (entry) => {
    const { code, out, asked } = await runOnWindows(['k8s'], withResource(entry));
    expect(code).toBe(1);
    expect(out).toContain('error[build-error]: ');
    expect([...asked].filter((path) => !/^C:\\(?:shop|migrate|\.|$)/i.test(path) || path.includes('::'))).toEqual([]);
  });

  test.each([
    ['remoteCache: //evil/share'],
    ['remoteCache: \\\\evil\\share'],
    ['sources: {a: ../../UNC/evil/share}'],
    ['baseline: ../../UNC/evil/share/known.json'],
    ["ignore: ['//evil/share/*', '\\\\evil\\share\\*']"],
  ])('settings that say %s make nobody ask for the share', async (settings) => {
    const { asked } = await runOnWindows(['k8s'], { ...files, 'C:\\shop\\migrate-lint.yaml': `${settings}\n` });
    expect([...asked]).toContain('C:\\shop\\migrate-lint.yaml');
    expect([...asked].filter((path) => path.startsWith('\\\\'))).toEqual([]);
  });
});
