import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace();
const cache = () => join(dirname(workspace.cli), 'program.cache');
let written: Buffer;

beforeEach(() => {
  written = readFileSync(cache());
});
afterEach(() => writeFileSync(cache(), written));

test('the command runs alike with a code cache, without one, and with one that V8 rejects', () => {
  const withCache = workspace.run(['rules']);
  expect(withCache.code).toBe(0);
  writeFileSync(cache(), 'no cache at all');
  expect(workspace.run(['rules'])).toEqual(withCache);
  rmSync(cache());
  expect(workspace.run(['rules'])).toEqual(withCache);
});
