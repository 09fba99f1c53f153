import { onlyValues } from '../../collections/only-values.ts';
import { commandsOf } from '../../shell/shell-script.ts';
import type { Words } from '../../shell/words.ts';
import { callFunction, type FindFunction } from './shell-functions.ts';

/** Stands in a word for what the text does not show: a variable from outside, or the output of a command. */
export const unknown = '\0';

/**
 * Functions that a script calls, and how many more characters of their bodies are read, since scripts may call them
 * endlessly.
 */
export interface Calls {
  readonly find: FindFunction;
  readonly budget: { left: number };
}

/** For reading a text without the functions that it calls. */
export const noCalls: Calls = { find: () => undefined, budget: { left: 0 } };

/** How deep calls of functions by functions are followed. */
const deepestCall = 3;

/** How many characters the arguments of a call may have, since a function may repeat them any number of times. */
const longestCall = 2000;

/**
 * Reads the commands of a text that deploys: a shell script, a Makefile or a pipeline in any format. It is read line by
 * line, so syntax around a command, such as `run:`, `- ` or a Makefile's `@`, is just another word before it. Fills in
 * variables that the text sets, and skips comments and lines that only print. A call of one of the given functions is
 * followed by what it runs.
 */
export function readDeployScript(text: string, calls: Calls): Words[] {
  return readCommands(text, calls, 0);
}

function readCommands(text: string, calls: Calls, depth: number): Words[] {
  const lines = joinLines(text).filter((line) => !/^\s*(#|\/\/|::)/.test(line));
  const values = readAssignments(lines);
  const mayCall = (line: string): boolean => line.split(/[^\w-]+/).some((word) => calls.find(word) !== undefined);
  return lines
    .filter((line) => mayDeploy(line) || mayCall(line))
    .flatMap((line) => readLine(line, values))
    .flatMap((words) => [words, ...(depth < deepestCall ? readCall(words, calls, depth) : [])]);
}

/** What a function runs with the arguments of a call. Only syntax of the format may come before the function's name. */
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

/** Whether a text mentions a program that is relevant in a deploying script. */
export function mayDeploy(text: string): boolean {
  return /kubectl|kustomize|envsubst|\boc\b|\bsed\b|\byq\b|\bperl\b|docker-image|\bimage (load|import)\b/i.test(text);
}

/**
 * Lines with their continuations, which PowerShell marks with a backquote. `{{.NAME}}` of a Taskfile and `{{name}}` of a
 * justfile become variables, `$(KUBECTL)` of make the program, other expressions `${{ … }}` and `{{ … }}` one word.
 * PowerShell's `&"kubectl" "--%" "…"`, which passes a text on verbatim, becomes the command, and so does a list of
 * arguments for a function that is named after kubectl (`Invoke-Kubectl -Arguments @('delete', 'job', 'shop')`) and for a
 * task of that name (`task dev:kubectl -- apply -k k8s`).
 */
function joinLines(text: string): string[] {
  return text
    .replace(/\s[\\`]\r?\n\s*/g, ' ')
    .replace(/&?(["']?)kubectl\1 (["']?)--%\2 (["'])([^"']*)\3/g, 'kubectl $4')
    .replace(/(?<![\w-])(?=[\w-]*kubectl)[\w-]+\s+(?:-\w+\s+)?@\(([^()]*)\)/gi, (_, list: string) => {
      return `kubectl ${list.replace(/[\s,]+/g, ' ').trim()}`;
    })
    .replace(/(?<![\w./:-])(?:[\w-]+:)*kubectl\s+--\s+(?=[a-z-])/g, 'kubectl ')
    .replace(/(?<!\$)\{\{\s*\.?(\w+)\s*\}\}/g, (_, name: string) => `\${${name}}`)
    .replace(/\$?\{\{[^{}]*\}\}/g, '$(expression)')
    .replace(/\$\((kubectl|kustomize)\)/gi, (_, program: string) => program.toLowerCase())
    .replaceAll('$$', '$')
    .split(/\r?\n/);
}

function readLine(line: string, values: ReadonlyMap<string, string>): string[][] {
  return commandsOf(line).flatMap((words): string[][] => {
    if (words.some((word) => /^@?(echo|printf|Write-Host|log|info|warn|die)$/.test(word))) return [];
    // PowerShell: `$status = kubectl …`.
    const run = words[1] === '=' ? words.slice(2) : words;
    // An array of a shell script holds options: `kubectl "${CONTEXT[@]}" delete job shop`.
    const filled = run.filter((word) => !/^\$\{\w+\[[@*]\]\}$/.test(word)).map((word) => fill(word, values));
    // `sh "kubectl …"` of a Jenkinsfile, `run "kubectl …"`: the command is one word of another.
    const inner = filled.filter((word) => /\s/.test(word) && /^\W*(kubectl|kustomize|oc)\s/.test(word));
    return [filled, ...inner.map((word) => word.trim().split(/\s+/))];
  });
}

const assignment = /^\s*(?:export\s+|readonly\s+|local\s+|-\s+|\$)?([A-Za-z_]\w*)\s*[:?]{0,2}[=:]\s*(\S.*)?$/;

/** The variables that a text sets to only one value: `NAME=value`, `NAME ?= value`, `NAME: value`. */
function readAssignments(lines: readonly string[]): Map<string, string> {
  return onlyValues(
    lines.flatMap((line): [string, string][] => {
      const [, name = '', written = ''] = assignment.exec(line) ?? [];
      const value = /^(["'])(.*)\1/.exec(written)?.[2] ?? /^[^\s"'#]+/.exec(written)?.[0];
      return name === '' || value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Fills in variables, also those in values; {@link unknown} for one without a value. */
function fill(word: string, values: ReadonlyMap<string, string>, depth = 0): string {
  return word
    .replace(/\$\(\)|\$\(expression\)|\$\([^\s()]+\s[^()]*\)|\$\d|\$\{\d[^{}]*\}/g, unknown)
    .replace(variable, (_, braced?: string, bare?: string, made?: string) => {
      const name = braced ?? bare ?? made ?? '';
      // A variable with the name of a program holds that program.
      if (/^(kubectl|kustomize)$/i.test(name)) return name.toLowerCase();
      const value = values.get(name);
      return value === undefined || depth > 3 ? unknown : fill(value, values, depth + 1);
    });
}

/** `${NAME}` with any shell expansion, `$NAME`, and `$(NAME)` of make. */
const variable = /\$\{([A-Za-z_]\w*)(?!\w)[^{}]*\}|\$([A-Za-z_]\w*)|\$\((\w+)\)/g;
