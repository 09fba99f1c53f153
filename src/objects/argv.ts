import type { Present } from './view.ts';
import type { Container } from './workload.ts';

/** The command and the arguments of a container, as one list of words. */
export function argvOf({ command, args }: Pick<Container, 'command' | 'args'>): Present<string>[] {
  return [...command, ...args];
}

/** The words of a container's command and arguments as written, in one text. */
export function argvText(container: Pick<Container, 'command' | 'args'>): string {
  return argvOf(container)
    .map(({ value }) => value)
    .join(' ');
}
