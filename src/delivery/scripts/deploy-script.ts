import { readScript } from '../../model/commands/shell-script.ts';
import { callFunction, type FindFunction } from './shell-functions.ts';

/** The words of one command. */
export type Words = readonly string[];

/** Stands in a word for what nobody can tell from the text: a variable that comes from outside, a command's output. */
export const unknown = '\0';

/**
 * Functions that a script calls, and how many characters of what they run are still read: scripts of strangers may call them
 * without end.
 */
export interface Calls {
  readonly find: FindFunction;
  readonly budget: { left: number };
}

/** What a text says by itself, whatever the functions do that it calls. */
export const noCalls: Calls = { find: () => undefined, budget: { left: 0 } };

/** How deep functions that call functions are gone into. */
const deepestCall = 3;

/** How many characters the arguments of a call may have, which a function may repeat as often as it likes. */
const longestCall = 2000;

/**
 * Reads the commands of a text that deploys (a shell script, a Makefile, a pipeline's file in whatever format) line by line,
 * whatever surrounds them: what a format adds, as `run:` or `- ` or a Makefile's `@`, is only a word more in front. Variables
 * that the text sets are filled in; lines that only print or are comments are left out. Where a command calls one of the given
 * functions, what that runs follows it.
 */
export function readDeployScript(text: string, calls: Calls): Words[] {
  return readCommands(text, calls, 0);
}

function readCommands(text: string, calls: Calls, depth: number): Words[] {
  const lines = joinLines(text).filter((line) => !/^\s*(#|\/\/|::)/.test(line));
  const values = readAssignments(lines);
  const mayCall = (line: string): boolean => line.split(/[^\w-]+/).some((word) => calls.find(word) !== undefined);
  return lines
    .filter((line) => maySay(line) || mayCall(line))
    .flatMap((line) => readLine(line, values))
    .flatMap((words) => [words, ...(depth < deepestCall ? readCall(words, calls, depth) : [])]);
}

/** What a function runs with the arguments behind its name, which stands alone or behind what a format adds. */
function readCall(words: Words, calls: Calls, depth: number): Words[] {
  const at = words.findIndex(
    (word, index) => calls.find(word) !== undefined && /^$|[:@-]$/.test(words[index - 1] ?? ''),
  );
  const body = calls.find(words[at] ?? '');
  const args = words.slice(at + 1);
  if (body === undefined || calls.budget.left <= 0 || args.join(' ').length > longestCall) return [];
  const called = callFunction(body, args);
  calls.budget.left -= called.length;
  return readCommands(called, calls, depth + 1);
}

/** Whether a text names a program that somebody asks a deploying script about. */
export function maySay(text: string): boolean {
  return /kubectl|kustomize|envsubst|\boc\b|\bsed\b|\byq\b|docker-image|\bimage (load|import)\b/i.test(text);
}

/**
 * Lines with their continuations, which PowerShell marks by a backquote; `${{ … }}` and `{{ … }}` without blanks; and
 * `&"kubectl" "--%" "…"`, by which PowerShell hands a text on as it is, as the command that it makes.
 */
function joinLines(text: string): string[] {
  return text
    .replace(/\s[\\`]\r?\n\s*/g, ' ')
    .replace(/&?(["']?)kubectl\1 (["']?)--%\2 (["'])([^"']*)\3/g, 'kubectl $4')
    .replace(/\$?\{\{[^{}]*\}\}/g, '$(expression)')
    .replaceAll('$$', '$')
    .split(/\r?\n/);
}

function readLine(line: string, values: ReadonlyMap<string, string>): string[][] {
  return readScript(line).commands.flatMap((words): string[][] => {
    if (words.some((word) => /^@?(echo|printf|Write-Host|log|info|warn|die)$/.test(word))) return [];
    // PowerShell: `$status = kubectl …`.
    const run = words[1] === '=' ? words.slice(2) : words;
    const filled = run.map((word) => fill(word, values));
    // `sh "kubectl …"` of a Jenkinsfile, `run "kubectl …"`: the command is one word of another.
    const inner = filled.filter((word) => /\s/.test(word) && /^\W*(kubectl|kustomize|oc)\s/.test(word));
    return [filled, ...inner.map((word) => word.trim().split(/\s+/))];
  });
}

const assignment = /^\s*(?:export\s+|readonly\s+|local\s+|-\s+|\$)?([A-Za-z_]\w*)\s*[:?]{0,2}[=:]\s*(.*)$/;

/** `NAME=value`, `NAME ?= value`, `NAME: value`: those that have one and the same value wherever they are set. */
function readAssignments(lines: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const line of lines) {
    const [, name = '', written = ''] = assignment.exec(line) ?? [];
    const value = /^(["'])(.*)\1/.exec(written)?.[2] ?? /^[^\s"'#]+/.exec(written)?.[0];
    if (name === '' || value === undefined) continue;
    if (values.has(name) && values.get(name) !== value) ambiguous.add(name);
    values.set(name, value);
  }
  for (const name of ambiguous) values.delete(name);
  return values;
}

/** Puts values in the place of variables, also of variables in values; {@link unknown} where there is none. */
function fill(word: string, values: ReadonlyMap<string, string>, depth = 0): string {
  return word
    .replace(/\$\(\)|\$\(expression\)/g, unknown)
    .replace(variable, (_, braced?: string, bare?: string, made?: string) => {
      const name = braced ?? bare ?? made ?? '';
      // A program is known by the name of the variable that holds it.
      if (/^(kubectl|kustomize)$/i.test(name)) return name.toLowerCase();
      const value = values.get(name);
      return value === undefined || depth > 3 ? unknown : fill(value, values, depth + 1);
    });
}

/** `${NAME}` with whatever a shell does to it, `$NAME`, and `$(NAME)` as make writes it. */
const variable = /\$\{([A-Za-z_]\w*)(?!\w)[^{}]*\}|\$([A-Za-z_]\w*)|\$\((\w+)\)/g;
