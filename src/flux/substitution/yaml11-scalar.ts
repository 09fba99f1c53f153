import type { ScalarNode } from '../../source/node.ts';
import { parseFloatText, parseInteger, resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';

/**
 * A scalar that was read after substitution, with the type that Flux gives it. Flux reads the text with go-yaml v2, for
 * which `yes` and `on` are booleans and a date is a string, and converts numbers to float64.
 */
export function readAsYaml11(node: ScalarNode): ScalarNode {
  if (node.style !== 'plain') return node.tag === '!!null' ? { ...node, value: 'null', style: 'plain' } : node;
  const tag = resolveYaml11(node.value);
  switch (tag) {
    case '!!null':
      return { ...node, tag, value: 'null' };
    case '!!bool':
      return { ...node, tag, value: /^(?:y|yes|on|true)$/i.test(node.value) ? 'true' : 'false' };
    case '!!int':
    case '!!float': {
      const number = readNumber(node.value);
      return number === undefined ? { ...node, tag } : { ...node, tag, value: String(number) };
    }
    default:
      return { ...node, tag: '!!str' };
  }
}

/** A key, which is always a string: a boolean or number becomes its canonical text. */
export function readKeyAsYaml11(node: ScalarNode): ScalarNode {
  return { ...readAsYaml11(node), tag: '!!str', style: 'double' };
}

/** Undefined for infinity and NaN, which the printer refuses later. */
function readNumber(text: string): number | undefined {
  const integer = parseInteger(text, 2);
  return integer === undefined ? parseFloatText(text) : Number(integer);
}
