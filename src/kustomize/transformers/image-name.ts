import type { Span } from '../../source/span.ts';
import type { Dialect } from '../dialect.ts';
import { BuildError } from '../problem.ts';
import { type GoRegexp, matchAnywhere } from '../selectors/go-regexp.ts';

/** The parts of an image reference; absent ones are empty. */
export interface ImageName {
  readonly name: string;
  readonly tag: string;
  /** Without the `@` before it. */
  readonly digest: string;
}

/**
 * Splits an image reference as kustomize does, at the first `:` and `@` after the first slash. So a registry's port is
 * part of the name as long as a path follows it.
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

/** Formats an image reference. */
export function joinImage({ name, tag, digest }: ImageName): string {
  return name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

/** Any tag and digest. Before 5.8.2 only digests by sha256 are known. */
function tagAndDigest(dialect: Dialect): string {
  const algorithm = dialect === '5.8.2' ? '[a-zA-Z0-9]+([.+_\\-][a-zA-Z0-9]+)*' : 'sha256';
  return `(:[a-zA-Z0-9_.{}\\-]*)?(@${algorithm}:[a-zA-Z0-9_.{}\\-]*)?$`;
}

/**
 * Compiles an entry's `name` into a matcher of image references: the name with any tag and digest. kustomize inserts the
 * name into a regular expression without escaping, so a `.` matches any character. An invalid expression matches nothing
 * since 5.8.2; before that it is a BuildError at `at` on its first use, where kustomize crashes.
 */
export function matchImage(name: string, at: Span, dialect: Dialect): GoRegexp {
  // If only dots are special, JavaScript and Go agree.
  if (/^[\w\-./:@]*$/.test(name)) {
    const pattern = new RegExp(`^${name.replaceAll('.', '[^\\n]')}${tagAndDigest(dialect)}`, 'u');
    return (reference) => pattern.test(reference);
  }
  let matches: GoRegexp | undefined;
  return (reference) => {
    matches ??= compileName(name, at, dialect);
    return matches(reference);
  };
}

function compileName(name: string, at: Span, dialect: Dialect): GoRegexp {
  try {
    return matchAnywhere(`^${name}${tagAndDigest(dialect)}`, at);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    if (dialect === '5.8.2') return () => false;
    throw new BuildError(
      `kustomize reads the image name \`${name}\` as a regular expression, but it is not a valid one; put a backslash before each character that is special there`,
      at,
    );
  }
}
