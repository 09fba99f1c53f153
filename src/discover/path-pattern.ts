import { posix } from 'node:path';
import { UsageError } from '../config/usage-error.ts';
import { compileGlob, type GlobTerm, matchesGlob } from '../flux/substitution/glob.ts';

/** More than any pattern that people have written, in characters and in what its braces stand for. */
const longest = 1000;
const mostAlternatives = 1000;

/**
 * The test for absolute paths that a pattern of the settings makes. A `*` stands for any text within a name, `**` for any
 * folders, `?` for a character, `[ab]` for one of some, `{a,b}` for either. Settings come with the tree: it takes time by the
 * length of path and pattern, whatever that is. Throws a UsageError for a pattern that is not understood.
 * @param directory what the pattern is relative to
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
    // A folder above is meant only where the pattern says `..`.
    return countUpwards(names) === up && matchesGlob(terms, names);
  };
}

function compileName(step: string): GlobTerm {
  const terms = compileGlob(step.replaceAll('[!', '[^'));
  return terms === undefined ? (name) => name === step : (name) => matchesGlob(terms, [...name]);
}

function countUpwards(steps: readonly string[]): number {
  const count = steps.findIndex((step) => step !== '..');
  return count < 0 ? steps.length : count;
}

/** The patterns without braces that one with braces stands for: `{a,b}/{1..3}` for six. */
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

/** Where a group in braces ends, and what it stands for; undefined where none starts. */
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

/** `1..3`; with fewer than two parts anything else in braces is text. */
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
