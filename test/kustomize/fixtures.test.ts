import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { dialects } from '../../src/kustomize/dialect.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import type { BuildProblem } from '../../src/kustomize/problem.ts';
import { findSecretPlaces } from '../../src/lint/secrets/secret-places.ts';
import { displayPath } from '../../src/report/display-path.ts';
import { writeOrigins } from '../../src/report/origins.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import type { Span } from '../../src/source/span.ts';
import { enter } from '../support/disk.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/build');

/**
 * Each tree is built as the real kustomize built it when it was recorded (`npm run record`). What only this build knows,
 * the places in `origins.txt` and the problems in `problems.txt`, is rewritten by `vitest -u`.
 */
describe.each(readdirSync(fixtures).sort())('%s', (name) => {
  const folder = join(fixtures, name);
  const overlay = join(folder, 'input/overlay');
  const directory = existsSync(overlay) ? overlay : join(folder, 'input');

  test.each(dialects)('%s', async (dialect) => {
    const sources = new SourceCache();
    const root = buildRoot(enter(directory), { dialect }, sources);
    const { text, problems } = printBuild(root);
    const expected = [`expected-${dialect}.yaml`, 'expected.yaml'].map((file) => join(folder, file)).find(existsSync);
    if (expected === undefined) {
      expect(existsSync(join(folder, 'refused.txt'))).toBe(true);
      await expect(problems.map((problem) => describeProblem(problem, enter(folder))).join('')).toMatchFileSnapshot(
        join(folder, 'problems.txt'),
      );
      return;
    }
    expect(problems).toEqual([]);
    expect(text).toBe(readFileSync(expected, 'utf8'));
    if (dialect === '5.8') {
      const origins = writeOrigins(root, enter(folder), findSecretPlaces([root], sources));
      await expect(origins).toMatchFileSnapshot(join(folder, 'origins.txt'));
    }
  });
});

function describeProblem({ kind, message, at, related }: BuildProblem, base: string): string {
  const lines = [`${describeSpan(at, base)}: ${kind}: ${message}`];
  for (const each of related) lines.push(`  ${describeSpan(each.at, base)}: ${each.note}`);
  return `${lines.join('\n')}\n`;
}

function describeSpan({ file, start, end }: Span, base: string): string {
  const [from, to] = [file.position(start), file.position(end)];
  const until = from.line === to.line ? `${to.column}` : `${to.line}:${to.column}`;
  return `${displayPath(file.path, base)}:${from.line}:${from.column}-${until}`;
}
