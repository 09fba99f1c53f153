import { posix } from 'node:path';
import { globMatcher } from '../../glob.ts';
import { isReadFailure, type SourceCache } from '../../source/source-cache.ts';
import type { IsIgnored } from '../folders/find-manifests.ts';

/** What source-controller excludes from every artifact, unless a `.sourceignore` includes it again. */
const defaultPatterns = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/** One line of an ignore file. */
interface IgnorePattern {
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

/**
 * Reads what a source excludes: source-controller's defaults, then the `.sourceignore` files of the source from its root
 * down, then `spec.ignore` of the source's object. The last pattern that matches decides.
 * @param top absolute path of the source
 */
export function readSourceIgnore(top: string, ignoreField: string | undefined, sources: SourceCache): IsIgnored {
  const defaults = defaultPatterns.map(parsePattern);
  const fromObject = (ignoreField ?? '').split('\n').flatMap(parseLine);
  const byFolder = new Map<string, readonly IgnorePattern[]>();
  const patternsOf = (folder: string): readonly IgnorePattern[] => {
    let patterns = byFolder.get(folder);
    if (patterns === undefined) {
      const file = sources.read(posix.join(folder, '.sourceignore'));
      patterns = isReadFailure(file) ? [] : file.text.split(/\r?\n/).flatMap(parseLine);
      byFolder.set(folder, patterns);
    }
    return patterns;
  };
  return (path, isDirectory) => {
    const relative = posix.relative(top, path);
    if (relative === '' || relative.startsWith('../')) return false;
    const steps = relative.split('/');
    let ignored = false;
    const apply = (patterns: readonly IgnorePattern[], below: readonly string[]) => {
      for (const pattern of patterns) if (matchesPath(pattern, below, isDirectory)) ignored = !pattern.includes;
    };
    apply(defaults, steps);
    let folder = top;
    for (const [depth, step] of steps.entries()) {
      apply(patternsOf(folder), steps.slice(depth));
      folder = posix.join(folder, step);
    }
    apply(fromObject, steps);
    return ignored;
  };
}

function parseLine(line: string): IgnorePattern[] {
  return line.startsWith('#') || line.trim() === '' ? [] : [parsePattern(line)];
}

function parsePattern(line: string): IgnorePattern {
  const includes = line.startsWith('!');
  let text = includes ? line.slice(1) : line;
  if (!text.endsWith('\\ ')) text = text.replace(/ +$/, '');
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
