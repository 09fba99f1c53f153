import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { platformPaths } from '../src/source/platform-paths.ts';

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
