import type { PackageScript } from '../objects/package-script.ts';
import { baseName } from '../text/base-name.ts';
import type { CommandLine, Invocation } from './command-line.ts';
import { readScriptCall } from './script-call.ts';
import { hasFlag, shells } from './shells.ts';
import type { Words } from './words.ts';

/** A script that a container calls, with the arguments of the call. */
export interface CalledScript extends PackageScript {
  /** Whether the shell is started with `-e`. */
  readonly startsStrict: boolean;
}

/** How many characters a mounted script and its arguments may have. */
const longestScript = { text: 50_000, words: 2000 };

/** The script of a package.json, or of a file that the container mounts, that an invocation calls. */
export function findCalledScript(invocation: Invocation, container: CommandLine): CalledScript | undefined {
  return findPackageScript(invocation, container) ?? findMountedScript(invocation, container);
}

function findPackageScript({ words }: Invocation, { image, findScript }: CommandLine): CalledScript | undefined {
  const call = findScript && readScriptCall(words);
  const script = call && findScript?.(call, image?.value ?? '');
  return script && { ...script, text: [script.text, ...call.rest].join(' '), startsStrict: false };
}

/** `sh /scripts/migrate.sh v1`, `/scripts/migrate.sh v1`. */
function findMountedScript(invocation: Invocation, { findFile }: CommandLine): CalledScript | undefined {
  if (findFile === undefined) return undefined;
  const [program = '', ...rest] = invocation.words;
  const start = shells.has(program) ? rest.findIndex((word) => !word.startsWith('-')) : -1;
  const path = shells.has(program) ? rest[start] : programPath(invocation);
  const file = path?.startsWith('/') ? findFile(path) : undefined;
  if (file === undefined || file.text.length > longestScript.text || !isShellScript(file.text)) return undefined;
  const startsStrict = rest.slice(0, Math.max(start, 0)).some((word) => hasFlag(word, 'e'));
  return { call: invocation.text, at: file.at, text: fillArguments(file.text, rest.slice(start + 1)), startsStrict };
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
function fillArguments(script: string, words: Words): string {
  if (words.join(' ').length > longestScript.words) return script;
  return script.replace(
    /\$(?:([1-9])|\{([1-9])\})/g,
    (whole, bare: string | undefined, braced: string | undefined) => words[Number(bare ?? braced) - 1] ?? whole,
  );
}
