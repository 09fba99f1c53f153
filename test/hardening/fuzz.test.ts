import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPaint } from '../../src/report/paint.ts';
import { writeText } from '../../src/report/text.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../../src/source/memory-file-system.ts';
import { mutatedTree, readTree } from './mutated-tree.ts';

/** `npm run fuzz` asks for many more. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 150);
/** No tree of this size may take longer, in milliseconds. */
const longest = 2000;

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

test.each(['correct', 'faulty', 'published'])(
  'no change to %s stops the linter',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(mutatedTree(readTree(`${examples}/${name}`)), async (tree) => {
        const started = process.cpuUsage();
        const result = await run(['/'], '/', {}, memoryFileSystem(tree));
        const { secrets } = result;
        const options = { base: '/', paint: plainPaint, secrets, width: 100, verbose: true, summary: true };
        const report = writeText(result, options);
        expect(result.crashes).toEqual([]);
        expect(process.cpuUsage(started).user / 1000).toBeLessThan(longest);
        // Nothing of a tree may steer the terminal.
        expect(report).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
      { numRuns },
    );
  },
  60_000 + numRuns * 100,
);
