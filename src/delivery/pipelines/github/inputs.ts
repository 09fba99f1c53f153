import { getText, type Node } from '../../../source/node.ts';
import { mapTexts, type Variables } from '../variables.ts';

/** The texts of a map, with the inputs in them filled in. */
export function textsOf(node: Node | undefined, inputs: Variables): Variables {
  return mapTexts(node, (value) => {
    const text = getText(value);
    return text === undefined ? undefined : fill(text, inputs);
  });
}

/** The defaults of the inputs that a workflow or action declares. */
export function defaultsOf(inputs: Node | undefined): Variables {
  return mapTexts(inputs, (value) => getText(value, ['default']));
}

/** Fills in the inputs and matrix values of a text. */
export function fill(text: string, known: Variables): string {
  return text.replace(/\$\{\{\s*(?:inputs\.)?([\w.-]+)\s*\}\}/g, (whole, name: string) => known.get(name) ?? whole);
}
