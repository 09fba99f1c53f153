import { escapePattern } from '../../escape-pattern.ts';
import { type LinearPattern, linearPattern } from '../../linear-pattern.ts';
import { baseName } from '../../model/commands/base-name.ts';
import { unknown } from './deploy-script.ts';

/** Matches a whole name; undefined where nothing of it is known, unless a star says that all are meant. */
export function matchName(name: string): LinearPattern | undefined {
  if (name === '*') return /^/;
  const parts = name.split(unknown);
  return parts.every((part) => part === '') ? undefined : linearPattern(`^${parts.map(escapePattern).join('.*')}$`);
}

/** Matches the path of a file that a script names from wherever it runs. */
export function matchPath(path: string): LinearPattern | undefined {
  const parts = path.replace(/^(\.\.?\/)+/, '').split(/[\0*]/);
  return parts.every((part) => part === '') ? undefined : linearPattern(`(^|/)${parts.map(escapePattern).join('.*')}$`);
}

/** Matches the last part of an image's name; everything where that cannot be told. */
export function matchImage(image: string): LinearPattern {
  return matchName(baseName(image.replace(/@.*$/, '')).replace(/:.*$/, '')) ?? /^/;
}
