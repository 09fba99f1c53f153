import { posix } from 'node:path';

/**
 * Inserts a folder into a file path before the part with an index, from 0; an index beyond the end appends it. An
 * absolute path stays absolute: index 0 is after its first slash.
 */
export function insertPathPart(path: string, position: number, part: string): string {
  const parts = splitFilePath(path);
  let index = Math.min(position, parts.length);
  if (parts[0] === '' && index < parts.length) index++;
  return joinFilePath([...parts.slice(0, index), part, ...parts.slice(index)]);
}

/** The parts of a path; the first of an absolute path is empty, and so is one between two slashes. */
function splitFilePath(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  // In `/` and before a second slash, the first slash adds no empty part.
  return path === '/' || path.startsWith('//') ? parts.slice(1) : parts;
}

/** Joins parts, dropping empty ones and resolving `.` and `..`. */
function joinFilePath([first = '', ...rest]: string[]): string {
  const parts = (first === '' ? rest : [first, ...rest]).filter((part) => part !== '');
  const joined = parts.length === 0 ? '' : posix.normalize(parts.join('/')).replace(/(.)\/$/, '$1');
  return first === '' ? `/${joined}` : joined;
}
