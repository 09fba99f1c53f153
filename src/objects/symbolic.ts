/** A variable left in a value after the build: `${NAME}`, with or without one of the functions Flux knows. */
export interface LeftVariable {
  readonly name: string;
  /** As written: `${NAME:=default}`. */
  readonly text: string;
  /** Whether it has a default for when nothing sets it. */
  readonly hasDefault: boolean;
}

/** The variables left in a text. `$${x}` is an escape. */
export function leftVariables(text: string): LeftVariable[] {
  if (!text.includes('${')) return [];
  const found: LeftVariable[] = [];
  for (const match of text.matchAll(/(\$?)\$\{\s*#?([A-Za-z_]\w*)(?!\w)([^{}]*)\}/g)) {
    const [whole, dollar = '', name = '', rest = ''] = match;
    if (dollar === '') found.push({ name, text: whole, hasDefault: /^:?[-=]/.test(rest) });
  }
  return found;
}

/**
 * An expression of GitHub Actions in a text, such as `${{ github.sha }}`, which only a workflow file may hold. The
 * templates of other tools look alike, but have other names in them.
 */
export function workflowExpression(text: string): string | undefined {
  return /\$\{\{\s*(?:github|inputs|env|steps|needs|vars|secrets|matrix)\.[^{}]*\}\}/.exec(text)?.[0];
}

/** Replaces each `${…}` in a text, whatever it holds. One that is not closed stays. */
export function exchangeVariables(text: string, exchange: (variable: string) => string): string {
  // After the last brace none is closed; before it all are.
  const end = text.lastIndexOf('}') + 1;
  if (end === 0) return text;
  return text.slice(0, end).replace(/\$\{[^}]*\}?/g, exchange) + text.slice(end);
}

/** Whether a text holds a variable, so that its final value is not known. */
export function isSymbolic(text: string): boolean {
  return leftVariables(text).length > 0;
}

/**
 * Fills in the plain variables (`${NAME}`, also with a default) whose values are known, as Flux would. Others stay, so
 * two texts with the same variable still compare as equal.
 */
export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  if (!text.includes('${')) return text;
  return text.replace(/(\$?)\$\{([A-Za-z_]\w*)(?::?[-=][^{}]*)?\}/g, (whole, dollar: string, name: string) => {
    if (dollar !== '') return whole;
    return values.get(name) ?? whole;
  });
}

/**
 * Whether two texts with variables in them can be equal for some values of these. A variable has the same value in both
 * texts: `app-${TAG}` and `apps-${TAG}` can never be equal, `app-${TAG}` and `app-1.2` can.
 */
export function canBeEqual(a: string, b: string): boolean {
  if (!a.includes('${') && !b.includes('${')) return a === b;
  const [left, right] = dropCommonEnds(splitVariables(a), splitVariables(b));
  const [first, last] = [left.at(0) ?? '', left.at(-1) ?? ''];
  if (left.length === 0 || right.length === 0) return [...left, ...right].every(isVariable);
  if (!isVariable(first) && !isVariable(right.at(0) ?? '')) return false;
  if (!isVariable(last) && !isVariable(right.at(-1) ?? '')) return false;
  const sameVariables = [left, right].map((parts) => parts.filter(isVariable).sort().join('\0'));
  const literals = [left, right].map((parts) => parts.filter((part) => !isVariable(part)).length);
  return sameVariables[0] !== sameVariables[1] || literals[0] === literals[1];
}

/** Splits a text into its characters and its whole variables. */
function splitVariables(text: string): string[] {
  return text.match(/\$\{[^{}]*\}|[\s\S]/g) ?? [];
}

function isVariable(part: string): boolean {
  return part.startsWith('${');
}

/** Two lists without their common start and then their common end. */
function dropCommonEnds(left: readonly string[], right: readonly string[]): [string[], string[]] {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return [left.slice(start, left.length - end), right.slice(start, right.length - end)];
}
