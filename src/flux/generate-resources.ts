import { posix } from 'node:path';
import { compareText } from '../compare-text.ts';
import { kustomizationNames } from '../kustomize/load/kustomization-names.ts';
import type { FileSystem } from '../source/file-system.ts';

/** Whether a source leaves out what stands at an absolute path. */
export type IsIgnored = (path: string, isDirectory: boolean) => boolean;

/**
 * The resources of the kustomization that Flux generates for a folder without one: every YAML file below it, in the
 * order of a walk by names, and each folder with a kustomization of its own in place of what is in it. Paths are relative
 * to the folder. What the source leaves out is not there.
 */
export function findManifests(directory: string, isIgnored: IsIgnored, fileSystem: FileSystem): string[] {
  const found: string[] = [];
  const walk = (folder: string, relative: string): void => {
    for (const name of [...fileSystem.listDirectory(folder)].sort(compareText)) {
      const path = posix.join(folder, name);
      const relativePath = `${relative}/${name}`;
      const isDirectory = fileSystem.stat(path)?.kind === 'directory';
      if (isIgnored(path, isDirectory)) continue;
      if (isDirectory) {
        // A walk does not follow links to folders.
        if (fileSystem.realPath(path) !== posix.join(fileSystem.realPath(folder) ?? folder, name)) continue;
        if (hasKustomization(path, isIgnored, fileSystem)) found.push(relativePath);
        else walk(path, relativePath);
      } else if (/\.ya?ml$/.test(name)) {
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
