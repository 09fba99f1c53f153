import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, lint, ruleDescriptions, toJsonReport, toPlatformPath, UsageError, version } from '../../src/index.ts';
import { temporaryFolder, writeFiles } from '../support/disk.ts';

const directory = temporaryFolder();
writeFiles(directory, { 'k8s/kustomization.yaml': 'resources: [nowhere.yaml]\n' });

test('lint gives findings with spans, and a report of them as JSON', async () => {
  const result = await lint('k8s', { directory });
  expect(result).toMatchObject({ exitCode: 1, findings: [{ rule: 'build-error', severity: 'error' }] });
  const report = toJsonReport(result, { base: directory, version });
  expect(report.findings[0]?.location).toMatchObject({
    path: 'k8s/kustomization.yaml',
    line: 1,
    column: 13,
    endColumn: 25,
  });
});

test('paths are those of the platform, and paths of findings can be converted to them', async () => {
  const config = join(directory, 'settings.yaml');
  writeFiles(directory, { 'settings.yaml': 'rules: {build-error: warning}\n' });
  const seen: string[] = [];
  const onProgress = (_done: number, _all: number, path: string) => seen.push(path);
  const { findings } = await lint(join(directory, 'k8s'), { config, repository: directory, onProgress });
  expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
  const files = findings.map(({ at }) => readFileSync(toPlatformPath(at.file.path), 'utf8'));
  expect(files).toEqual(['resources: [nowhere.yaml]\n']);
  expect(seen.map((path) => readFileSync(`${path}/kustomization.yaml`, 'utf8'))).toEqual(files);
});

test('lint takes settings, and refuses wrong ones', async () => {
  expect(await lint(['k8s'], { directory, rules: { 'build-error': 'info' } })).toMatchObject({ exitCode: 0 });
  await expect(lint('nowhere', { directory })).rejects.toThrow(UsageError);
  await expect(lint('k8s', { directory, config: 'nowhere.yaml' })).rejects.toThrow(UsageError);
  await expect(lint('k8s', { directory, rules: { 'build-eror': 'off' } })).rejects.toThrow(
    new UsageError('There is no rule "build-eror". Did you mean "build-error"?'),
  );
  await expect(lint('k8s', { directory, rules: { 'build-error': 'warn' as 'warning' } })).rejects.toThrow(
    new UsageError(
      'The severity of rule "build-error" must be one of error, warning, info, off. Did you mean "warning"?',
    ),
  );
});

test('the rules are described', () => {
  expect(ruleDescriptions.map(({ id }) => id)).toContain('wait-job-match');
  expect(ruleDescriptions.map(({ id }) => id)).toEqual(ruleDescriptions.map(({ id }) => id).sort());
});

test('build prints what kustomize would, or says why not', () => {
  writeFiles(directory, {
    'sound/kustomization.yaml': 'namePrefix: a-\nresources: [settings.yaml]\n',
    'sound/settings.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: settings}\n',
  });
  expect(build('sound', { directory })).toEqual({
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-settings\n',
    problems: [],
  });
  expect(build('k8s', { directory, kustomize: '5.7' })).toMatchObject({ text: '', problems: [{ kind: 'error' }] });
  expect(build('nowhere', { directory }).problems).toHaveLength(1);
});
