import { posix } from 'node:path';

/** Whether an absolute path is a folder or below it. The caller resolves symbolic links and `..`. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** A path and the folders above it, up to `/`, or `.` for a relative path. */
export function* foldersUpwards(path: string): Generator<string> {
  for (let folder = path; ; folder = posix.dirname(folder)) {
    yield folder;
    if (posix.dirname(folder) === folder) return;
  }
}

/** Whether a path is one of the folders or below one. */
export function isWithinAny(path: string, folders: { has(folder: string): boolean }): boolean {
  for (const folder of foldersUpwards(path)) if (folders.has(folder)) return true;
  return false;
}

/** The deepest folder that contains all of the folders. */
export function commonFolder(folders: readonly string[]): string | undefined {
  const [first, ...others] = folders.map((folder) => folder.split('/'));
  if (first === undefined) return undefined;
  let shared = first.length;
  for (const parts of others) {
    let same = 0;
    while (same < shared && parts[same] === first[same]) same++;
    shared = same;
  }
  return first.slice(0, shared).join('/') || '/';
}
