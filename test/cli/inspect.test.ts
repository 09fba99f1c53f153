import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkspace, type Workspace } from './support.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  cpSync(join(import.meta.dirname, '../../examples/correct'), join(workspace.path, 'correct'), { recursive: true });
});

afterAll(() => workspace.remove());

test('draws as the flags say', () => {
  const { code, out } = workspace.run([
    'inspect',
    'correct/overlays/staging',
    '--applier',
    'kubectl',
    '--kustomize',
    '5.7',
  ]);
  expect(code).toBe(0);
  expect(out).toMatch(/^correct\/overlays\/staging \(applied by kubectl: the settings say so\)\n/);
  expect(out).toContain('└─ wait-for-migration (k8s-wait-for job-wr) ─▶ Deployment myapp-staging/staging-myapp');
});

test('a tree without a migration, and one that cannot be built', () => {
  workspace.write({ 'empty/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' });
  expect(workspace.run(['inspect', 'empty'])).toEqual({
    code: 3,
    out: '',
    err: 'No migration Job was recognised in empty.\n',
  });
  workspace.write({ 'broken/kustomization.yaml': 'resources: [absent.yaml]\n' });
  expect(workspace.run(['inspect', 'broken'])).toEqual({
    code: 3,
    out: '',
    err: 'No migration Job was recognised in broken. A root of it cannot be built; linting it says why.\n',
  });
});

test('a slip in a flag', () => {
  const { code, err } = workspace.run(['inspect', '--applier', 'kubctl', 'correct']);
  expect(code).toBe(2);
  expect(err).toContain('Did you mean "kubectl"?');
});
