import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { engineRules, rules } from '../../src/rules/index.ts';
import { update } from '../support/update.ts';
import { describeDetails, readDetails, writeDetails } from './details.ts';
import { findingsOf, listFixtures, writeFindings } from './fixture.ts';

const fixtures = listFixtures();

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  const own = fixtures.filter(({ rule }) => rule === id);
  const names = own.map(({ name }) => name);
  const details = readDetails(id);

  test.each(own)('$name', async ({ name, folder }) => {
    const findings = await findingsOf(folder);
    const text = writeFindings(findings, folder);
    if (update) {
      writeFileSync(join(folder, 'expected.txt'), text);
      details.set(name, describeDetails(findings));
    }
    expect(text).toBe(readFileSync(join(folder, 'expected.txt'), 'utf8'));
    expect(describeDetails(findings)).toBe(details.get(name) ?? '');
    expect(findings.some(({ rule }) => rule === id)).toBe(!name.startsWith('good'));
  });

  if (update) {
    afterAll(() => writeDetails(id, new Map(names.map((name) => [name, details.get(name) ?? '']))));
  } else {
    test('each section of its details is of a fixture', () => {
      expect(names).toEqual(expect.arrayContaining([...details.keys()]));
    });
  }

  test('has bad, good and overlay cases', () => {
    expect(names).toEqual(expect.arrayContaining(['bad', 'good', 'overlay']));
  });
});

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
