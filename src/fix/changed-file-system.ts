import { posix } from 'node:path';
import type { FileSystem } from '../source/files/file-system.ts';

/**
 * A file system in which some files are changed or added, without writing them. The map may change meanwhile.
 * @param changed by real path
 */
export function changedFileSystem(
  fileSystem: FileSystem,
  changed: ReadonlyMap<string, { readonly after: Uint8Array }>,
): FileSystem {
  const find = (path: string): Uint8Array | undefined =>
    changed.size === 0 ? undefined : changed.get(fileSystem.realPath(path) ?? path)?.after;
  return {
    ...fileSystem,
    readFile: (path) => find(path) ?? fileSystem.readFile(path),
    stat(path) {
      const bytes = find(path);
      return bytes === undefined ? fileSystem.stat(path) : { kind: 'file', size: bytes.length };
    },
    listDirectory(path) {
      if (changed.size === 0) return fileSystem.listDirectory(path);
      const real = fileSystem.realPath(path) ?? path;
      const added = [...changed.keys()]
        .filter((each) => posix.dirname(each) === real)
        .map((each) => posix.basename(each));
      const listed = fileSystem.listDirectory(path);
      return added.every((name) => listed.includes(name)) ? listed : [...new Set([...listed, ...added])].sort();
    },
    realPath: (path) => fileSystem.realPath(path) ?? (changed.has(path) ? path : undefined),
  };
}
