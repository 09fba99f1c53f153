import { groupBy } from '../../collections/group-by.ts';
import { onlyValues } from '../../collections/only-values.ts';
import { reach } from '../../collections/reach.ts';

/** The bodies of functions and aliases of shell scripts, by their names. */
export type ShellFunctions = ReadonlyMap<string, string>;

/** The body of the function that a script means by a name. */
export type FindFunction = (name: string) => string | undefined;

/** How long a body may be; functions that wrap a command or deploy one thing are short. */
const longestBody = { lines: 60, characters: 4000 };

/**
 * Finds the functions that a shell script defines (`kc() { kubectl -n shop "$@"; }`, `function deploy {`), with the
 * text between their braces, and reads its aliases (`alias k=kubectl`) as functions.
 */
export function readShellFunctions(text: string): ShellFunctions {
  const functions = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const [, alias, value = ''] = /^\s*alias\s+([\w-]+)=(.*)$/.exec(line) ?? [];
    const command = unquote(value.trim());
    if (alias !== undefined && command !== undefined) functions.set(alias, `${command} "$@"`);
    const [, indent = '', name = '', rest = ''] = opening.exec(line) ?? [];
    if (name === '') continue;
    const body = bodyBeside(rest) ?? bodyBelow(lines, index, indent);
    if (body !== undefined && body.length <= longestBody.characters) functions.set(name, body);
  }
  return functions;
}

/** A text without quotes around it; undefined if it has quotes elsewhere. */
function unquote(text: string): string | undefined {
  const isQuoted = text.length > 1 && /^["']/.test(text) && text.endsWith(text[0] ?? '');
  const bare = isQuoted ? text.slice(1, -1) : text;
  return bare === '' || /["']/.test(bare) ? undefined : bare;
}

/** The text up to a closing brace at the end of the line; only a comment may follow it. */
function bodyBeside(rest: string): string | undefined {
  const end = rest.lastIndexOf('}');
  const after = rest.slice(end + 1).trim();
  if (end < 0 || (after !== '' && !after.startsWith('#'))) return undefined;
  return rest.slice(0, end).trimEnd().replace(/;$/, '');
}

/** `name() {`, `function name {`, `function name() {`, with the text after the brace. */
const opening = /^(\s*)(?:function\s+|(?=[\w-]+\s*\())([\w-]+)(?:\s*\(\s*\))?\s*\{(.*)$/;

/** The lines up to a brace at the indentation of the function. */
function bodyBelow(lines: readonly string[], start: number, indent: string): string | undefined {
  const below = lines.slice(start + 1, start + 2 + longestBody.lines);
  const end = below.findIndex((line) => line.startsWith(`${indent}}`));
  return end < 0 ? undefined : below.slice(0, end).join('\n');
}

/** The functions that scripts share by sourcing each other, except names with several bodies. */
export function shareFunctions(scripts: readonly ShellFunctions[]): ShellFunctions {
  return onlyValues(scripts.flatMap((functions) => [...functions]));
}

/** The functions that run a command of interest, directly or through others. */
export function functionsThat(functions: ShellFunctions, isOfInterest: (body: string) => boolean): ShellFunctions {
  const callers = groupBy([...functions.keys()], (name) =>
    wordsOf(functions.get(name) ?? '').filter((word) => functions.has(word)),
  );
  const found = new Set<string>();
  for (const [name, body] of functions) if (isOfInterest(body)) reach(name, callers, found);
  return new Map([...functions].filter(([name]) => found.has(name)));
}

/** The functions of interest as one script sees them: its own win over shared ones. */
export function functionsSeenBy(
  own: ShellFunctions,
  shared: ShellFunctions,
  isOfInterest: (body: string) => boolean,
): FindFunction {
  const mine = functionsThat(own, (body) => isOfInterest(body) || wordsOf(body).some((word) => shared.has(word)));
  return (name) => (own.has(name) ? mine : shared).get(name);
}

function wordsOf(body: string): string[] {
  return body.split(/[^\w-]+/);
}

/** The body of a function with its arguments filled in, and each variable of `local` and the like on its own line. */
export function callFunction(body: string, args: readonly string[]): string {
  const all = args.map((word) => `'${word.replaceAll("'", '')}'`).join(' ');
  return body
    .replace(/"\$[@*]"|"\$\{[@*]\}"|\$[@*]/g, () => all)
    .replace(/\$(?:([1-9])|\{([1-9])(?::?-([^{}]*))?\})/g, (_, bare?: string, braced?: string, otherwise = '') => {
      return args[Number(bare ?? braced) - 1] ?? otherwise;
    })
    .replace(/^([ \t]*)(?:local|declare|typeset)[ \t]+(.*)/gm, (_, indent: string, rest: string) =>
      (rest.match(/\b\w+=(?:"[^"]*"|'[^']*'|[^\s;#]*)/g) ?? []).map((each) => indent + each).join('\n'),
    );
}
