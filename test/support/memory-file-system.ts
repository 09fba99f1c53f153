import { posix } from 'node:path';
import { oncePerText } from '../../src/collections/once.ts';
import type { FileStat, FileSystem } from '../../src/source/files/file-system.ts';

/** A file's content, or where a symbolic link points (absolute, or relative to its folder). */
export type MemoryFile = string | Uint8Array | { readonly link: string };

/** A file system in memory, which holds these files. A folder exists if there is a file in or below it. */
export function memoryFileSystem(files: Readonly<Record<string, MemoryFile>>): FileSystem {
  const contents = new Map<string, MemoryFile>(
    Object.entries(files).map(([path, file]) => [posix.resolve('/', path), file]),
  );
  const names = directoriesOf(contents.keys());
  const realPath = oncePerText((path) => resolveLinks(posix.normalize(path)));

  function resolveLinks(path: string, followed = 0): string | undefined {
    if (followed > 40) return undefined;
    let real = '/';
    for (const part of path.split('/').filter((each) => each !== '')) {
      const next = posix.join(real, part);
      const file = contents.get(next);
      if (typeof file !== 'object' || file instanceof Uint8Array) {
        real = next;
        continue;
      }
      const target = resolveLinks(posix.resolve(real, file.link), followed + 1);
      if (target === undefined) return undefined;
      real = target;
    }
    return contents.has(real) || names.has(real) ? real : undefined;
  }

  function stat(path: string): FileStat | undefined {
    const real = realPath(path);
    if (real === undefined) return undefined;
    const file = contents.get(real);
    return file === undefined ? { kind: 'directory', size: 0 } : { kind: 'file', size: bytesOf(file).length };
  }

  return {
    stat,
    realPath,
    readFile(path) {
      const file = contents.get(realPath(path) ?? path);
      if (file === undefined) throw new Error(`no such file: ${path}`);
      return bytesOf(file);
    },
    listDirectory: (path) => [...(names.get(realPath(path) ?? path) ?? [])].sort(),
  };
}

/** The same files by absolute paths, from paths relative to a folder. */
export function placeFiles<File>(
  folder: string,
  files: Readonly<Record<string, File>> | ReadonlyMap<string, File>,
): Record<string, File> {
  const entries: Iterable<[string, File]> = files instanceof Map ? files : Object.entries(files);
  return Object.fromEntries([...entries].map(([path, file]) => [posix.join(folder, path), file]));
}

function bytesOf(file: MemoryFile): Uint8Array {
  if (typeof file === 'string') return new TextEncoder().encode(file);
  return file instanceof Uint8Array ? file : new Uint8Array();
}

/** All folders that contain files, directly or not, each with the names in it. */
function directoriesOf(paths: Iterable<string>): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>([['/', new Set()]]);
  for (const path of paths) {
    for (let child = path; child !== '/'; child = posix.dirname(child)) {
      const parent = posix.dirname(child);
      const listed = names.get(parent) ?? new Set<string>();
      listed.add(posix.basename(child));
      names.set(parent, listed);
    }
  }
  return names;
}
