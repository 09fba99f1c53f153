import type { Container } from '../../objects/workload.ts';

/** Commands that may bring a program along, or stand for it. */
const bringing = /\b(?:apk|apt|apt-get|curl|wget|PATH|alias)\b/;

/** Whether a script may have a program that its image lacks: it installs it, runs it by a path, or defines it itself. */
export function mayBringProgram({ command, args }: Container, program: string): boolean {
  return [...command, ...args].some(
    ({ value }) => bringing.test(value) || value.includes(`/${program}`) || value.includes(`${program}()`),
  );
}
