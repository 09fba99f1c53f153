import { spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportFormats } from '../../src/command-line/flags.ts';
import { retriedJob } from '../support/manifests.ts';
import { createWorkspace } from '../support/workspace.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n';
const job = retriedJob();
/** One rule is enough here: what the others find is tested with them. */
const oneRule = `rules:
  job-force: off
  job-name-version: off
`;

const workspace = createWorkspace({
  'clean/kustomization.yaml': 'resources: [settings.yaml]\n',
  'clean/settings.yaml': configMap,
  'faulty/kustomization.yaml': 'resources:\n  - job.yaml\n',
  'faulty/job.yaml': job,
  'faulty/migrate-lint.yaml': oneRule,
  'broken/kustomization.yaml': 'resources:\n  - settings.yml\n',
  'broken/settings.yaml': configMap,
  'empty/readme.txt': 'nothing here\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/templates/settings.yaml': configMap,
  'mixed/a/kustomization.yaml': 'resources: [\n',
  'mixed/b/kustomization.yaml': 'resources: [../../faulty/job.yaml]\n',
  'mixed/c/settings.yaml': configMap,
});

const run = (...args: string[]) => workspace.run(args);
const runHere = (...args: string[]) => workspace.runHere(args);
const faultyText = `error[job-backoff-limit]: Job \`shop-migration-v1\` sets \`spec.backoffLimit\` to 3: a failed migration is retried 3 times, which does harm unless the program undoes or skips what the failed run has done.
 --> faulty/job.yaml:6:17
  |
6 |   backoffLimit: 3
  |                 ^
  |
  = help: Set \`backoffLimit: 0\`, with \`restartPolicy: Never\` in the pod template.

Found 1 error in 1 file (1 root).
1 fixable with --fix.
More about a rule: migrate-lint explain job-backoff-limit
`;

describe('a text report', () => {
  test('of a clean tree', () => {
    const out = `No problems found (1 root, 0 releases).
No migration Job was recognised. If there is one, name it in migrate-lint.yaml: \`migrations: {jobs: [NAME]}\`.
`;
    expect(run('clean')).toEqual({ code: 0, out, err: '' });
    expect(run('clean', '--quiet')).toEqual({ code: 0, out: '', err: '' });
  });

  test('of a tree beside which a migration lies that no kustomization lists', async () => {
    workspace.write({
      'beside/kustomization.yaml': 'resources: [config.yaml]\n',
      'beside/migrate-lint.yaml': oneRule,
      'beside/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      'beside/jobs/migrate.yaml': job,
    });
    const out = `No problems found (1 root, 0 releases).
beside/jobs/migrate.yaml contains the migration Job \`shop-migration-v1\`, but no kustomization lists it; to lint it, pass the file as a path.
`;
    expect(await runHere('beside')).toEqual({ code: 0, out, err: '' });
    expect((await runHere('beside', 'faulty')).out).not.toContain('no kustomization lists it');
    expect(await runHere('beside/jobs/migrate.yaml')).toEqual({
      code: 1,
      out: faultyText.replace('faulty/job.yaml', 'beside/jobs/migrate.yaml'),
      err: '',
    });
  });

  test('of a tree whose services migrate in their own pods', async () => {
    const deployment = (name: string, command: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [{name: migrate, image: shop, command: [${command}]}], containers: [{name: web, image: shop}]}}}\n`;
    workspace.write({
      'own/kustomization.yaml': 'resources: [api.yaml, worker.yaml, web.yaml]\n',
      'own/api.yaml': deployment('api', 'alembic, upgrade, head'),
      'own/worker.yaml': deployment('worker', 'alembic, upgrade, head'),
      'own/web.yaml': deployment('web', 'alembic, current'),
    });
    const out = `No problems found (1 root, 0 releases).
own/api.yaml makes the pods of Deployment \`api\` migrate the database themselves: container \`migrate\` runs \`alembic upgrade head\`, and so does one more; the rules only check migrations that run as Jobs.
`;
    expect(await runHere('own')).toEqual({ code: 0, out, err: '' });
  });

  test('of a tree whose patch makes a service migrate', async () => {
    workspace.write({
      'patched/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'patched/base/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: shop}]}}}\n',
      'patched/dev/kustomization.yaml': `resources: [../base]
patches:
  - target: {kind: Deployment}
    patch: |-
      - {op: add, path: /spec/template/spec/containers/0/command, value: [sh, -c, alembic upgrade head && exec web]}
`,
    });
    expect((await runHere('patched')).out).toBe(`No problems found (1 root, 0 releases).
patched/dev/kustomization.yaml makes the pods of Deployment \`web\` migrate the database themselves: container \`web\` runs \`alembic upgrade head\`; the rules only check migrations that run as Jobs.
`);
  });

  test('of a faulty tree', () => {
    expect(run('faulty')).toEqual({ code: 1, out: faultyText, err: '' });
  });

  test('of a tree that cannot be built', () => {
    const { code, out, err } = run('broken');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^error\[build-error\]: .*settings\.yml.*\n --> broken\/kustomization\.yaml:2:5\n/);
    expect(out).toMatch(
      /\nFound 1 error in 1 file \(1 root\)\.\nMore about a rule: migrate-lint explain build-error\n$/,
    );
  });

  test('of several roots, one broken', async () => {
    const { code, out } = await workspace.runHere(['mixed', '--load-restrictor', 'LoadRestrictionsNone', '--verbose']);
    expect(code).toBe(1);
    expect(out).toContain('--> mixed/a/kustomization.yaml:');
    expect(out).toContain('--> faulty/job.yaml:6:17');
    expect(out).toContain('  mixed/a (kustomization): could not be built\n  mixed/b (kustomization): 1 object, ');
    expect(out).toContain('  mixed/c (plain manifests): 1 object, 0 releases\n');
  });

  test('of many roots, for which V8 compiles less without complaint', () => {
    const roots = Array.from({ length: 60 }, (_, index) => [
      [`many/${index}/kustomization.yaml`, 'resources: [settings.yaml]\n'],
      [`many/${index}/settings.yaml`, configMap],
    ]).flat();
    workspace.write(Object.fromEntries(roots));
    expect(run('many', '--format', 'github')).toEqual({ code: 0, out: '', err: '' });
  });

  test('of the working directory', () => {
    expect(workspace.run([], { directory: 'clean' })).toMatchObject({ code: 0 });
    expect(workspace.run([], { directory: 'faulty' })).toMatchObject({
      code: 1,
      out: faultyText.replace('faulty/', ''),
    });
  });
});

describe('exit codes', () => {
  test('say what was found', () => {
    const codes = ['clean', 'faulty', 'broken', 'empty', 'nowhere'].map((path) => run(path).code);
    expect(codes).toEqual([0, 1, 1, 3, 2]);
  });

  test.each(reportFormats)('are the same in %s', async (format) => {
    const code = async (...args: string[]) => (await runHere(...args, '--format', format)).code;
    for (const [path, expected] of Object.entries({ clean: 0, faulty: 1, broken: 1, empty: 3, nowhere: 2 }))
      expect(await code(path), path).toBe(expected);
    expect(await code('faulty', '--fail-on', 'never')).toBe(0);
    expect(await code('broken', '--fail-on=info')).toBe(1);
  });

  test('findings below --fail-on do not fail', async () => {
    workspace.write({ 'milder.yaml': `${oneRule}  job-backoff-limit: warning\n` });
    const code = async (...args: string[]) => (await runHere('faulty', '--config', 'milder.yaml', ...args)).code;
    expect(await code()).toBe(0);
    expect(await code('--fail-on', 'warning')).toBe(1);
    expect(await code('--fail-on', 'info')).toBe(1);
    expect(await code('--fail-on', 'error')).toBe(0);
  });

  test('nothing to lint says so', async () => {
    expect(run('empty')).toEqual({
      code: 3,
      out: '',
      err: 'Nothing to lint in empty: there is no kustomization and no Kubernetes manifest.\n',
    });
    expect((await runHere('chart')).err).toBe(`\
Nothing to lint in chart: there is no kustomization and no Kubernetes manifest.
chart is a Helm chart; to lint what Helm renders, run \`helm template CHART | migrate-lint -\`.
`);
    expect((await runHere('empty/readme.txt')).err).toMatch(
      /^empty\/readme\.txt contains no Kubernetes objects; skipped\.\nNothing to lint/,
    );
  });
});

describe('machine-readable reports', () => {
  test('json', async () => {
    for (const [path, findings] of [
      ['clean', 0],
      ['faulty', 1],
      ['broken', 1],
      ['empty', 0],
    ] as const) {
      const { out } = await runHere(path, '--format', 'json');
      expect(JSON.parse(out)).toMatchObject({ version: 1 });
      expect(JSON.parse(out).findings).toHaveLength(findings);
    }
  });

  test('sarif, with paths from the top of the repository', async () => {
    workspace.write({ '.git/HEAD': '' });
    const { out } = await workspace.runHere(['.', '--format', 'sarif'], { directory: 'faulty' });
    const [sarif] = JSON.parse(out).runs;
    expect(sarif.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('faulty/job.yaml');
    expect(sarif.tool.driver.rules.length).toBeGreaterThan(9);
    for (const path of ['clean', 'broken', 'empty'])
      expect(JSON.parse((await runHere(path, '--format', 'sarif')).out).version).toBe('2.1.0');
  });

  test('github', async () => {
    expect((await runHere('clean', '--format', 'github')).out).toBe('');
    expect((await runHere('faulty', '--format', 'github')).out).toMatch(
      /^::error file=faulty\/job\.yaml,line=6,endLine=6,col=17,endColumn=18,title=job-backoff-limit::.*\n$/,
    );
  });

  test('several at once', async () => {
    const reports = ['--report', 'sarif=all.sarif', '--report', 'gitlab=gl.json', '--report=markdown=summary.md'];
    expect(run('faulty', ...reports)).toEqual({ code: 1, out: faultyText, err: '' });
    expect(JSON.parse(workspace.read('all.sarif')).version).toBe('2.1.0');
    expect(JSON.parse(workspace.read('gl.json'))).toHaveLength(1);
    expect(workspace.read('summary.md')).toContain('Found 1 error');
    expect((await runHere('faulty', '--report', 'gitlab')).err).toContain('Write it as FORMAT=FILE, for example');
    expect((await runHere('faulty', '--report', 'all.sarif')).err).toContain('Write it as FORMAT=FILE, for example');
    expect((await runHere('faulty', '--report', 'gitlb=x')).err).toContain('Did you mean "gitlab"?');
    expect(await runHere('faulty', '--report', 'text=summary.md/x')).toMatchObject({ code: 2, out: '' });
  });

  test('under GitHub Actions: the log, which is no command, and annotations', async () => {
    const inActions = (...args: string[]) => workspace.runHere(args, { env: { GITHUB_ACTIONS: 'true' } });
    const { out } = await inActions('faulty');
    const [first = '', ...lines] = out.split('\n');
    const token = /^::stop-commands::([\w-]{36})$/.exec(first)?.[1];
    expect(lines.join('\n')).toMatch(
      new RegExp(`^error\\[job-backoff[^]*\\n::${token}::\\n::error file=faulty/job.yaml.*\\n$`),
    );
    expect((await inActions('faulty', '--format', 'text')).out).toBe(faultyText);
    expect((await inActions('clean', '--quiet')).out).toBe('');
  });

  test('under GitLab CI paths start at the top of the project', async () => {
    const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: workspace.path };
    const { out } = await workspace.runHere(['--format', 'gitlab'], { directory: 'faulty', env });
    expect(JSON.parse(out)[0].location.path).toBe('faulty/job.yaml');
  });

  test('into a file', () => {
    expect(run('faulty', '--output', 'report.txt', '--color').code).toBe(1);
    expect(run('faulty', '--output', 'report.txt')).toEqual({
      code: 1,
      out: '',
      err: 'Found 1 error in 1 file (1 root). Report written to report.txt.\n',
    });
    expect(workspace.read('report.txt')).toBe(faultyText);
    expect(run('faulty', '--output', 'new/folder/report.txt').code).toBe(1);
    expect(workspace.read('new/folder/report.txt')).toBe(faultyText);
    const { code, out, err } = run('faulty', '--output', 'report.txt/below.txt');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: The report cannot be written: /);
  });
});

describe('standard input', () => {
  test('is built as plain manifests', async () => {
    const args = ['-', '--config', 'faulty/migrate-lint.yaml'];
    expect(workspace.run(args, { stdin: job })).toMatchObject({
      code: 1,
      out: faultyText.replace('faulty/job.yaml', '<stdin>').replace('1 fixable with --fix.\n', ''),
    });
    expect(await workspace.runHere([...args, '--stdin-filename', 'faulty/job.yaml'], { stdin: job })).toMatchObject({
      code: 1,
      out: faultyText,
    });
    expect(await workspace.runHere(['-'], { stdin: configMap })).toMatchObject({ code: 0 });
  });

  test('that holds nothing, or no text', async () => {
    expect((await workspace.runHere(['-'], { stdin: '' })).code).toBe(3);
    expect(await workspace.runHere(['-'], { stdin: new Uint8Array([0, 1, 2]) })).toEqual({
      code: 2,
      out: '',
      err: 'error: Standard input cannot be used: it is a binary file, not YAML.\n',
    });
    expect(await workspace.runHere(['-'], { stdin: 'a: [' })).toMatchObject({ code: 1 });
    expect(await workspace.runHere(['clean', '--stdin-filename', 'x.yaml'])).toMatchObject({ code: 2 });
  });
});

describe('colour', () => {
  test.each([
    [[], {}, false],
    [['--color'], { NO_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [['--no-color'], { FORCE_COLOR: '1' }, false],
    [[], { NO_COLOR: '1' }, false],
  ])('goes by the flag, then FORCE_COLOR, then NO_COLOR, then the terminal: %j, %j', async (args, env, expected) => {
    const { out } = await workspace.runHere(['faulty', ...args], { env: env as Record<string, string> });
    expect(out.includes('\u001b[')).toBe(expected);
  });

  // Other versions of script(1) have other options.
  const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
  test.skipIf(!hasScript)('on a terminal', () => {
    const inTerminal = (env: Record<string, string>) =>
      spawnSync('script', ['-qec', `${process.execPath} ${workspace.cli} faulty`, '/dev/null'], {
        cwd: workspace.path,
        env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
        encoding: 'utf8',
      }).stdout;
    expect(inTerminal({})).toContain('\u001b[31m\u001b[1merror[job-backoff-limit]');
    expect(inTerminal({ NO_COLOR: '1' })).toContain('error[job-backoff-limit]');
    expect(inTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[3');
  });
});

describe('wrong usage', () => {
  test.each([
    [['--formt', 'json'], /unknown option '--formt'\n\(Did you mean --format\?\)/],
    [['--format', 'jsn'], /'--format <format>' argument 'jsn' is invalid\. Did you mean "json"\?/],
    [['--format', 'xml'], /Choose one of text, json, sarif, github, gitlab, /],
    [['--fail-on', 'warn'], /'--fail-on <severity>' argument 'warn' is invalid\. Did you mean "warning"\?/],
    [['--kustomize', '5.6'], /Did you mean "5\.7"\?/],
    [['faulti'], /There is no file or folder faulti\. Did you mean "faulty"\?/],
    [['no/*'], /Nothing matches the pattern "no\/\*"\./],
    [['--config', 'nowhere.yaml'], /The settings file nowhere\.yaml cannot be used: there is no such file\./],
    [['clean', ''], /^error: A path is empty; is a variable not set\?\n$/],
    [['explain', 'everything'], /There is no rule "everything"\. `migrate-lint rules` lists them\./],
    [['explain', 'job-forze'], /There is no rule "job-forze"\. Did you mean "job-force"\?/],
    [['build'], /missing required argument 'dir'/],
    [['build', 'nowhere'], /There is no folder nowhere\./],
    [['build', 'clean', '--load-restrictor', 'non'], /Did you mean "none"\?/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await workspace.runHere(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('settings are shown with the line', async () => {
    workspace.write({ 'bad.yaml': 'rules:\n  job-forze: off\nfailon: never\n' });
    expect(await runHere('clean', '--config', 'bad.yaml')).toEqual({
      code: 2,
      out: '',
      err: `error: There is no rule "job-forze". Did you mean "job-force"?
 --> bad.yaml:2:3
  |
2 |   job-forze: off
  |   ^^^^^^^^^

error: There is no setting "failon". Did you mean "failOn"?
 --> bad.yaml:3:1
  |
3 | failon: never
  | ^^^^^^
`,
    });
    expect((await runHere('clean', '--no-config')).code).toBe(0);
  });
});

describe('build', () => {
  test('prints what kustomize prints', () => {
    expect(run('build', 'clean')).toEqual({
      code: 0,
      out: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: settings\n',
      err: '',
    });
  });

  test('prints nothing but the reason where kustomize refuses', async () => {
    const { code, out, err } = await runHere('build', 'broken');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: .*\n --> broken\/kustomization\.yaml:2:5\n/);
  });

  test('prints where values come from', async () => {
    workspace.write({ 'overlay/kustomization.yaml': 'namePrefix: dev-\nresources: [../clean]\n' });
    const { out } = await runHere('build', 'overlay', '--origins');
    expect(out).toContain('ConfigMap/dev-settings\n');
    expect(out).toContain('  data.a: b  clean/settings.yaml:6:6\n');
    expect(out).toContain(
      '  metadata.name: dev-settings  clean/settings.yaml:4:9 > name prefix overlay/kustomization.yaml:1:13\n',
    );
  });
});

describe('help', () => {
  test('is printed', async () => {
    expect(run('--help')).toMatchObject({ code: 0, err: '' });
    expect((await runHere('--help')).out).toContain('Exit codes: 0 clean');
    expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await runHere('-h')).toEqual(await runHere('--help'));
    expect(await runHere('-V')).toEqual(await runHere('--version'));
  });

  test.each(['', 'build', 'merge', 'inspect', 'new', 'rules', 'explain', 'completion'])(
    'of "%s" fits into 80 columns',
    async (command) => {
      const { code, out } = await runHere(...(command === '' ? [] : [command]), '--help');
      expect(code).toBe(0);
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(out).toContain(`Usage: migrate-lint ${command}`);
    },
  );

  test.each([
    ['explane', 'Did you mean "explain"?'],
    ['lint', 'To lint, pass only the paths: migrate-lint k8s.'],
    ['fix', 'To apply fixes, run migrate-lint k8s --fix.'],
    ['help', 'Run migrate-lint --help.'],
  ])('the message says what was meant by %s', async (word, advice) => {
    const err = `error: There is no command, file or folder ${word}. ${advice}\n`;
    expect(await runHere(word, 'clean')).toEqual({ code: 2, out: '', err });
  });

  test('a file that is not there is one, where another has a similar name', async () => {
    expect((await runHere('cleen')).err).toBe('error: There is no file or folder cleen. Did you mean "clean"?\n');
  });

  // Where capitals count.
  test.skipIf(process.platform !== 'linux')('a misspelt name of a kustomization is reported', async () => {
    workspace.write({
      'slip/overlay/kustomization.yaml': 'resources: [../base, ../other]\n',
      'slip/base/Kustomization.yaml': '',
      'slip/other/notification.yaml': '',
    });
    expect((await runHere('slip/overlay')).out).toContain(
      'The folder `../base` has no kustomization file; rename its `Kustomization.yaml` to `kustomization.yaml`.',
    );
    workspace.write({ 'slip/overlay/kustomization.yaml': 'resources: [../other]\n' });
    expect((await runHere('slip/overlay')).out).toContain(
      'has no kustomization file; add a `kustomization.yaml` to it.',
    );
  });

  test.skipIf(process.platform === 'win32')('a link that leads nowhere is not offered in its own place', async () => {
    symlinkSync('nowhere', join(workspace.path, 'stale'));
    expect((await runHere('stale')).err).toBe('error: stale is a broken link, or cannot be read.\n');
  });

  test('rules are listed and explained', async () => {
    expect(run('rules').out).toMatch(/^wait-job-match +error {4}/m);
    expect((await runHere('rules', '--format', 'markdown')).out).toContain(
      '| [wait-job-match](docs/rules/wait-job-match.md) |',
    );
    const listed: unknown = JSON.parse((await runHere('rules', '--format', 'json')).out);
    expect(listed).toContainEqual(expect.objectContaining({ id: 'build-error', severity: 'error' }));
    expect(run('explain', 'wait-job-match')).toMatchObject({ code: 0 });
  });
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, [workspace.cli, 'faulty', '--format', 'json'], {
    cwd: workspace.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout.destroy();
  await new Promise((resolve) => child.on('close', resolve));
  expect(err).toBe('');
});
