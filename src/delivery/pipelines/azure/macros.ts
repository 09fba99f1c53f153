import { parseShell } from '../commands.ts';
import { nameCommit } from '../variables.ts';

/** `$(Name)`, which Azure fills in before a script runs; not one of the commands that people run without arguments. */
const macro = /\$\((?!(?:pwd|date|whoami|hostname|mktemp|uname|nproc|id)\))([A-Za-z_][\w.-]*)\)/g;

/** Marks from Unicode's private use area, which stand for the parentheses of a macro while a shell reads the script. */
const [open, close] = ['\u{E000}', '\u{E001}'];
const masked = new RegExp(`${open}([\\w.-]*)${close}`, 'g');

/** The words of a shell script's commands, with macros as they are written. */
export function parseWithMacros(script: string): string[][] {
  const text = nameCommit(script).replace(macro, (_, name: string) => `${open}${name}${close}`);
  return parseShell(text).map((words) => words.map((word) => word.replace(masked, (_, name: string) => `$(${name})`)));
}
