import { posix } from 'node:path';
import { oncePerText } from '../../collections/once.ts';
import { globMatcher } from '../../text/glob.ts';
import { trimEnd } from '../../text/trim-end.ts';
import { isReadFailure, type SourceCache } from '../source-cache.ts';

/** One line of an ignore file. */
export interface IgnorePattern {
  /** The names and globs between slashes. */
  readonly steps: readonly PatternStep[];
  /** Whether it starts with `!`, and so includes what an earlier pattern excludes. */
  readonly includes: boolean;
  /** Whether it ends with a slash, and so matches only folders. */
  readonly foldersOnly: boolean;
}

/** A name or glob between slashes. `matches` is undefined if the glob is malformed; it then matches nothing. */
interface PatternStep {
  readonly text: string;
  readonly matches: ((name: string) => boolean) | undefined;
}

/** The patterns of an ignore file, such as `.gitignore`. */
export function parseIgnoreFile(text: string): IgnorePattern[] {
  return text.split(/\r?\n/).flatMap(parseLine);
}

/** Whether a path is ignored after these patterns too: the last one that matches decides. */
export function decideIgnored(
  before: boolean,
  patterns: readonly IgnorePattern[],
  path: readonly string[],
  isDirectory: boolean,
): boolean {
  const last = patterns.findLast((pattern) => matchesPath(pattern, path, isDirectory));
  return last === undefined ? before : !last.includes;
}

/** Decides by the ignore files of this name, from a folder down; those of deeper folders come later. Reads each once. */
export function ignoreFilesBelow(
  top: string,
  name: string,
  sources: SourceCache,
): (before: boolean, path: readonly string[], isDirectory: boolean) => boolean {
  const patternsOf = oncePerText((folder) => {
    const file = sources.read(posix.join(folder, name));
    return isReadFailure(file) ? [] : parseIgnoreFile(file.text);
  });
  return (before, path, isDirectory) => {
    let ignored = before;
    let folder = top;
    for (const [depth, step] of path.entries()) {
      ignored = decideIgnored(ignored, patternsOf(folder), path.slice(depth), isDirectory);
      folder = posix.join(folder, step);
    }
    return ignored;
  };
}

function parseLine(line: string): IgnorePattern[] {
  return line.startsWith('#') || line.trim() === '' ? [] : [parsePattern(line)];
}

/** Reads one pattern. */
export function parsePattern(line: string): IgnorePattern {
  const includes = line.startsWith('!');
  let text = includes ? line.slice(1) : line;
  if (!text.endsWith('\\ ')) text = trimEnd(text, ' ');
  const foldersOnly = text.endsWith('/');
  const steps = (foldersOnly ? text.slice(0, -1) : text).split('/');
  return { steps: steps.map((step) => ({ text: step, matches: globMatcher(step) })), includes, foldersOnly };
}

/** Whether a pattern matches a path or one of its parent folders. Paths are relative to the pattern's folder. */
function matchesPath(pattern: IgnorePattern, path: readonly string[], isDirectory: boolean): boolean {
  const [only, ...more] = pattern.steps;
  if (more.length > 0) return matchesFromTop(pattern, path, isDirectory);
  const at = path.findIndex((name) => only?.matches?.(name));
  return at >= 0 && (at < path.length - 1 || isDirectory || !pattern.foldersOnly);
}

/** Matches a pattern with a slash, from the pattern's folder; `**` matches any folders. */
function matchesFromTop({ steps, foldersOnly }: IgnorePattern, path: readonly string[], isDirectory: boolean): boolean {
  let rest = [...path];
  let matched = false;
  let anywhere = false;
  for (const [index, step] of steps.entries()) {
    if (step.text === '') {
      anywhere = false;
    } else if (step.text === '**') {
      if (index === steps.length - 1) break;
      anywhere = true;
    } else {
      if (step.text.includes('**') || rest.length === 0) return false;
      const candidates = anywhere ? rest : rest.slice(0, 1);
      const at = candidates.findIndex((name) => step.matches?.(name));
      if (at < 0 && !anywhere) return false;
      matched = at >= 0;
      rest = at < 0 ? [] : rest.slice(at + 1);
      anywhere = false;
    }
  }
  return matched && (rest.length > 0 || isDirectory || !foldersOnly);
}
