import type { Words } from './words.ts';

/**
 * The commands of a shell script with its own variables filled in: `JOB=migrate-v2`, then `kubectl wait "job/$JOB"`.
 * Only variables that are set once, to one plain word, are filled. The shell would not expand them between single
 * quotes, but the words no longer show these.
 */
export function fillScriptVariables(commands: readonly Words[]): readonly Words[] {
  if (!commands.some((words) => assignmentsOf(words).length > 0)) return commands;
  const timesSet = countAssignments(commands);
  const values = new Map<string, string>();
  const fill = (word: string): string =>
    word.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, braced: string | undefined, bare: string | undefined) => values.get(braced ?? bare ?? '') ?? whole,
    );
  return commands.map((words) => {
    const filled = words.map(fill);
    for (const [name, value] of assignmentsOf(filled)) {
      if (timesSet.get(name) === 1 && /^(?!.*\$\()[^\s*?[]+$/.test(value)) values.set(name, value);
    }
    return filled;
  });
}

/** The assignments of a command that does nothing else: `A=x B=y`, `export A=x`. */
function assignmentsOf(words: Words): [name: string, value: string][] {
  const assignments = /^(export|readonly|local|declare)$/.test(words[0] ?? '') ? words.slice(1) : words;
  const matches = assignments.map((word) => /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word));
  return matches.every((match) => match !== null) ? matches.map((match) => [match[1] ?? '', match[2] ?? '']) : [];
}

/** How often each name is set, by an assignment, a loop or `read`. */
function countAssignments(commands: readonly Words[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of commands) {
    const names = assignmentsOf(words).map(([name]) => name);
    if (words[0] === 'for' || words[0] === 'read') names.push(...words.slice(1));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
