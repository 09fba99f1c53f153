import { globMatcher } from '../../glob.ts';

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

function parseLine(line: string): IgnorePattern[] {
  return line.startsWith('#') || line.trim() === '' ? [] : [parsePattern(line)];
}

/** Reads one pattern. */
export function parsePattern(line: string): IgnorePattern {
  const includes = line.startsWith('!');
  let text = includes ? line.slice(1) : line;
  if (!text.endsWith('\\ ')) text = text.replace(/ +$/, '');
  const foldersOnly = text.endsWith('/');
  const steps = (foldersOnly ? text.slice(0, -1) : text).split('/');
  return { steps: steps.map((step) => ({ text: step, matches: globMatcher(step) })), includes, foldersOnly };
}

/** Whether a pattern matches a path or one of its parent folders. Paths are relative to the pattern's folder. */
export function matchesPath(pattern: IgnorePattern, path: readonly string[], isDirectory: boolean): boolean {
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
