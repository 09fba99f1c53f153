import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as anywhere, beforeEach, expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createWorkspace } from '../support/workspace.ts';

/** A shell script takes the place of npx here. */
const test = anywhere.skipIf(process.platform === 'win32');

interface Header {
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly default: string }>> };
}

interface Job {
  readonly variables: Readonly<Record<string, { readonly value: string; readonly expand: boolean }>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: Readonly<Record<string, string>>; readonly paths: readonly string[] };
}

const text = readFileSync(new URL('../../templates/migrate-lint.yml', import.meta.url), 'utf8');
const [header, jobs] = parseAllDocuments(text).map((document) => document.toJS()) as [Header, Record<string, Job>];
const job = jobs['migrate-lint'] as Job;
const workspace = createWorkspace({
  'k8s/one/kustomization.yaml': 'resources: [nowhere.yaml]\n',
  'k8s/two/kustomization.yaml': 'resources: [settings.yaml]\n',
  'k8s/two/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
});
beforeEach(() =>
  workspace.write({ 'bin/npx': `#!/bin/sh\nshift 2; exec '${process.execPath}' '${workspace.cli}' "$@"\n` }),
);

/** Runs the script as a runner does: its lines in one shell that stops at the first failure. */
function runJob(inputs: Readonly<Record<string, string>>) {
  const variables = Object.entries(job.variables).map(([name, { value }]) => {
    const input = /^\$\[\[ inputs\.([\w-]+) \]\]$/.exec(value)?.[1] ?? '';
    return [name, inputs[input] ?? header.spec.inputs[input]?.default ?? ''];
  });
  return spawnSync('sh', ['-ec', job.script.join('\n')], {
    cwd: workspace.path,
    encoding: 'utf8',
    env: {
      PATH: `${join(workspace.path, 'bin')}:${process.env['PATH']}`,
      GITLAB_CI: 'true',
      CI_PROJECT_DIR: workspace.path,
      ...Object.fromEntries(variables),
    },
  });
}

test('the job writes every report that it names, and fails as the command does', () => {
  expect(runJob({ paths: 'k8s/*' }).status).toBe(1);
  const { reports, paths } = job.artifacts;
  for (const name of [...Object.values(reports), ...paths]) expect(existsSync(join(workspace.path, name))).toBe(true);
  const [first] = JSON.parse(readFileSync(join(workspace.path, reports['codequality'] ?? ''), 'utf8'));
  expect(first).toMatchObject({ check_name: 'build-error', location: { path: 'k8s/one/kustomization.yaml' } });
  expect(runJob({ paths: 'k8s/two' }).status).toBe(0);
  expect(runJob({ paths: 'k8s/one', 'fail-on': 'never' }).status).toBe(0);
});

test('inputs are data, whatever they hold', () => {
  const hostile = '$(touch pwned) `touch pwned` "; touch pwned; #';
  for (const name of ['paths', 'config', 'fail-on', 'version']) runJob({ [name]: hostile });
  expect(existsSync(join(workspace.path, 'pwned'))).toBe(false);
  expect(job.script.join('\n')).not.toContain('$[[');
  for (const { expand } of Object.values(job.variables)) expect(expand).toBe(false);
});
