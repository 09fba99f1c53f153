import { posix } from 'node:path';
import { pushAll } from '../collections/push-all.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { platformPaths } from '../source/files/platform-paths.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import { globFileSystem, offDrive, onDrive } from './glob-file-system.ts';
import { compilePathPattern } from './path-pattern.ts';

const patternCharacters = /[*?[\]{}!()]/;
const { leave } = platformPaths;
const neverMatched = ['**/.git', '**/.git/**', '**/node_modules', '**/node_modules/**'];

/** Whether a path is a glob. A path that exists literally is not. */
export function isPattern(path: string, fileSystem: FileSystem, directory: string): boolean {
  return patternCharacters.test(path) && fileSystem.stat(posix.resolve(directory, path)) === undefined;
}

/** The deepest folder of a glob before its first pattern. */
export function globFolder(pattern: string): string {
  const steps = pattern.split('/');
  const fixed = steps.slice(
    0,
    steps.findIndex((step) => patternCharacters.test(step)),
  );
  return fixed.join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/**
 * The absolute paths of files and folders that globs match below a folder, sorted. fast-glob is loaded only here, because most
 * runs have no globs.
 */
async function expandPatterns(
  patterns: readonly string[],
  directory: string,
  fileSystem: FileSystem,
): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const found = glob.sync(patterns.map(onDrive), {
    cwd: onDrive(directory),
    absolute: true,
    onlyFiles: false,
    dot: true,
    ignore: neverMatched,
    suppressErrors: true,
    fs: globFileSystem(fileSystem, directory),
  });
  return found.map((path) => posix.normalize(offDrive(path))).sort();
}

/**
 * Resolves the paths of the command line: globs to their matches, `-` to the path of standard input, and links to folders, as
 * kustomize does with the folder that it builds. A file that is a link keeps its name. Throws a UsageError for a path that does
 * not exist or is outside the repository, and for a glob without matches.
 */
export async function expandPaths(
  paths: readonly string[],
  directory: string,
  stdin: string,
  fileSystem: FileSystem,
): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    if (path === '') throw new UsageError('A path is empty; is a variable not set?');
    if (path === '-') expanded.push(stdin);
    else if (isPattern(path, fileSystem, directory)) {
      const matches = await expandPatterns([path], directory, fileSystem);
      if (matches.length === 0) throw new UsageError(`Nothing matches the pattern "${leave(path)}".`);
      pushAll(
        expanded,
        matches.map((match) => followFolders(match, fileSystem)),
      );
    } else {
      const absolute = posix.resolve(directory, path);
      if (fileSystem.isOutside?.(absolute)) throw new UsageError(describeOutside(path));
      if (fileSystem.stat(absolute) === undefined) throw new UsageError(describeAbsent(path, absolute, fileSystem));
      expanded.push(followFolders(absolute, fileSystem));
    }
  }
  return expanded;
}

/** A path with the links in it resolved, but not the last step if that is a file. */
function followFolders(path: string, fileSystem: FileSystem): string {
  if (fileSystem.stat(path)?.kind === 'directory') return fileSystem.realPath(path) ?? path;
  const folder = posix.dirname(path);
  return posix.join(fileSystem.realPath(folder) ?? folder, posix.basename(path));
}

function describeOutside(path: string): string {
  return `${leave(path)} is outside the repository, and migrate-lint reads nothing there; --repository DIR names a wider folder.`;
}

function describeAbsent(path: string, absolute: string, fileSystem: FileSystem): string {
  const siblings = fileSystem.listDirectory(posix.dirname(absolute));
  if (siblings.includes(posix.basename(absolute))) {
    return `${leave(path)} is a broken link, or cannot be read.`;
  }
  return `There is no file or folder ${leave(path)}.${didYouMean(posix.basename(absolute), siblings)}`;
}

/**
 * Compiles `ignore` patterns: a path is ignored if one matches, unless one that starts with `!` matches too. Names are compared
 * with case, on Windows too, so that the settings have the same effect in CI on Linux.
 */
export function compileIgnore(patterns: readonly string[], directory: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const compile = (pattern: string) =>
    patternCharacters.test(pattern)
      ? compilePathPattern(pattern, directory)
      : isPath(posix.resolve(directory, pattern));
  const isException = (pattern: string) => /^!(?!\()/.test(pattern);
  const matches = patterns.filter((pattern) => !isException(pattern)).map(compile);
  const exceptions = patterns.filter(isException).map((pattern) => compile(pattern.slice(1)));
  return (path) => matches.some((test) => test(path)) && !exceptions.some((test) => test(path));
}

function isPath(named: string): (path: string) => boolean {
  return (path) => path === named;
}
