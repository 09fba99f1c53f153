import { describe, expect, test } from 'vitest';
import type { RuleLevel } from '../../src/config/config.ts';
import type { Crash, LintResult } from '../../src/lint/lint-result.ts';
import { levelsOf } from '../../src/lint/preset.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { findingMaker, judgeBy, type KnownFindings } from '../../src/lint/run-rules.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { modelRoots } from '../../src/model/model-roots.ts';
import { rules } from '../../src/rules/index.ts';
import { run } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { firstOf } from '../support/first-of.ts';
import { retriedJob } from '../support/manifests.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

const job = retriedJob();
/** One rule is enough to see what becomes of findings. */
const off = Object.fromEntries(
  rules.filter(({ id }) => id !== 'job-backoff-limit').map(({ id }) => [id, 'off' as const]),
);

function system(files: Record<string, string>): FileSystem {
  return memoryFileSystem(placeFiles('/w', files));
}

function lint(
  files: Record<string, string>,
  options: LintOptions = {},
  fileSystem = system(files),
): Promise<LintResult> {
  return run(['.'], '/w', { rules: off, ...options }, fileSystem);
}

/** Findings as `path:line rule (roots)`. */
function brief({ findings }: Pick<LintResult, 'findings'>): string[] {
  return findings.map(({ at, rule, severity, roots }) => {
    const { line } = at.file.position(at.start);
    return `${at.file.path.slice(3)}:${line} ${severity} ${rule} (${roots.map((root) => root.slice(3)).join(' ')})`;
  });
}

const overlay = (prefix: string) => `resources: [../../base]\nnamePrefix: ${prefix}-\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [job.yaml]\n',
  'base/job.yaml': job,
  'overlays/production/kustomization.yaml': overlay('production'),
  'overlays/staging/kustomization.yaml': overlay('staging'),
};

describe('run', () => {
  test('a fault in a base is one finding, in all roots', async () => {
    const result = await lint(tree);
    expect(brief(result)).toEqual(['base/job.yaml:6 error job-backoff-limit (overlays/production overlays/staging)']);
    expect(result.findings[0]?.message).toContain('production-shop-migration-v1');
    expect(result).toMatchObject({
      exitCode: 1,
      roots: [{ path: '/w/overlays/production', kind: 'kustomization', state: 'built', objects: 1 }, {}],
    });
  });

  test('severities and the exit code go by the settings', async () => {
    const warning = { rules: { ...off, 'job-backoff-limit': 'warning' as const } };
    expect(await lint(tree, warning)).toMatchObject({ exitCode: 0, findings: [{ severity: 'warning' }] });
    expect(await lint(tree, { ...warning, failOn: 'warning' })).toMatchObject({ exitCode: 1 });
    expect(await lint(tree, { rules: { ...off, 'job-backoff-limit': 'off' } })).toMatchObject({
      exitCode: 0,
      findings: [],
    });
    expect(await lint({ 'a.txt': '' })).toMatchObject({ exitCode: 3, roots: [] });
  });

  test('settings for some files go over those for all', async () => {
    const levels = async (settings: string) => {
      const files = { ...tree, 'other/job.yaml': job, 'migrate-lint.yaml': settings };
      const only = { 'job-force': 'off', 'job-name-version': 'off' } as const;
      const { findings } = await lint(files, { rules: only });
      return findings
        .filter(({ rule }) => rule === 'job-backoff-limit')
        .map(({ severity, at }) => [severity, at.file.path]);
    };
    const base = '/w/base/job.yaml';
    const other = '/w/other/job.yaml';
    expect(await levels('overrides: [{paths: [base], rules: {job-backoff-limit: info}}]\n')).toEqual([
      ['info', base],
      ['error', other],
    ]);
    const last =
      '{paths: ["*/job.yaml"], rules: {job-backoff-limit: "off"}}, {paths: [base/], rules: {job-backoff-limit: warning}}';
    expect(await levels(`overrides: [${last}]\n`)).toEqual([['warning', base]]);
    const on = 'rules: {job-backoff-limit: "off"}\noverrides: [{paths: [other], rules: {job-backoff-limit: error}}]\n';
    expect(await levels(on)).toEqual([['error', other]]);
    await expect(levels('overrides: [{paths: [a], rules: {job-forze: info}}]\n')).rejects.toThrow(
      'There is no rule "job-forze". Did you mean "job-force"?',
    );
    await expect(levels('overrides: [{path: [a], rules: {}}]\n')).rejects.toThrow(
      '"overrides.0" must have the setting "paths".\nThere is no setting "overrides.0.path". Did you mean "paths"?',
    );
  });

  test('a comment in the base silences it wherever it is built', async () => {
    const silenced = job.replace(
      '  backoffLimit',
      '  # migrate-lint-disable-next-line job-backoff-limit -- it takes a lock\n  backoffLimit',
    );
    const result = await lint({ ...tree, 'base/job.yaml': silenced });
    expect(result).toMatchObject({ exitCode: 0, findings: [], suppressed: [{ reason: 'it takes a lock' }] });
    const unused = await lint({ ...tree, 'base/job.yaml': silenced.replace('backoffLimit: 3', 'backoffLimit: 0') });
    expect(brief(unused)).toEqual([
      'base/job.yaml:6 warning suppression-unused (overlays/production overlays/staging)',
    ]);
  });

  test('one broken root leaves the others', async () => {
    const result = await lint({ ...tree, 'overlays/broken/kustomization.yaml': 'resources: [nowhere.yaml]\n' });
    expect(brief(result)).toEqual([
      'base/job.yaml:6 error job-backoff-limit (overlays/production overlays/staging)',
      'overlays/broken/kustomization.yaml:1 error build-error (overlays/broken)',
    ]);
    expect(result.roots.map(({ state }) => state)).toEqual(['failed', 'built', 'built']);
  });

  test('a remote base makes the build incomplete', async () => {
    const result = await lint({ 'kustomization.yaml': 'resources:\n- https://example.com/x.yaml\n' });
    expect(brief(result)).toEqual(['kustomization.yaml:2 warning build-incomplete ()']);
    expect(result).toMatchObject({ exitCode: 0, roots: [{ state: 'incomplete' }] });
  });

  test('a fault of ours in one root leaves the others', async () => {
    const files = { ...tree, 'overlays/trap/kustomization.yaml': 'resources: [boom]\n' };
    const honest = system(files);
    const stat = (path: string) => {
      if (path.endsWith('/boom')) throw new TypeError('boom');
      return honest.stat(path);
    };
    const realPath = (path: string) => (path.endsWith('/boom') ? undefined : honest.realPath(path));
    const result = await lint(files, {}, { ...honest, stat, realPath });
    expect(result.crashes.map(({ doing }) => doing)).toEqual(['while building /w/overlays/trap']);
    expect(brief(result)).toEqual(['base/job.yaml:6 error job-backoff-limit (overlays/production overlays/staging)']);
    expect(result.exitCode).toBe(2);
  });

  test('standard input, under the name of a file too', async () => {
    const result = await run(['-'], '/w', { rules: off, stdin: { text: job } }, system({}));
    expect(result).toMatchObject({ exitCode: 1, roots: [{ path: '<stdin>', kind: 'manifests' }] });
    const named = await run(['-'], '/w', { rules: off, stdin: { text: job, path: 'a/job.yaml' } }, system({}));
    expect(brief(named)).toEqual(['a/job.yaml:6 error job-backoff-limit (a/job.yaml)']);
  });

  test('the same file in any order of paths gives the same report', async () => {
    const forwards = await run(['overlays/staging', 'overlays/production'], '/w', { rules: off }, system(tree));
    const backwards = await run(
      ['overlays/production', 'overlays/staging', 'overlays/production'],
      '/w',
      { rules: off },
      system(tree),
    );
    expect(brief(forwards)).toEqual(brief(backwards));
    expect(forwards.roots).toEqual(backwards.roots);
  });
});

describe('presets', () => {
  const strict = { id: 'a', strict: true } as const;
  const none = new Map<string, RuleLevel>();

  test('rules of the strict preset are off unless it, or the settings by name, turn them on', () => {
    expect(levelsOf([strict, { id: 'b' }], { preset: 'recommended', levels: none })).toEqual(new Map([['a', 'off']]));
    expect(levelsOf([strict], { preset: 'strict', levels: none })).toEqual(none);
    const named = new Map<string, RuleLevel>([['a', 'warning']]);
    expect(levelsOf([strict], { preset: 'recommended', levels: named })).toEqual(named);
  });
});

describe('judgeBy', () => {
  test('a rule that crashes is reported, and the others still run', () => {
    const docs = { summary: '', symptom: '', why: '', fix: '', links: [], since: '' };
    const bad: Rule = {
      id: 'bad',
      severity: 'error',
      category: 'job',
      docs,
      check() {
        throw new Error('boom');
      },
    };
    let checked = 0;
    const good: Rule = { id: 'good', severity: 'error', category: 'job', docs, check: () => void checked++ };
    const roots = ['/a', '/b'].map((path) => rootFromYaml('', path));
    const models = modelRoots(roots, { dialect: '5.8' });
    const crashes: Crash[] = [];
    models.forEach(judgeBy([bad, good], findingMaker(new Map()), crashes));
    expect(checked).toBe(2);
    expect(crashes.map(({ doing }) => doing)).toEqual(['while checking bad in /a', 'while checking bad in /b']);
  });

  test('if the time runs out between two rules, the root has no findings, now or in the next run', () => {
    const docs = { summary: '', symptom: '', why: '', fix: '', links: [], since: '' };
    const checked: string[] = [];
    const make = (id: string): Rule => ({
      id,
      severity: 'error',
      category: 'job',
      docs,
      check: ({ root }) => void checked.push(`${id} ${root.path}`),
    });
    const model = firstOf(modelRoots([rootFromYaml('', '/a')], { dialect: '5.8' }));
    const known: KnownFindings = new WeakMap();
    const judge = judgeBy([make('first'), make('second')], findingMaker(new Map()), [], undefined, known, () => {
      return checked.length > 0;
    });
    expect(judge(model)).toBeUndefined();
    expect(checked).toEqual(['first /a']);
    expect(known.has(model)).toBe(false);
  });
});

test('a migration without a name counts as a release', async () => {
  const unnamed = job.replace(/^ {2}name: (.*)$/m, '  generateName: $1-');
  expect(unnamed).not.toBe(job);
  const { roots } = await lint({ 'k8s/job.yaml': unnamed });
  expect(roots.map(({ releases }) => releases)).toEqual([1]);
});

test('a tree that is named by a link to it has the same roots, also where Flux builds them', async () => {
  const flux = (name: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ./${name}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
  const fileSystem = memoryFileSystem({
    ...placeFiles('/w/repo', { ...tree, '.git/HEAD': '', 'clusters/overlays.yaml': flux('overlays/production') }),
    '/linked': { link: '/w/repo' },
    '/w/repo/also': { link: 'overlays' },
  });
  const lintAs = async (path: string) => {
    const result = await run([path], '/w', { rules: off }, fileSystem);
    return { findings: brief(result), roots: result.roots.map((root) => root.path) };
  };
  const named = await lintAs('/w/repo');
  expect(named.roots).toEqual(['/w/repo/clusters', '/w/repo/overlays/production', '/w/repo/overlays/staging']);
  expect(await lintAs('/linked')).toEqual(named);
  expect((await lintAs('/w/repo/also')).roots).toEqual(['/w/repo/overlays/production', '/w/repo/overlays/staging']);
});
