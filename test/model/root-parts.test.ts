import { expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** A workload with the part of a container that a patch has, or all of it. */
function workload(kind: string, name: string, container: string): string {
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers: [{name: web${container}}]\n`;
}

async function rulesFor(...parts: readonly string[]): Promise<string[]> {
  const files = memoryFileSystem({ '/repo/options/pull-always.yaml': parts.join('') });
  const { findings } = await run(['/repo'], '/repo', { config: false }, files);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

test('a folder of patches is no tree: of several workloads none has an image', async () => {
  const always = ', imagePullPolicy: Always';
  expect(await rulesFor(workload('Job', 'migrate', always), workload('Deployment', 'web', always))).toEqual([]);
});

test('one workload without an image may lack it by mistake', async () => {
  expect(await rulesFor(workload('Job', 'migrate', ''))).toContain('field-refused');
  expect(await rulesFor(workload('Job', 'migrate', ''), workload('Deployment', 'web', ', image: web'))).toContain(
    'field-refused',
  );
});
