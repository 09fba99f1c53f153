import { formatG } from '../../source/go-number.ts';
import { bareText, stringValue } from '../../source/json-value.ts';
import { forEachScalar, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { PrintError } from '../../source/print-error.ts';
import { resolveScalar, resolveYaml11 } from '../../source/resolve-scalar.ts';
import { BuildError } from '../problem.ts';

/**
 * Gives the scalars of a tree the text and style that they have after kustomize turned the object into JSON and back, as
 * it does for a JSON patch: dates are strings, numbers are 64-bit floats in Go's shortest form (`1234567` is
 * `1.234567e+06`), quotes stand only where they are needed. Origins stay: nothing a reader would call a change happens.
 */
export function toJsonForm(node: Node): void {
  forEachScalar(node, toJsonScalar);
}

function toJsonScalar(node: ScalarNode): void {
  try {
    const text = stringValue(node);
    if (text === undefined) toBareForm(node);
    else {
      node.tag = '!!str';
      node.value = text;
      node.style = styleOf(text);
    }
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new BuildError(
      `a JSON patch needs an object that has a JSON form: ${error.message}`,
      originSpan(node.origin),
    );
  }
}

function toBareForm(node: ScalarNode): void {
  const text = bareText(node, 'json');
  if (node.tag !== '!!int' && node.tag !== '!!float') {
    setPlain(node, node.tag, text);
    return;
  }
  const number = formatG(Number(text));
  setPlain(node, /^-?\d+$/.test(number) ? '!!int' : '!!float', number);
}

/** Makes a bare word of a scalar. */
export function setPlain(node: ScalarNode, tag: string, value: string): void {
  node.tag = tag;
  node.value = value;
  node.style = 'plain';
}

/** The style in which go-yaml writes a string: bare where it reads back as a string in both versions of YAML. */
function styleOf(text: string): ScalarNode['style'] {
  if (text.includes('\n')) return 'literal';
  if (resolveScalar(text) !== '!!str' || resolveYaml11(text) !== '!!str' || /^[-+]?\d[\d_]*:[0-5]?\d/.test(text)) {
    return 'double';
  }
  return /^[-?:,[\]{}#&*!|>'"%@`\s]|: |:$| #|\s$/.test(text) ? 'single' : 'plain';
}
