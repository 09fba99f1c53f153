import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedFileSystem } from '../../src/fix/changed-file-system.ts';
import { rules } from '../../src/rules/index.ts';
import { asRepository, type Fixture, listFixtures, readFixed } from '../rules/fixture.ts';
import { enter } from '../support/disk.ts';
import { update } from '../support/update.ts';
import { fixFolder } from './fix-tree.ts';

const fixable = rules.filter(({ docs }) => docs.fixing !== undefined).map(({ id }) => id);
const fixtures = listFixtures();

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  test.each(fixtures.filter(({ rule, name }) => rule === id && !name.startsWith('good')))('$name', async (fixture) => {
    const { files, gone, safe } = await fixCase(fixture);
    if (update) writeFixed(fixture, files);
    expect(files).toEqual(readFixed(fixture));
    expect(gone).toBe(files.size > 0);
    if (files.size === 0) return;
    // What was fixed is no longer found, and there is nothing left to fix.
    expect((await fixCase(fixture, files)).files.size).toBe(0);
    expect(fixable).toContain(id);
    const { safe: documented } = rules.find((rule) => rule.id === id)?.docs.fixing ?? { safe: undefined };
    if (documented !== 'depends') expect(safe).toEqual(safe.map(() => documented === 'yes'));
  });
});

test('every rule that documents fixes has a fixture that shows one', () => {
  const shown = fixtures.filter((fixture) => readFixed(fixture).size > 0).map(({ rule }) => rule);
  expect([...new Set(shown)]).toEqual(fixable);
});

/** Fixes what the fixture's rule finds; `before` are files that were already changed. */
async function fixCase(fixture: Fixture, before: ReadonlyMap<string, string> = new Map()) {
  const folder = enter(fixture.folder);
  const changes = new Map(
    [...before].map(([path, text]) => [`${folder}/${path}`, { after: new TextEncoder().encode(text) }]),
  );
  const { changed, linted, fixed } = await fixFolder(changedFileSystem(asRepository(folder), changes), folder, {
    rule: fixture.rule,
  });
  expect(linted.result.crashes).toEqual([]);
  const files = [...changed].map(
    ([path, { after }]) => [path.slice(folder.length + 1), Buffer.from(after).toString()] as const,
  );
  return {
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
    gone: fixed.length > 0 && !linted.result.findings.some(({ rule }) => rule === fixture.rule),
    safe: fixed.map(({ fix }) => fix?.safe === true),
  };
}

function writeFixed({ folder }: Fixture, files: ReadonlyMap<string, string>): void {
  rmSync(join(folder, 'fixed'), { recursive: true, force: true });
  for (const [path, text] of files) {
    const full = join(folder, 'fixed', path);
    // A change without effect would be an empty diff in the fixture.
    expect(text).not.toBe(readIfThere(join(folder, path)));
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
