import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { git as runGit } from '../support/git.ts';
import { retriedJob } from '../support/manifests.ts';
import { createWorkspace } from '../support/workspace.ts';

const job = (name: string) => retriedJob(`${name}-migration-v1`);
/** The files with findings of one rule, by the JSON report. */
function findings(args: readonly string[], directory = '.'): string[] {
  const { out, err } = workspace.run([...args, '--format', 'json'], { directory });
  expect(err).not.toContain('error');
  const report: { findings: { rule: string; location: { path: string } }[] } = JSON.parse(out);
  return report.findings.filter(({ rule }) => rule === 'job-backoff-limit').map(({ location }) => location.path);
}

const workspace = createWorkspace({
  'one/kustomization.yaml': 'resources: [job.yaml]\n',
  'one/job.yaml': job('one'),
  'two/kustomization.yaml': 'resources: [job.yaml]\n',
  'two/job.yaml': job('two'),
});

const git = (...args: string[]) => runGit(workspace.path, args);

beforeEach(() => {
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
});

test('--changed-files takes the paths for changed files', () => {
  expect(findings(['--changed-files', 'one/job.yaml'])).toEqual(['one/job.yaml']);
  expect(findings(['--changed-files', 'one/job.yaml', 'two/kustomization.yaml'])).toEqual([
    'one/job.yaml',
    'two/job.yaml',
  ]);
  expect(workspace.run(['--changed-files', 'readme.md'])).toEqual({
    code: 0,
    out: '',
    err: 'No build root reads any of the changed files.\n',
  });
});

test('--changed and --since ask Git', () => {
  expect(findings(['--changed'])).toEqual([]);
  git('checkout', '-qb', 'work');
  workspace.write({ 'two/job.yaml': `${job('two')}# more\n` });
  expect(findings(['--changed'])).toEqual(['two/job.yaml']);
  expect(findings(['--changed', '../two'], 'one')).toEqual(['../two/job.yaml']);
  git('commit', '-qam', 'second');
  expect(findings(['--changed'])).toEqual([]);
  expect(findings(['--since', 'main'])).toEqual(['two/job.yaml']);
  workspace.write({ 'three/job.yaml': job('three') });
  expect(findings(['--changed'])).toEqual(['three/job.yaml']);
});

test('impossible requests are refused', () => {
  expect(workspace.run(['--changed', '--since', 'main'])).toMatchObject({
    code: 2,
    err: 'error: --changed and --since cannot be combined.\n',
  });
  for (const name of ['nowhere', '--output=x']) {
    const { code, err } = workspace.run([`--since=${name}`]);
    expect(code).toBe(2);
    expect(err).toBe(`error: Cannot tell what has changed since ${name}: there is no such commit, branch or tag.\n`);
  }
});

test('from a folder around, the repositories of the paths are asked', () => {
  workspace.write({
    'one/job.yaml': `${job('one')}# more\n`,
    'other/kustomization.yaml': 'resources: [job.yaml]\n',
    'other/job.yaml': job('other'),
  });
  const [own, other] = [join(workspace.path, '.git'), join(workspace.path, 'one/.git')];
  renameSync(own, other);
  runGit(join(workspace.path, 'one'), ['reset', '-q', '--hard']);
  runGit(join(workspace.path, 'one'), ['clean', '-qfd']);
  workspace.write({ 'one/one/job.yaml': `${job('one')}# more\n` });
  expect(findings(['--changed', 'one'])).toEqual(['one/one/job.yaml']);
  expect(workspace.run(['--changed', 'other'])).toEqual({
    code: 2,
    out: '',
    err: 'error: Cannot tell what has changed: other is not in a Git repository.\n',
  });
});

test('before the first commit, everything has changed', () => {
  rmSync(join(workspace.path, '.git'), { recursive: true });
  git('init', '-q');
  git('add', 'one');
  expect(findings(['--changed'])).toEqual(['one/job.yaml', 'two/job.yaml']);
});

test('a clone that lacks the commit says how to get it', () => {
  git('checkout', '-qb', 'work');
  workspace.write({ 'two/job.yaml': `${job('two')}# more\n` });
  git('commit', '-qam', 'second');
  git('clone', '-q', '--depth', '1', pathToFileURL(workspace.path).href, 'shallow');
  const since = (ref: string) => workspace.run(['two', '--since', ref], { directory: 'shallow' });
  const advice = 'This is a shallow clone: have CI fetch all commits (`fetch-depth: 0`';
  expect(since('HEAD~1').code).toBe(2);
  expect(since('HEAD~1').err).toContain(`since HEAD~1: there is no such commit, branch or tag. ${advice}`);
  git('-C', 'shallow', 'fetch', '-q', '--depth', '1', 'origin', 'main');
  expect(since('FETCH_HEAD').err).toContain(`since FETCH_HEAD: it has no commit in common with this one. ${advice}`);
  git('-C', 'shallow', 'fetch', '-q', '--unshallow');
  git('-C', 'shallow', 'fetch', '-q', 'origin', 'main');
  expect(since('FETCH_HEAD').code).toBe(1);
});

test('the settings and hooks of a repository run nothing', () => {
  const script = `#!/bin/sh\ntouch '${workspace.path}/ran'\n`;
  workspace.write({ 'program.sh': script, '.git/hooks/post-index-change': script });
  for (const path of ['program.sh', '.git/hooks/post-index-change']) chmodSync(join(workspace.path, path), 0o755);
  for (const name of [
    'core.fsmonitor',
    'diff.external',
    'diff.yaml.command',
    'diff.yaml.textconv',
    'core.sshCommand',
  ]) {
    git('config', name, join(workspace.path, 'program.sh'));
  }
  workspace.write({ '.gitattributes': '*.yaml diff=yaml\n', 'two/job.yaml': `${job('two')}# more\n` });
  const index = statSync(join(workspace.path, '.git/index')).mtimeMs;
  rmSync(join(workspace.path, 'ran'), { force: true });
  expect(findings(['--changed'])).toEqual(['two/job.yaml']);
  expect(existsSync(join(workspace.path, 'ran'))).toBe(false);
  expect(statSync(join(workspace.path, '.git/index')).mtimeMs).toBe(index);
});
