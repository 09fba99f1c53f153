/** Texts of variables by the names that pipelines use for them: `IMAGE_TAG`, `matrix.image`, `inputs.tag`. */
export type Variables = ReadonlyMap<string, string>;

const reference = /\$\{\{(?<expression>[^{}]*)\}\}|\$\{(?<braced>[A-Za-z_]\w*)\}|\$(?<bare>[A-Za-z_]\w*)/g;
/** How deep one variable may be set to others, and how many are filled in for one text. */
const depthLimit = 8;
const countLimit = 200;

/**
 * Puts the values of variables that the pipeline sets into a text, and writes the others in one form: `$TAG` as `${TAG}`,
 * `${{ github.sha }}` as `${GITHUB_SHA}`.
 */
export function expand(text: string, variables: Variables): string {
  return fillIn(text, variables, 0, { left: countLimit });
}

function fillIn(text: string, variables: Variables, depth: number, budget: { left: number }): string {
  return text.replace(reference, (_whole, ...rest: unknown[]) => {
    const { expression, braced, bare } = rest.at(-1) as Record<string, string | undefined>;
    const name = braced ?? bare ?? nameOf((expression ?? '').trim());
    const value = depth < depthLimit && budget.left-- > 0 ? variables.get(name) : undefined;
    if (value !== undefined && value !== text) return fillIn(value, variables, depth + 1, budget);
    return /^\w+$/.test(name) ? `\${${name}}` : `\${{${name}}}`;
  });
}

/** What an expression of a workflow means as a variable: `env.TAG` is `TAG`, `github.ref_name` is `GITHUB_REF_NAME`. */
function nameOf(expression: string): string {
  const [, context, name] = /^(env|vars|github)\.(\w+)$/.exec(expression) ?? [];
  if (name === undefined) return expression.replace(/\s+/g, '');
  return context === 'github' ? `GITHUB_${name.toUpperCase()}` : name;
}

/** Whether a text depends on what a step or a command gives while the pipeline runs. */
export function isUnknown(expanded: string): boolean {
  return expanded.includes('$()') || /\$\{\{(?!matrix\.)/.test(expanded);
}

/** Puts maps together; a later one counts. */
export function unite(...maps: readonly Variables[]): Variables {
  return new Map(maps.flatMap((map) => [...map]));
}

/**
 * What a job's own commands set: `TAG=v1`, `export TAG=v1`, and `echo "TAG=v1" >> $GITHUB_ENV`. What is set twice to
 * different values is as unknown as what a command prints.
 */
export function assignments(commands: readonly { readonly words: readonly string[] }[]): Variables {
  const found = new Map<string, string>();
  for (const { words } of commands) {
    const [first = '', ...rest] = words;
    const isEcho = first === 'echo' && words.some((word) => /GITHUB_ENV/.test(word));
    const texts = first === 'export' || isEcho ? rest : words.every((word) => assignment.test(word)) ? words : [];
    for (const text of texts) {
      const { name, value } = assignment.exec(text)?.groups ?? {};
      if (name === undefined || value === undefined) continue;
      found.set(name, (found.get(name) ?? value) === value ? value : '$()');
    }
  }
  return found;
}

const assignment = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/s;
