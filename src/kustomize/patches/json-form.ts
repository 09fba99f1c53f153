import { bareText, stringValue } from '../../source/json/json-value.ts';
import { forEachScalar, type Node, type ScalarNode, setPlain } from '../../source/node.ts';
import { formatG } from '../../source/scalars/go-number.ts';
import { resolveScalar, resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';
import { refusePrintErrors } from '../problem.ts';

/**
 * Gives the scalars of a node the text and style that they have after kustomize has converted the object to JSON and
 * back, as it does for a JSON patch: dates are strings, numbers are float64 in Go's shortest form (`1234567` becomes
 * `1.234567e+06`), and quotes are only where needed. Origins stay, since the author would not call this a change.
 */
export function toJsonForm(node: Node): void {
  refusePrintErrors(
    () => forEachScalar(node, toJsonScalar),
    (reason) => `a JSON patch needs an object that has a JSON form: ${reason}`,
  );
}

function toJsonScalar(node: ScalarNode): void {
  const text = stringValue(node);
  if (text === undefined) {
    toBareForm(node);
    return;
  }
  node.tag = '!!str';
  node.value = text;
  node.style = styleOf(text);
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

/** The style in which go-yaml prints a string: plain if both YAML 1.1 and 1.2 read it as a string. */
function styleOf(text: string): ScalarNode['style'] {
  if (text.includes('\n')) return 'literal';
  if (resolveScalar(text) !== '!!str' || resolveYaml11(text) !== '!!str' || /^[-+]?\d[\d_]*:[0-5]?\d/.test(text)) {
    return 'double';
  }
  return /^[-?:,[\]{}#&*!|>'"%@`\s]|: |:$| #|\s$/.test(text) ? 'single' : 'plain';
}
