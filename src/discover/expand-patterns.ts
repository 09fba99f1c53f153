import { posix } from 'node:path';
import { didYouMean } from '../config/did-you-mean.ts';
import { UsageError } from '../config/usage-error.ts';
import { pushAll } from '../push-all.ts';
import type { FileSystem } from '../source/file-system.ts';
import { isWithin } from '../source/path.ts';
import { platformPaths } from '../source/platform-paths.ts';
import { compilePathPattern } from './path-pattern.ts';

const patternCharacters = /[*?[\]{}!()]/;
const { leave } = platformPaths;
const neverMatched = ['**/.git', '**/.git/**', '**/node_modules', '**/node_modules/**'];

/** Whether a path is to be read as a pattern. What exists under that very name is not. */
export function isPattern(path: string, fileSystem: FileSystem, directory: string): boolean {
  return patternCharacters.test(path) && fileSystem.stat(posix.resolve(directory, path)) === undefined;
}

/** The folder that a glob starts from. */
export function globFolder(pattern: string): string {
  const steps = pattern.split('/');
  const fixed = steps.slice(
    0,
    steps.findIndex((step) => patternCharacters.test(step)),
  );
  return fixed.join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/**
 * The absolute paths, files and folders, that globs match below a folder, sorted. fast-glob is loaded here and not
 * before, as most runs name folders.
 */
export async function expandPatterns(
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

/** fast-glob resolves paths as the platform does. To it, all of ours lie on one drive of Windows. */
function onDrive(path: string): string {
  return process.platform === 'win32' && path.startsWith('/') ? `C:${path}` : path;
}

function offDrive(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/').replace(/^C:/, '') : path;
}

/**
 * The paths of the command line as absolute ones: a pattern becomes what it matches, `-` the path of standard input.
 * Throws a UsageError for a path that is not there or not in the repository, and for a pattern that matches nothing.
 */
export async function expandPaths(
  paths: readonly string[],
  directory: string,
  stdin: string,
  fileSystem: FileSystem,
): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    if (path === '-') expanded.push(stdin);
    else if (isPattern(path, fileSystem, directory)) {
      const matches = await expandPatterns([path], directory, fileSystem);
      if (matches.length === 0) throw new UsageError(`Nothing matches the pattern "${leave(path)}".`);
      pushAll(expanded, matches);
    } else {
      const absolute = posix.resolve(directory, path);
      if (fileSystem.isOutside?.(absolute)) throw new UsageError(describeOutside(path));
      if (fileSystem.stat(absolute) === undefined) throw new UsageError(describeAbsent(path, absolute, fileSystem));
      expanded.push(absolute);
    }
  }
  return expanded;
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
 * A test for paths that the settings leave out: each match, unless a pattern that starts with `!` takes it out. Names are compared
 * as they are on the disk, on Windows too: CI reads the same settings on Linux, and should leave out the same.
 */
export function compileIgnore(patterns: readonly string[], directory: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const compile = (pattern: string) =>
    patternCharacters.test(pattern)
      ? compilePathPattern(pattern, directory)
      : isPath(posix.resolve(directory, pattern));
  const isTakenOut = (pattern: string) => /^!(?!\()/.test(pattern);
  const matches = patterns.filter((pattern) => !isTakenOut(pattern)).map(compile);
  const exceptions = patterns.filter(isTakenOut).map((pattern) => compile(pattern.slice(1)));
  return (path) => matches.some((test) => test(path)) && !exceptions.some((test) => test(path));
}

function isPath(named: string): (path: string) => boolean {
  return (path) => path === named;
}

/**
 * The synchronous calls that fast-glob makes, answered from the run's files. A link to what is searched anyway is not followed:
 * that is met by its own name, and links may lead in circles.
 */
function globFileSystem(fileSystem: FileSystem, directory: string): object {
  const top = fileSystem.realPath(directory) ?? directory;
  const leadsBack = (path: string): boolean => {
    const real = fileSystem.realPath(path);
    const parent = fileSystem.realPath(posix.dirname(path));
    return (
      real !== undefined &&
      parent !== undefined &&
      real !== posix.join(parent, posix.basename(path)) &&
      isWithin(real, top)
    );
  };
  const entry = (path: string, name: string) => {
    const kind = fileSystem.stat(path)?.kind;
    return {
      name,
      isDirectory: () => kind === 'directory' && !leadsBack(path),
      isFile: () => kind === 'file',
      isSymbolicLink: () => false,
      isBlockDevice: () => false,
      isCharacterDevice: () => false,
      isFIFO: () => false,
      isSocket: () => false,
    };
  };
  const stat = (asked: string) => {
    const path = offDrive(asked);
    if (fileSystem.stat(path) === undefined)
      throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return entry(path, posix.basename(path));
  };
  return {
    lstatSync: stat,
    statSync: stat,
    readdirSync(asked: string) {
      const path = offDrive(asked);
      return fileSystem.listDirectory(path).map((name) => entry(posix.join(path, name), name));
    },
  };
}
