import { findIgnoredFailures } from '../../src/shell/ignored-failures.ts';
import { readScript } from '../../src/shell/shell-script.ts';

/** The commands of a script as `[a|b]`, with a star behind those whose failure changes nothing. */
export function describeScript(script: string): string {
  const read = readScript(script);
  const { ignored } = findIgnoredFailures(read, {});
  const shown = read.steps.map(({ words }, index) => `[${words.join('|')}]${ignored.has(index) ? '*' : ''}`);
  return [...shown, ...(read.loops ? ['loops'] : [])].join(' ');
}
