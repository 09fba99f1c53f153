import type { Container } from '../../objects/workload.ts';

/** Commands that may bring a program along, or stand for it. */
const bringing = /\b(?:apk|apt|apt-get|curl|wget|PATH|alias)\b/;

/**
 * Whether a container may have a program that its image lacks: its script installs the program, runs it by a path, or
 * defines it itself; or it is in a volume, at a folder where programs are looked for.
 */
export function mayBringProgram({ command, args, env, mountPaths }: Container, program: string): boolean {
  const isOnPath = mountPaths.some(({ value }) => /\/s?bin(\/|$)/.test(value));
  if (isOnPath || env.some(({ name }) => name === 'PATH')) return true;
  return [...command, ...args].some(
    ({ value }) => bringing.test(value) || value.includes(`/${program}`) || value.includes(`${program}()`),
  );
}
