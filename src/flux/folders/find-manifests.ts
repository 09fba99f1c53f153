import { posix } from 'node:path';
import { kustomizationNames } from '../../discover/kustomization-names.ts';
import type { FileSystem } from '../../source/files/file-system.ts';
import { compareText } from '../../text/compare-text.ts';

/** Whether a source excludes an absolute path. */
export type IsIgnored = (path: string, isDirectory: boolean) => boolean;

/**
 * The resources of the kustomization that Flux generates for a folder without one: every YAML file below it, in the
 * order of a walk by name, except that a folder with its own kustomization stands for its files. Paths are relative to
 * the folder. Excludes what the source excludes.
 */
export function findManifests(directory: string, isIgnored: IsIgnored, fileSystem: FileSystem): string[] {
  const found: string[] = [];
  const walk = (folder: string, relative: string): void => {
    for (const name of [...fileSystem.listDirectory(folder)].sort(compareText)) {
      const path = posix.join(folder, name);
      const relativePath = `${relative}/${name}`;
      const isDirectory = fileSystem.stat(path)?.kind === 'directory';
      if ((!isDirectory && !/\.ya?ml$/.test(name)) || isIgnored(path, isDirectory)) continue;
      if (isDirectory) {
        // Flux's walk does not follow symbolic links to folders.
        if (fileSystem.realPath(path) !== posix.join(fileSystem.realPath(folder) ?? folder, name)) continue;
        if (hasKustomization(path, isIgnored, fileSystem)) found.push(relativePath);
        else walk(path, relativePath);
      } else {
        found.push(relativePath);
      }
    }
  };
  walk(directory, '.');
  return found;
}

function hasKustomization(folder: string, isIgnored: IsIgnored, fileSystem: FileSystem): boolean {
  return kustomizationNames.some((name) => {
    const path = posix.join(folder, name);
    return fileSystem.stat(path)?.kind === 'file' && !isIgnored(path, false);
  });
}
