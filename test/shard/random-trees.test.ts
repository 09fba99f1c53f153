import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { filesOf, randomTree } from './random-tree.ts';
import { compare } from './shares.ts';

test('however roots depend on each other, and whoever applies them: all shares together equal one run', async () => {
  const rules = new Set<string>();
  await fc.assert(
    fc.asyncProperty(randomTree, async (choices) => {
      const { whole } = await compare('/w', { preset: 'strict' }, memoryFileSystem(filesOf(choices)), [2, 7]);
      for (const { rule, at } of whole.findings) {
        rules.add(rule);
        // Flux may refuse what is random here, kustomize may not.
        if (rule === 'build-error') expect(at.file.path).not.toMatch(/kustomization\.yaml$/);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
  // The findings of one root depend on others.
  for (const rule of ['wait-rbac', 'wait-job-match', 'env-source-missing', 'flux-depends-on']) {
    expect([...rules]).toContain(rule);
  }
});
