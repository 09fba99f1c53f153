import { posix } from 'node:path';
import { type GlobTerm, globMatcher, matchesGlob } from '../text/glob.ts';
import { UsageError } from '../usage-error.ts';

/** Limits beyond any realistic pattern: its characters, and the number of patterns that its braces expand to. */
const longest = 1000;
const mostAlternatives = 1000;

/**
 * Compiles a pattern in the settings to a test for absolute paths. `*` matches any text within a name, `**` any number of
 * folders, `?` one character, `[ab]` one of several, `{a,b}` either alternative. Because settings come with the tree, matching
 * never takes more than time proportional to the lengths of path and pattern. Throws a UsageError for an invalid pattern.
 * @param directory the folder that the pattern is relative to
 */
export function compilePathPattern(pattern: string, directory: string): (path: string) => boolean {
  if (pattern.length > longest) {
    throw new UsageError(`A pattern in the settings is longer than ${longest} characters; split it into several.`);
  }
  const group = /[@+?*!]\([^)]*\)?/.exec(pattern)?.[0];
  if (group !== undefined) {
    throw new UsageError(
      `The pattern "${pattern}" in the settings contains "${group}", which is not supported; for alternatives write "{a,b}".`,
    );
  }
  const alternatives = expandBraces(pattern).map((each) => compileSteps(posix.normalize(each)));
  return (path) => {
    const relative = posix.relative(directory, path);
    return alternatives.some((matches) => matches(path, relative));
  };
}

function compileSteps(pattern: string): (path: string, relative: string) => boolean {
  const steps = pattern.replace(/(?<!\/)\/$/, '').split('/');
  const terms = steps.map((step): GlobTerm => (step === '**' ? 'any-run' : compileName(step)));
  if (pattern.startsWith('/')) return (path) => matchesGlob(terms, path.split('/'));
  const up = countUpwards(steps);
  return (_, relative) => {
    const names = relative.split('/');
    // A pattern matches above the folder only if it starts with `..`.
    return countUpwards(names) === up && matchesGlob(terms, names);
  };
}

function compileName(step: string): GlobTerm {
  return globMatcher(step.replaceAll('[!', '[^')) ?? ((name) => name === step);
}

function countUpwards(steps: readonly string[]): number {
  const count = steps.findIndex((step) => step !== '..');
  return count < 0 ? steps.length : count;
}

/** Expands braces: `{a,b}/{1..3}` to six patterns. */
function expandBraces(pattern: string): string[] {
  let expanded = [''];
  for (let at = 0; at < pattern.length; ) {
    const group = readGroup(pattern, at);
    const [end, choices] = group ?? [at + 1, [pattern.charAt(at)]];
    expanded = expanded.flatMap((start) => choices.map((choice) => start + choice));
    refuseMany(expanded.length, pattern);
    at = end;
  }
  return expanded;
}

/** The end and the alternatives of a brace group; undefined if none starts here. */
function readGroup(pattern: string, start: number): [number, string[]] | undefined {
  if (pattern.charAt(start) !== '{') return undefined;
  const parts: string[] = [];
  let depth = 0;
  let partStart = start + 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '{') depth++;
    if (character === '}') depth--;
    if ((character === ',' && depth === 1) || depth === 0) {
      parts.push(pattern.slice(partStart, at));
      partStart = at + 1;
    }
    if (depth > 0) continue;
    const [only = ''] = parts;
    const choices = parts.length > 1 ? parts.flatMap(expandBraces) : readRange(only, pattern);
    return choices && [at + 1, choices];
  }
  return undefined;
}

/** Expands a range such as `1..3`. Undefined for anything else, which is then literal text in braces. */
function readRange(text: string, pattern: string): string[] | undefined {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const low = Math.min(Number(from), Number(to));
  const count = Math.abs(Number(from) - Number(to)) + 1;
  refuseMany(count, pattern);
  return Array.from({ length: count }, (_, i) => String(low + i));
}

function refuseMany(count: number, pattern: string): void {
  if (count <= mostAlternatives) return;
  throw new UsageError(
    `The pattern "${pattern}" in the settings expands to more than ${mostAlternatives} patterns; use fewer braces.`,
  );
}
