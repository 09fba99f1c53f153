import { argvOf } from '../../objects/argv.ts';
import type { Container } from '../../objects/workload.ts';

/** Commands that may bring a program along, or stand for it. */
const bringing = /\b(?:apk|apt|apt-get|curl|wget|PATH|alias)\b/;

/**
 * Whether a container may have a program that its image lacks: its script installs the program, runs it by a path, or
 * defines it itself; or it is in a volume, at a folder where programs are looked for.
 */
export function mayBringProgram(container: Container, program: string): boolean {
  const { env, mountPaths } = container;
  const isOnPath = mountPaths.some(({ value }) => /\/s?bin(\/|$)/.test(value));
  if (isOnPath || env.some(({ name }) => name === 'PATH')) return true;
  return argvOf(container).some(
    ({ value }) => bringing.test(value) || value.includes(`/${program}`) || value.includes(`${program}()`),
  );
}
