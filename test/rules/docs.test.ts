import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRulePages } from '../../scripts/rule-pages.ts';
import { fixturesFolder } from './fixture.ts';

const folder = join(import.meta.dirname, '../../docs/rules');
const pages = makeRulePages(fixturesFolder);

test('there is a page for each rule, and none besides', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

test.each([...pages])('%s is what `npm run docs` writes', (name, text) => {
  expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});
