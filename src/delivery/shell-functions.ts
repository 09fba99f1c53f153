/** The bodies of functions and aliases of shell scripts, by their names. */
export type ShellFunctions = ReadonlyMap<string, string>;

/** How long a body may be: what wraps a command or deploys one thing is short. */
const longestBody = { lines: 60, characters: 4000 };

/**
 * Finds the functions that a shell script defines (`kc() { kubectl -n shop "$@"; }`, `function deploy {`), each with the
 * text between its braces, and its aliases (`alias k=kubectl`) as functions of what they stand for.
 */
export function readShellFunctions(text: string): ShellFunctions {
  const functions = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const alias = /^\s*alias\s+([\w-]+)=(["']?)([^"']+)\2\s*$/.exec(line);
    if (alias) functions.set(alias[1] ?? '', `${alias[3] ?? ''} "$@"`);
    const [, indent = '', name = '', rest = ''] = opening.exec(line) ?? [];
    if (name === '') continue;
    const body = /^(.*?);?\s*\}\s*(?:#.*)?$/.exec(rest)?.[1] ?? bodyBelow(lines, index, indent);
    if (body !== undefined && body.length <= longestBody.characters) functions.set(name, body);
  }
  return functions;
}

/** `name() {`, `function name {`, `function name() {`, with what stands behind the brace. */
const opening =
  /^(\s*)(?:function\s+(?=[\w-]+\s*(?:\(\s*\))?\s*\{)|(?=[\w-]+\s*\(\s*\)\s*\{))([\w-]+)\s*(?:\(\s*\))?\s*\{(.*)$/;

/** The lines up to a brace at the indentation of the function's first. */
function bodyBelow(lines: readonly string[], start: number, indent: string): string | undefined {
  const below = lines.slice(start + 1, start + 2 + longestBody.lines);
  const end = below.findIndex((line) => line.startsWith(`${indent}}`));
  return end < 0 ? undefined : below.slice(0, end).join('\n');
}

/**
 * The functions that scripts share by sourcing each other: of a name that has several bodies nothing is known. Those of
 * a script itself come before them.
 */
export function shareFunctions(scripts: readonly ShellFunctions[]): ShellFunctions {
  const shared = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const [name, body] of scripts.flatMap((functions) => [...functions])) {
    if (shared.has(name) && shared.get(name) !== body) ambiguous.add(name);
    shared.set(name, body);
  }
  for (const name of ambiguous) shared.delete(name);
  return shared;
}

/** Those that come to a command of interest, by themselves or through others. */
export function functionsThat(functions: ShellFunctions, isOfInterest: (body: string) => boolean): ShellFunctions {
  const found = new Map([...functions].filter(([, body]) => isOfInterest(body)));
  for (let known = -1; known !== found.size; ) {
    known = found.size;
    const calls = new RegExp(`(?:^|[^\\w-])(?:${[...found.keys()].join('|')})(?![\\w-])`, 'm');
    for (const [name, body] of functions) if (known > 0 && calls.test(body)) found.set(name, body);
  }
  return found;
}

/** The body of a function with its arguments in it, and each variable that `local` and the like declare on a line of its own. */
export function callFunction(body: string, args: readonly string[]): string {
  const all = args.map((word) => `'${word.replaceAll("'", '')}'`).join(' ');
  return body
    .replace(/"\$[@*]"|"\$\{[@*]\}"|\$[@*]/g, () => all)
    .replace(/\$(?:([1-9])|\{([1-9])(?::?-([^{}]*))?\})/g, (_, bare?: string, braced?: string, otherwise = '') => {
      return args[Number(bare ?? braced) - 1] ?? otherwise;
    })
    .replace(/^(\s*)(?:local|declare|typeset)\s+(.*)$/gm, (_, indent: string, rest: string) =>
      (rest.match(/\w+=(?:"[^"]*"|'[^']*'|[^\s;#]*)/g) ?? []).map((each) => indent + each).join('\n'),
    );
}
