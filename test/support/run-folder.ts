import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFolderVariable } from './disk.ts';

/** Makes the folder that all tests of a run write to, before the first test; returns a function that removes it after the last. */
export default function makeRunFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-tests-'));
  process.env[runFolderVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
