import { floatValue, formatG } from '../../source/go-number.ts';
import type { ScalarNode, ScalarTag } from '../../source/node.ts';
import { parseInteger, resolveScalar, resolveYaml11 } from '../../source/resolve-scalar.ts';

/** What a scalar is in JSON terms. */
export type JsonScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'string'; readonly value: string };

/** How a file's plain scalars get their type: by YAML 1.1 as go-yaml v2 reads it, or by the tags of the nodes. */
export type ScalarRules = 'yaml 1.1' | 'node tags';

/** The value of a scalar. Dates and everything with a tag of its own are text. */
export function readScalarValue(node: ScalarNode, rules: ScalarRules): JsonScalar {
  const tag = rules === 'yaml 1.1' ? tagByYaml11(node) : node.tag;
  switch (tag) {
    case '!!null':
      return { kind: 'null' };
    case '!!bool':
      return { kind: 'boolean', value: /^(y|yes|true|on)$/i.test(node.value) };
    case '!!int': {
      const value = parseInteger(node.value, rules === 'node tags');
      return value === undefined ? { kind: 'string', value: node.value } : { kind: 'number', value };
    }
    case '!!float': {
      const value = floatValue(node);
      return value === undefined ? { kind: 'string', value: node.value } : { kind: 'number', value };
    }
    default:
      return { kind: 'string', value: node.value };
  }
}

/** The type that YAML 1.1 gives a scalar, unless the file gives it one with a tag. */
function tagByYaml11(node: ScalarNode): ScalarTag {
  if (node.style !== 'plain' || node.tag !== resolveScalar(node.value)) return node.tag;
  return resolveYaml11(node.value);
}

/** A number as Go puts it into a string field: integers in full, floats in the shortest form (`%g`). */
export function formatNumber(value: number | bigint): string {
  return typeof value === 'bigint' ? value.toString() : formatG(value);
}
