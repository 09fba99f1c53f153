import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { platformPaths } from '../../src/source/files/platform-paths.ts';

/** A path of the machine's own disk in the form that the program uses inside; they differ on Windows. */
export function enter(path: string): string {
  return platformPaths.enter(path, '/');
}

/** A path of the machine's own disk as messages show it: with slashes, on Windows too. */
export function shown(path: string): string {
  return platformPaths.leave(enter(path));
}

/** The texts of all files below a folder, by their paths relative to it, with slashes. */
export function readFolder(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/** Writes files, by their paths relative to a folder, and makes the folders that they need. Scripts become executable. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (typeof content === 'string' && content.startsWith('#!')) chmodSync(path, 0o755);
  }
}

/** The environment variable with the folder that all tests of a run write to; `run-folder.ts` makes and removes it. */
export const runFolderVariable = 'MIGRATE_LINT_TEST_FOLDER';

/** Makes a folder and returns its real path. It is removed after all tests, so no test needs to remove it. */
export function temporaryFolder(): string {
  return realpathSync.native(mkdtempSync(join(process.env[runFolderVariable] ?? tmpdir(), 'folder-')));
}
