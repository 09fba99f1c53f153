import { baseName } from '../commands/base-name.ts';
import { exchangeVariables } from './symbolic.ts';

/** The parts of an image reference. */
export interface ImageReference {
  /** Everything before tag and digest, with the registry. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `registry:5000/app:v1@sha256:…`; a colon before the last slash belongs to the registry's port. */
export function parseImage(image: string): ImageReference {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const digest = at < 0 ? undefined : image.slice(at + 1);
  const colon = tagColon(named);
  return {
    repository: colon < 0 ? named : named.slice(0, colon),
    tag: colon < 0 ? undefined : named.slice(colon + 1),
    digest,
  };
}

/** The last part of an image's name: `app` of `registry.example.com/shop/app:v1`. */
export function imageName(image: string): string {
  return baseName(parseImage(image).repository);
}

/** A variable such as `${A:-b}` holds colons of its own. */
function tagColon(named: string): number {
  const masked = exchangeVariables(named, (variable) => '_'.repeat(variable.length));
  const colon = masked.lastIndexOf(':');
  return colon > masked.lastIndexOf('/') ? colon : -1;
}

/**
 * Whether a part of the name stands there for somebody to write over: a word in capitals (`REGISTRY/app`,
 * `IMAGE_PLACEHOLDER`), `<name>`, or an owner such as `your-org` or `example`.
 */
export function isPlaceholderImage(image: string): boolean {
  const parts = parseImage(image).repository.split('/');
  return parts.some(
    (part, index) =>
      /^[A-Z][A-Z0-9]*([_-][A-Z0-9]+)*$/.test(part) ||
      /^[<_{].*[>_}]$/.test(part) ||
      (index < parts.length - 1 &&
        /^(your[-_].+|my[-_]?(org|company|user(name)?)|example|placeholder|change-?me)$/.test(part)),
  );
}

/** Whether an image holds tools, and neither code nor migrations of a release. */
export function isUtilityImage(repository: string): boolean {
  return /(^|\/)(busybox|alpine|debian|ubuntu|bash|curl|kubectl|postgres|mysql|mariadb)$/.test(repository);
}
