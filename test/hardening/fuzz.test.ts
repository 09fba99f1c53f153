import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LintResult } from '../../src/lint/lint-result.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { run } from '../../src/run.ts';
import { UsageError, type UsageProblem } from '../../src/usage-error.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { writeEveryReport, writeTextReport } from './every-report.ts';
import { type MutatedTree, mutatedTree, readTree, type Tree } from './mutated-tree.ts';

/** `npm run fuzz` asks for 100,000. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);
/** No tree of this size may take longer, in milliseconds of CPU. */
const longest = 2000;

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const subfolders = (path: string): string[] =>
  readdirSync(folder(path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${path}/${entry.name}`] : [],
  );
const trees: readonly Tree[] = [
  ...subfolders('examples'),
  ...subfolders('fixtures/build'),
  ...subfolders('fixtures/flux'),
  ...subfolders('fixtures/rules').flatMap(subfolders),
].map((path) => readTree(folder(path)));

const options: fc.Arbitrary<LintOptions> = fc.record(
  {
    kustomize: fc.constantFrom('5.7', '5.8'),
    loadRestrictor: fc.constantFrom('root-only', 'none'),
    applier: fc.constantFrom('flux', 'kubectl', 'argocd'),
    preset: fc.constant('strict'),
    strictSubstitution: fc.boolean(),
    shard: fc.constantFrom({ index: 1, count: 2 }, { index: 2, count: 2 }),
  },
  { requiredKeys: [] },
);

test(
  'no change to a tree stops the linter, and none steers what reads its reports',
  async () => {
    expect(trees.length).toBeGreaterThan(300);
    const mutated = fc.constantFrom(...trees).chain(mutatedTree);
    let done = 0;
    await fc.assert(
      fc.asyncProperty(mutated, options, async (tree, chosen) => {
        // Writing all the reports takes longer than most trees.
        const report = done % 10 === 0 ? writeEveryReport : writeTextReport;
        // A machine may be busy for a moment: what is slow is slow again.
        const time = await lintAndReport(tree, chosen, report);
        if (time > longest) expect(await lintAndReport(tree, chosen, report)).toBeLessThan(longest);
        if (++done % 5000 === 0) process.stderr.write(`${new Date().toISOString()} ${done} trees\n`);
      }),
      { numRuns, endOnFailure: numRuns > 10_000 },
    );
  },
  60_000 + numRuns * 200,
);

function isAboutSettings({ at, message }: UsageProblem): boolean {
  return at?.file.path.includes('migrate-lint') ?? /settings file|baseline/.test(message);
}

/** Gives the milliseconds of CPU that it took. */
async function lintAndReport(
  tree: MutatedTree,
  chosen: LintOptions,
  report: (result: LintResult, base: string) => unknown,
): Promise<number> {
  const cpuTime = startCpuTime();
  const result = await run(['/'], '/', chosen, memoryFileSystem({ ...tree, '/.git/HEAD': '' })).catch((error) => {
    // Changed settings may be refused, with what is wrong in them.
    if (error instanceof UsageError && error.problems.every(isAboutSettings)) return;
    throw error;
  });
  if (result === undefined) return 0;
  for (const { doing, error } of result.crashes) throw new Error(doing, { cause: error });
  report(result, '/');
  return cpuTime();
}
