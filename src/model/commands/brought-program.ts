import type { Container } from '../../objects/workload.ts';

/** Commands that may bring a program along, or stand for it. */
const bringing = /\b(?:apk|apt|apt-get|curl|wget|PATH|alias)\b/;

/**
 * Whether a container may have a program that its image lacks: its script installs the program, runs it by a path, or
 * defines it itself; or a volume may hold it, unlike a ConfigMap or Secret.
 */
export function mayBringProgram({ command, args, mountPaths, configPaths }: Container, program: string): boolean {
  if (mountPaths.length > configPaths.length) return true;
  return [...command, ...args].some(
    ({ value }) => bringing.test(value) || value.includes(`/${program}`) || value.includes(`${program}()`),
  );
}
