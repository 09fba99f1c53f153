import { baseName } from '../text/base-name.ts';
import { exchangeVariables } from './symbolic.ts';
import type { Container } from './workload.ts';

/** The parts of an image reference. */
export interface ImageReference {
  /** Everything before tag and digest, with the registry. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `registry:5000/app:v1@sha256:…`. A colon before the last slash belongs to the registry's port. */
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

/** The image of a container; all of its parts are empty or undefined if there is none. */
export function imageOf(container: Pick<Container, 'image'> | undefined): ImageReference {
  return parseImage(container?.image.value ?? '');
}

/** A repository without Docker Hub's own prefixes: `postgres` of `docker.io/library/postgres`. Others are left as they are. */
export function shortRepository(repository: string): string {
  return repository.replace(/^((index\.|registry-1\.)?docker\.io\/)?(library\/)?/, '');
}

/** The last part of an image's name: `app` of `registry.example.com/shop/app:v1`. */
export function imageName(image: string): string {
  return baseName(parseImage(image).repository);
}

/** The position of the colon before the tag. Colons in variables such as `${A:-b}` do not count. */
function tagColon(named: string): number {
  const masked = exchangeVariables(named, (variable) => '_'.repeat(variable.length));
  const colon = masked.lastIndexOf(':');
  return colon > masked.lastIndexOf('/') ? colon : -1;
}

/**
 * Whether a part of the name is a placeholder: a word in capitals (`REGISTRY/app`, `IMAGE_PLACEHOLDER`), `<name>`, or
 * an owner such as `your-org` or `example`.
 */
export function isPlaceholderImage(image: string): boolean {
  const parts = parseImage(image).repository.split('/');
  return parts.some(
    (part, index) =>
      /^[A-Z][A-Z0-9]*([_-][A-Z0-9]+)*$/.test(part) ||
      /^[_{].*[_}]$|<[^<>]+>/.test(part) ||
      (index < parts.length - 1 &&
        /^(your[-_].+|my[-_]?(org|company|user(name)?)|example|placeholder|change-?me)$/.test(part)),
  );
}

/** Whether an image is one of Docker Hub that holds a system and nothing else: no client of a database, no kubectl. */
export function isBareImage(repository: string): boolean {
  return /^(busybox|alpine|debian|ubuntu)$/.test(shortRepository(repository));
}

/** Whether an image only holds tools, not the code or migrations of a release. */
export function isUtilityImage(repository: string): boolean {
  return /(^|\/)(busybox|alpine|debian|ubuntu|bash|curl|kubectl|postgres|mysql|mariadb)$/.test(repository);
}
