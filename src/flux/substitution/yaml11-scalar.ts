import type { ScalarNode } from '../../source/node.ts';
import { parseFloatText, parseInteger, resolveYaml11 } from '../../source/resolve-scalar.ts';

/**
 * A scalar that was read again after the substitution, with the type that Flux gives it. Flux reads the text by
 * go-yaml v2, to which `yes` and `on` are booleans and a date is a string, and takes numbers through floating point.
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

/** A key, which is a string whatever it looks like: of a boolean or number its usual spelling. */
export function readKeyAsYaml11(node: ScalarNode): ScalarNode {
  return { ...readAsYaml11(node), tag: '!!str', style: 'double' };
}

/** Infinity and NaN have no value here: they cannot be printed, which the printer will say. */
function readNumber(text: string): number | undefined {
  const integer = parseInteger(text, false);
  return integer === undefined ? parseFloatText(text) : Number(integer);
}
