import { argvOf } from '../../objects/argv.ts';
import type { Container } from '../../objects/workload.ts';

/** Whether the shell of a container stops at the first command that fails (`sh -ec`, `set -e`). */
export function stopsOnFailure(container: Pick<Container, 'command' | 'args'>): boolean {
  return argvOf(container).some(({ value }) => /^-(?=[a-z]*e)[a-z]+$|(^|[\s;])set\s+-\w*e/.test(value));
}

/**
 * Says how to make the script stop. An `|| true` after another command is not this one's, but `&&` would pass a failure
 * on to it.
 */
export function hintToStop(script: string, command: string, isStrict: boolean): string {
  const stop = 'Put `&&` between the commands, or start the script with `set -e`';
  const lines = script
    .replace(/\\\n/g, ' ')
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '));
  const own = lines.find((line) => line.includes(command));
  // `set -e` ignores the failure of a condition, and of all but the last command before `&&`.
  if (own !== undefined && /^(el)?if\b|&& *(break|continue|exit 0)\b/.test(own))
    return 'Let the script end with `exit 1` if it fails.';
  const rest = own?.slice(own.indexOf(command) + command.length) ?? '';
  if (/^(?:\s+\d?>&\d)?\s*\|(?!\|)/.test(rest))
    return 'Start the script with `set -o pipefail`, in a shell that has it, such as bash; or remove the pipe.';
  if (!script.includes('||')) return `${stop}.`;
  if (own !== undefined && !own.includes('||')) return 'Start the script with `set -e`.';
  const after = own?.slice(own.indexOf(command)).split('||')[1]?.trim();
  // After `||` there may be `true`, or an `echo` that says that all is well.
  const fallback = after === undefined || /^true\b/.test(after) ? '`|| true`' : `\`|| ${after.split(' ')[0]} …\``;
  const isLast = own !== undefined && own === lines.at(-1) && !/[;&\n]/.test(after ?? ';');
  return isLast || isStrict ? `Remove ${fallback}.` : `${stop}; and remove ${fallback}.`;
}
