import { posix } from 'node:path';

/**
 * Inserts a folder into a file path, counting from 0. Behind the end it goes last, and a path from the root stays one:
 * there 0 is the place behind the first slash.
 */
export function insertPathPart(path: string, position: number, part: string): string {
  const parts = splitFilePath(path);
  let index = Math.min(position, parts.length);
  if (parts[0] === '' && index < parts.length) index++;
  return joinFilePath([...parts.slice(0, index), part, ...parts.slice(index)]);
}

/** The parts of a path; the first is empty where it starts at the root, and so is one between two slashes. */
function splitFilePath(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  // The first slash is no part of its own where a second, or nothing, follows.
  return path === '/' || path.startsWith('//') ? parts.slice(1) : parts;
}

/** Empty parts vanish, `.` and `..` are resolved. */
function joinFilePath([first = '', ...rest]: string[]): string {
  const parts = (first === '' ? rest : [first, ...rest]).filter((part) => part !== '');
  const joined = parts.length === 0 ? '' : posix.normalize(parts.join('/')).replace(/(.)\/$/, '$1');
  return first === '' ? `/${joined}` : joined;
}
