/** A variable left in a value after the build: `${NAME}`, with or without one of the functions Flux knows. */
export interface LeftVariable {
  readonly name: string;
  /** As written: `${NAME:=default}`. */
  readonly text: string;
  /** It brings a value of its own for when nothing sets it. */
  readonly hasDefault: boolean;
}

/** The variables left in a text. `$${x}` is an escape and stays text. */
export function leftVariables(text: string): LeftVariable[] {
  const found: LeftVariable[] = [];
  for (const match of text.matchAll(/(\$?)\$\{\s*#?([A-Za-z_]\w*)([^{}]*)\}/g)) {
    const [whole, dollar = '', name = '', rest = ''] = match;
    if (dollar === '') found.push({ name, text: whole, hasDefault: /^:?[-=]/.test(rest) });
  }
  return found;
}

/** Whether a text holds a variable, so that what it will be is not known. */
export function isSymbolic(text: string): boolean {
  return leftVariables(text).length > 0;
}

/**
 * Fills in the plain variables (`${NAME}`, and defaults) whose values are known, as Flux would; the others stay, so
 * that two texts with the same variable left still compare as equal.
 */
export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/(\$?)\$\{([A-Za-z_]\w*)(?::?[-=]([^{}]*))?\}/g, (whole, dollar: string, name: string) => {
    if (dollar !== '') return whole;
    return values.get(name) ?? whole;
  });
}
