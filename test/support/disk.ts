import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { platformPaths } from '../../src/source/files/platform-paths.ts';

/** A path of the disk as the program has it inside, which on Windows is another one. */
export function enter(path: string): string {
  return platformPaths.enter(path, '/');
}

/** A path of the disk as messages show it, which on Windows has slashes. */
export function shown(path: string): string {
  return platformPaths.leave(enter(path));
}

/** The texts of the files below a folder, by their paths from there, with slashes. */
export function readFolder(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/** Writes files by their paths from a folder, and the folders that they need. A script can be run afterwards. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (typeof content === 'string' && content.startsWith('#!')) chmodSync(path, 0o755);
  }
}

/** The variable with the folder for all that the tests of a run write; `run-folder.ts` makes and removes it. */
export const runFolderVariable = 'MIGRATE_LINT_TEST_FOLDER';

/** A new folder, by its real path. It goes when the tests have run, so that no test needs to remove it. */
export function temporaryFolder(): string {
  return realpathSync.native(mkdtempSync(join(process.env[runFolderVariable] ?? tmpdir(), 'folder-')));
}
