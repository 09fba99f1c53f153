import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { update } from '../support/update.ts';
import { findingsOf, listFixtures } from './fixture.ts';

const folder = join(import.meta.dirname, 'details');

/**
 * What the reports for machines hold besides the text of a finding: the path of the field, and why the objects were taken
 * for what they are. Of the fixtures that the rule's file names; `UPDATE=1` puts new ones there.
 */
test.each(rules.map(({ id }) => id))('%s', async (id) => {
  const path = join(folder, `${id}.txt`);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const names = new Set(before.split('\n'));
  const fixtures = listFixtures().filter(({ rule, name }) => rule === id && (update || names.has(name)));
  const texts: string[] = [];
  for (const { name, folder } of fixtures) {
    const details = await describeDetails(folder);
    if (details !== '') texts.push(`${name}\n${details}`);
  }
  if (update) writeFileSync(path, texts.join(''));
  expect(texts.join('')).toBe(update ? readFileSync(path, 'utf8') : before);
});

async function describeDetails(folder: string): Promise<string> {
  const findings = await findingsOf(folder);
  return findings
    .map(({ rule, field, reasons }) => [`  ${rule} ${field ?? '-'}`, ...(reasons ?? []).map((each) => `    ${each}`)])
    .flatMap((lines) => lines.map((line) => `${line}\n`))
    .join('');
}
