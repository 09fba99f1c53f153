import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCodeCache } from '../../scripts/code-cache.mjs';
import { createWorkspace, type Workspace } from '../cli/support.ts';

let workspace: Workspace;
let cache: string;

beforeAll(async () => {
  workspace = await createWorkspace();
  cache = join(dirname(workspace.cli), 'program.cache');
}, 30_000);
afterAll(() => workspace.remove());

test('the command runs alike with a code cache, without one, and with one that V8 rejects', () => {
  expect(existsSync(cache)).toBe(false);
  const without = workspace.run(['rules']);
  writeCodeCache(dirname(workspace.cli));
  expect(workspace.run(['rules'])).toEqual(without);
  writeFileSync(cache, 'no cache at all');
  expect(workspace.run(['rules'])).toEqual(without);
  expect(without.code).toBe(0);
}, 30_000);
