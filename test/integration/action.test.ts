import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as anywhere, beforeEach, expect } from 'vitest';
import { parse } from 'yaml';
import { createWorkspace } from '../support/workspace.ts';

/** A shell script takes the place of npx here. */
const test = anywhere.skipIf(process.platform === 'win32');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const top = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const action: Action = parse(readFileSync(join(top, 'action.yml'), 'utf8'));
const workspace = createWorkspace({
  'k8s/one/kustomization.yaml': 'resources: [nowhere.yaml]\n',
  'k8s/two/kustomization.yaml': 'resources: [settings.yaml]\n',
  'k8s/two/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'k8s/empty/readme.txt': '',
});
// Stands for npx, which would fetch the package from the registry.
beforeEach(() =>
  workspace.write({
    'bin/npx': `#!/bin/bash\necho "$2" >&2; shift 2; exec '${process.execPath}' '${workspace.cli}' "$@"\n`,
  }),
);

/** Runs the step as GitHub does: inputs in the environment as action.yml maps them, files for outputs and summary. */
function runAction(inputs: Readonly<Record<string, string>>) {
  const [step] = action.runs.steps;
  if (step === undefined) throw new Error('action.yml has no step');
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(step.env).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
    }),
  );
  workspace.write({ output: '', summary: '' });
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: workspace.path,
    encoding: 'utf8',
    env: {
      PATH: `${join(workspace.path, 'bin')}:${process.env['PATH']}`,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: top,
      GITHUB_WORKSPACE: workspace.path,
      GITHUB_OUTPUT: join(workspace.path, 'output'),
      GITHUB_STEP_SUMMARY: join(workspace.path, 'summary'),
      ...values,
    },
  });
  const read = (name: string) => readFileSync(join(workspace.path, name), 'utf8');
  const outputs = Object.fromEntries(
    read('output')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
  return { code: status, out: stdout, err: stderr, outputs, summary: read('summary') };
}

test('a faulty tree: log, annotations, summary, SARIF and outputs', () => {
  const { code, out, err, outputs, summary } = runAction({ paths: 'k8s/one\n  k8s/two ', 'sarif-file': 'out.sarif' });
  expect(code).toBe(1);
  expect(err).toMatch(/^migrate-lint@\d+\.\d+\.\d+\n$/);
  expect(out).toMatch(/^::stop-commands::/);
  expect(out).toContain('\n::error file=k8s/one/kustomization.yaml,line=1,');
  expect(outputs).toEqual({ findings: '1', 'exit-code': '1', 'sarif-file': 'out.sarif' });
  expect(summary).toContain('Found 1 error in 1 file (2 roots).');
  expect(JSON.parse(readFileSync(join(workspace.path, 'out.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
});

test('a clean tree, nothing to lint, and wrong inputs', () => {
  expect(runAction({ paths: 'k8s/two' })).toMatchObject({
    code: 0,
    outputs: { findings: '0', 'exit-code': '0', 'sarif-file': '' },
  });
  expect(runAction({ paths: 'k8s/empty' })).toMatchObject({ code: 3, outputs: { findings: '0', 'exit-code': '3' } });
  expect(runAction({ 'fail-on': 'everything' })).toMatchObject({
    code: 2,
    outputs: { findings: '', 'exit-code': '2' },
    summary: '',
  });
  expect(runAction({ paths: 'k8s/*', 'fail-on': 'never', format: 'json' })).toMatchObject({ code: 0 });
});

test('inputs are data, whatever they hold', () => {
  const hostile = '$(touch pwned) `touch pwned` "; touch pwned; #';
  for (const name of Object.keys(action.inputs)) {
    if (name !== 'working-directory') runAction({ [name]: hostile });
  }
  expect(workspace.run(['pwned']).err).toContain('There is no file or folder pwned.');
  // The shell script contains no expressions.
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});

test('every output comes from the step', () => {
  for (const [name, { value }] of Object.entries(action.outputs))
    expect(value).toBe(`\${{ steps.lint.outputs.${name} }}`);
});
