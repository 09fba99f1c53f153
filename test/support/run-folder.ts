import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFolderVariable } from './disk.ts';

/** Makes the folder that a run of the tests writes to, before the first of them; the function it gives removes it after the last. */
export default function makeRunFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-tests-'));
  process.env[runFolderVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
