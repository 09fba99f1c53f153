import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { engineRules, rules } from '../../src/rules/index.ts';
import { update } from '../support/update.ts';
import { lintFolder, listFixtures, readExpected } from './fixture.ts';

const fixtures = listFixtures();

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  test.each(fixtures.filter(({ rule }) => rule === id))('$name', async (fixture) => {
    const found = await lintFolder(fixture.folder);
    if (update) writeFileSync(join(fixture.folder, 'expected.txt'), found);
    expect(found).toBe(readExpected(fixture));
    expect(rulesIn(found).includes(id)).toBe(!fixture.name.startsWith('good'));
  });

  test('has bad, good and overlay cases', () => {
    const names = fixtures.filter(({ rule }) => rule === id).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['bad', 'good', 'overlay']));
  });
});

/** The rules of the findings. */
function rulesIn(text: string): string[] {
  return text.split('\n').flatMap((line) => /^\S+ (?:error|warning|info) (\S+) /.exec(line)?.[1] ?? []);
}

describe('the list of rules', () => {
  test('is sorted, and each file exports the rule of its name', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const id of ids) expect(existsSync(join(import.meta.dirname, `../../src/rules/${id}.ts`)), id).toBe(true);
  });

  test('has a fixture folder for each rule, and none besides', () => {
    expect([...new Set(fixtures.map(({ rule }) => rule))]).toEqual(rules.map(({ id }) => id));
  });

  test.each([...rules, ...engineRules])('$id has complete docs', ({ docs }) => {
    expect(docs.summary).not.toMatch(/\.$/);
    for (const text of [docs.symptom, docs.why, docs.fix]) expect(text.length).toBeGreaterThan(10);
    expect(docs.since).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
