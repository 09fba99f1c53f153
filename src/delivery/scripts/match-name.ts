import { baseName } from '../../text/base-name.ts';
import { escapePattern } from '../../text/escape-pattern.ts';
import { type LinearPattern, linearPattern } from '../../text/linear-pattern.ts';
import { unknown } from './deploy-script.ts';

/** Matches a whole name, or any for `*`; undefined if nothing of the name is known. */
export function matchName(name: string): LinearPattern | undefined {
  if (name === '*') return /^/;
  const parts = name.split(unknown);
  return parts.every((part) => part === '') ? undefined : linearPattern(`^${parts.map(escapePattern).join('.*')}$`);
}

/** Matches the path of a file that a script names relative to an unknown folder, or any for `*`. */
export function matchPath(path: string): LinearPattern | undefined {
  if (path === '*') return /^/;
  const parts = path.replace(/^(\.\.?\/)+/, '').split(/[\0*]/);
  return parts.every((part) => part === '') ? undefined : linearPattern(`(^|/)${parts.map(escapePattern).join('.*')}$`);
}

/** Matches the last part of an image's name; everything if that is not known. */
export function matchImage(image: string): LinearPattern {
  return matchName(baseName(image.replace(/@[\s\S]*/, '')).replace(/:[\s\S]*/, '')) ?? /^/;
}

/** Matches each of these names; without those of which nothing is known. */
export function matchNames(names: readonly string[]): LinearPattern[] {
  return names.flatMap((name) => matchName(name) ?? []);
}

/** Matches each of these paths; without those of which nothing is known. */
export function matchPaths(paths: readonly string[]): LinearPattern[] {
  return paths.flatMap((path) => matchPath(path) ?? []);
}
