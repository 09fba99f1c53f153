import { posix } from 'node:path';
import type { Repository } from '../repository.ts';
import type { CopiedFolder, Recipe } from './dockerfile.ts';
import { readCopy } from './instructions.ts';
import { builtInstructions } from './stages.ts';

/** How many folders of one Dockerfile are read. */
const mostFolders = 50;

/** Where migrations are, in a project that is copied as a whole. */
const usualFolders: readonly string[] = ['migrations', 'db/migrations', 'db/migration', 'alembic', 'sql'];

/**
 * The folders that a Dockerfile copies from its build context, and those directly below them. Of the whole context only
 * the usual folders for migrations are looked at; patterns and variables are not followed.
 */
export function findCopiedFolders(dockerfile: Recipe, context: string, repository: Repository): CopiedFolder[] {
  const copies = builtInstructions(dockerfile).flatMap((instruction) => readCopy(instruction) ?? []);
  const sources = copies.flatMap((copy) => (copy.from === undefined ? copy.sources : []));
  const known = sources.filter((source) => !/[*?$]/.test(source));
  const wanted = known.flatMap((source) => (isWhole(source) ? usualFolders : [source]));
  const tops = [...new Set(wanted.map((source) => posix.join(context, source)))].filter(isFolder);
  const below = tops.flatMap((top) =>
    repository
      .list(top)
      .map((name) => posix.join(top, name))
      .filter(isFolder),
  );
  return [...new Set([...tops, ...below])].slice(0, mostFolders).map((path) => ({
    name: repository.name(path),
    files: repository.list(path),
    read: (file) => repository.read(posix.join(path, file)),
  }));

  function isFolder(path: string): boolean {
    return repository.kindOf(path) === 'directory';
  }
}

function isWhole(source: string): boolean {
  return /^\.?\/?$/.test(source);
}
