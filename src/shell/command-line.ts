import { oncePer } from '../collections/once.ts';
import type { PackageScript } from '../objects/package-script.ts';
import type { Present } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';
import { baseName } from '../text/base-name.ts';
import { takeOffRunners } from './runners.ts';
import { readScriptCall } from './script-call.ts';
import { fillScriptVariables } from './script-variables.ts';
import { readScript } from './shell-script.ts';

/** One program that a container starts, as far as its command, args and shell strings show. */
export interface Invocation {
  /** The program without its folder, and its arguments; runners such as `npx` or `uv run` are removed. */
  readonly words: readonly string[];
  /** The words as written, for messages. */
  readonly text: string;
  /** The value that holds them: the program's word, or the whole shell string. */
  readonly field: Present<string>;
  /** In exec form the fields of the written words, in the same order; undefined in a shell string. */
  readonly fields: readonly Present<string>[] | undefined;
  /** Whether it is in a shell script with a loop. */
  readonly loops: boolean;
  /** Whether it is in a shell script that continues, and exits, as if it had not failed. */
  readonly isFailureIgnored: boolean;
  /** Whether it is in a shell script that exits as if all had succeeded, although it may look at the outcome before. */
  readonly isUnnoticed?: boolean;
  /** The script of a package.json, or the mounted script, that it is in, if any. */
  readonly script?: PackageScript;
}

/** The parts of a container that show which programs it starts. */
export type CommandLine = Pick<Container, 'command' | 'args'> &
  Partial<Pick<Container, 'image' | 'env' | 'findScript' | 'findFile'>>;

/** Programs that run the script after `-c`. */
export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/**
 * Everything that a container's command and args start. The image's own entry point is not known. A call of a script in
 * the repository's package.json, or of one that is mounted from a ConfigMap of the build, is replaced by what that
 * script runs.
 */
export const readInvocations = oncePer((container: CommandLine): readonly Invocation[] => {
  const names = new Set(container.env?.map(({ name }) => name));
  const invocations = invocationsOf([...container.command, ...container.args], names);
  const budget = { left: mostScripts };
  return invocations.flatMap((invocation) => expandScript(invocation, container, 0, budget));
});

/** Limits for scripts that call scripts, possibly in a cycle or many at a time. */
const deepestScript = 5;
const mostScripts = 40;

/** How many characters a mounted script and its arguments may have. */
const longestScript = { text: 50_000, words: 2000 };

function expandScript(
  invocation: Invocation,
  container: CommandLine,
  depth: number,
  budget: { left: number },
): Invocation[] {
  const script = budget.left > 0 && depth < deepestScript ? findCalledScript(invocation, container) : undefined;
  if (script === undefined) return [invocation];
  budget.left--;
  const commands = readCommands(script.text, script.startsStrict, invocation.field);
  return commands.flatMap((command) => {
    const called = {
      ...command,
      loops: invocation.loops || command.loops,
      isFailureIgnored: invocation.isFailureIgnored || command.isFailureIgnored,
      isUnnoticed: invocation.isUnnoticed === true || command.isUnnoticed === true,
      script: { ...script, call: invocation.script?.call ?? script.call },
    };
    return expandScript(called, container, depth + 1, budget);
  });
}

/** The commands of a shell script in `field`, or called from there. */
function readCommands(
  text: string,
  startsStrict: boolean | undefined,
  field: Present<string>,
  startsPipefail = false,
): Invocation[] {
  const { commands, loops, ignored, unnoticed } = readScript(text, startsStrict, startsPipefail);
  const filled = fillScriptVariables(commands);
  return commands.map((words, index) => ({
    words: takeOffRunners(filled[index] ?? words),
    text: words.join(' '),
    field,
    fields: undefined,
    loops,
    isFailureIgnored: ignored.has(index),
    isUnnoticed: unnoticed.has(index),
  }));
}

function findCalledScript(
  invocation: Invocation,
  { image, findScript, findFile }: CommandLine,
): (PackageScript & { readonly startsStrict?: boolean }) | undefined {
  const { words } = invocation;
  const call = findScript && readScriptCall(words);
  const script = call && findScript?.(call, image?.value ?? '');
  if (script) return { ...script, text: [script.text, ...call.rest].join(' ') };
  if (findFile === undefined) return undefined;
  const [program = '', ...rest] = words;
  const start = shells.has(program) ? rest.findIndex((word) => !word.startsWith('-')) : -1;
  const path = shells.has(program) ? rest[start] : programPath(invocation);
  const file = path?.startsWith('/') ? findFile(path) : undefined;
  if (file === undefined || file.text.length > longestScript.text || !isShellScript(file.text)) return undefined;
  const startsStrict = rest.slice(0, Math.max(start, 0)).some((word) => hasFlag(word, 'e'));
  return { call: invocation.text, at: file.at, text: fillArguments(file.text, rest.slice(start + 1)), startsStrict };
}

/** Whether a word of a shell's command line sets a flag, alone or among others: `-ec`. */
function hasFlag(word: string, flag: string): boolean {
  return /^-[a-z]+$/.test(word) && word.includes(flag);
}

/** The program with its folder, which only the text has. */
function programPath({ words: [program], text }: Invocation): string | undefined {
  return text.split(/\s+/).find((word) => word.startsWith('/') && baseName(word) === program);
}

/** Whether a file is a shell script; one in another language says so in its first line. */
function isShellScript(text: string): boolean {
  const [, interpreter] = /^#!\s*(.*)/.exec(text) ?? [];
  return interpreter === undefined || interpreter.split(/[\s/]+/).some((word) => shells.has(word));
}

/** Replaces a script's `$1`, `${2}` and so on with the arguments of the call; others stay. */
function fillArguments(script: string, words: readonly string[]): string {
  if (words.join(' ').length > longestScript.words) return script;
  return script.replace(
    /\$(?:([1-9])|\{([1-9])\})/g,
    (whole, bare: string | undefined, braced: string | undefined) => words[Number(bare ?? braced) - 1] ?? whole,
  );
}

/**
 * As {@link readInvocations}, for a list of words.
 * @param names the container's variables
 */
export function invocationsOf(argv: readonly Present<string>[], names: ReadonlySet<string> = new Set()): Invocation[] {
  const program = argv[0];
  if (program === undefined) return [];
  const script = shellString(argv);
  if (script === undefined) {
    const values = argv.map((field) => field.value);
    const words = takeOffRunners(values);
    return [{ words, text: values.join(' '), field: program, fields: argv, loops: false, isFailureIgnored: false }];
  }
  const startsStrict = argv.some(({ value }) => hasFlag(value, 'e'));
  const startsPipefail = argv.some(({ value }) => value === 'pipefail');
  return readCommands(asShellVariables(script.value, names), startsStrict, script, startsPipefail);
}

/** Kubernetes expands `$(NAME)` before the shell starts, which would run a command of that name. */
function asShellVariables(script: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return script;
  return script.replace(/(\$?)\$\((\w+)\)/g, (whole, dollar: string, name: string) =>
    dollar === '' && names.has(name) ? `\${${name}}` : whole,
  );
}

/** The script of `sh -c SCRIPT`, also after `busybox`, `tini --` and the like. */
function shellString(argv: readonly Present<string>[]): Present<string> | undefined {
  const start = argv.findIndex((field) => shells.has(baseName(field.value)));
  if (start < 0 || start > 3) return undefined;
  const flag = argv.findIndex((field, index) => index > start && hasFlag(field.value, 'c'));
  const between = argv.slice(start + 1, flag < 0 ? argv.length : flag);
  return flag < 0 || between.some((field) => !field.value.startsWith('-') && field.value !== 'pipefail')
    ? undefined
    : argv.slice(flag + 1).find((field) => !field.value.startsWith('-'));
}
