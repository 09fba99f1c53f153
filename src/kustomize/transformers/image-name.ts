import type { Span } from '../../source/span.ts';
import { type GoRegexp, matchAnywhere } from '../go-regexp.ts';
import { BuildError } from '../problem.ts';

/** An image reference in its parts; what it does not have is empty. */
export interface ImageName {
  readonly name: string;
  readonly tag: string;
  /** Without the `@` before it. */
  readonly digest: string;
}

/**
 * Takes an image reference apart as kustomize does: the first `:` and `@` behind the first slash count, so a registry's
 * port belongs to the name as long as a path follows it.
 */
export function splitImage(reference: string): ImageName {
  const slash = reference.indexOf('/');
  const searchFrom = Math.max(slash, 0);
  const at = reference.indexOf('@', searchFrom);
  const colon = reference.indexOf(':', searchFrom);
  if (at < 0 && colon < 0) return { name: reference, tag: '', digest: '' };
  if (at >= 0 && (colon < 0 || at < colon)) {
    return { name: reference.slice(0, at), tag: '', digest: reference.slice(at + 1) };
  }
  const name = reference.slice(0, colon);
  if (at < 0) return { name, tag: reference.slice(colon + 1), digest: '' };
  return { name, tag: reference.slice(colon + 1, at), digest: reference.slice(at + 1) };
}

/** Puts the parts together again. */
export function joinImage({ name, tag, digest }: ImageName): string {
  return name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

const tagAndDigest = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$';

/**
 * Tells which images an entry's `name` is for: the name with any tag and sha256 digest. kustomize puts the name into a
 * regular expression as it stands, so that a `.` in it stands for any character. A name that is no valid expression is
 * a BuildError at `at` as soon as it is compared with an image; kustomize crashes there.
 */
export function matchImage(name: string, at: Span): GoRegexp {
  // Where only the dot is special, JavaScript reads the expression as Go does.
  if (/^[\w\-./:@]*$/.test(name)) {
    const pattern = new RegExp(`^${name.replaceAll('.', '[^\\n]')}${tagAndDigest}`, 'u');
    return (reference) => pattern.test(reference);
  }
  let matches: GoRegexp | undefined;
  return (reference) => {
    matches ??= compileName(name, at);
    return matches(reference);
  };
}

function compileName(name: string, at: Span): GoRegexp {
  try {
    return matchAnywhere(`^${name}${tagAndDigest}`, at);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError(
      `kustomize reads the image name \`${name}\` as a regular expression, and it is none; put a backslash before each character that is special there`,
      at,
    );
  }
}
