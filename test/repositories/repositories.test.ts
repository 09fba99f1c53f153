import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintFolder } from '../rules/fixture.ts';
import { update } from '../support/update.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/repositories');

/**
 * Whole repositories with different tools, layouts and ways to deliver, written without looking at the rules. Each
 * `about.md` lists the mistakes in it. Some are not reported: most of these because the tree does not show them for certain.
 */
describe('a repository', () => {
  test.each(readdirSync(fixtures))('%s', async (name) => {
    const expected = join(fixtures, name, 'expected.txt');
    const found = await lintFolder(join(fixtures, name, 'tree'));
    if (update) writeFileSync(expected, found);
    expect(found).toBe(readFileSync(expected, 'utf8'));
  });
});
