import { oncePer } from '../collections/once.ts';
import { argvOf } from '../objects/argv.ts';
import type { PackageScript } from '../objects/package-script.ts';
import { type Present, withText } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';
import { baseName } from '../text/base-name.ts';
import { findCalledScript } from './called-script.ts';
import { findIgnoredFailures, type ShellFlags } from './ignored-failures.ts';
import { takeOffRunners } from './runners.ts';
import { fillScriptVariables } from './script-variables.ts';
import { readScript } from './shell-script.ts';
import { hasFlag, shells } from './shells.ts';
import type { Words } from './words.ts';

/** One program that a container starts, as far as its command, args and shell strings show. */
export interface Invocation {
  /** The program without its folder, and its arguments; runners such as `npx` or `uv run` are removed. */
  readonly words: Words;
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

/**
 * Everything that a container's command and args start. The image's own entry point is not known. A call of a script in
 * the repository's package.json, or of one that is mounted from a ConfigMap of the build, is replaced by what that
 * script runs.
 */
export const readInvocations = oncePer((container: CommandLine): readonly Invocation[] => {
  const names = new Set(container.env?.map(({ name }) => name));
  const invocations = invocationsOf(argvOf(container), names);
  const budget = { left: mostScripts };
  return invocations.flatMap((invocation) => expandScript(invocation, container, 0, budget));
});

/** Limits for scripts that call scripts, possibly in a cycle or many at a time. */
const deepestScript = 5;
const mostScripts = 40;

function expandScript(
  invocation: Invocation,
  container: CommandLine,
  depth: number,
  budget: { left: number },
): Invocation[] {
  const script = budget.left > 0 && depth < deepestScript ? findCalledScript(invocation, container) : undefined;
  if (script === undefined) return [invocation];
  budget.left--;
  const commands = readCommands(script.text, { errexit: script.startsStrict }, invocation.field);
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
function readCommands(text: string, flags: ShellFlags, field: Present<string>): Invocation[] {
  const script = readScript(text);
  const { ignored, unnoticed } = findIgnoredFailures(script, flags);
  const commands = script.steps.map(({ words }) => words);
  const filled = fillScriptVariables(commands);
  return commands.map((words, index) => ({
    words: takeOffRunners(filled[index] ?? words),
    text: words.join(' '),
    field,
    fields: undefined,
    loops: script.loops,
    isFailureIgnored: ignored.has(index),
    isUnnoticed: unnoticed.has(index),
  }));
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
  const flags = {
    errexit: argv.some(({ value }) => hasFlag(value, 'e')),
    pipefail: argv.some(({ value }) => value === 'pipefail'),
  };
  return readCommands(asShellVariables(script.value, names), flags, script);
}

/** The value that holds a word of an invocation: the word itself, or the whole shell string. */
export function fieldOf({ field, fields }: Invocation, word: string): Present<string> {
  return fields?.find(({ value }) => value === word) ?? field;
}

/** The words of an invocation, each with the value that holds it. */
export function wordFields({ words, field, fields }: Invocation): Present<string>[] {
  const own = fields?.slice(fields.length - words.length);
  return words.map((word, index) => own?.[index] ?? withText(field, word));
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
