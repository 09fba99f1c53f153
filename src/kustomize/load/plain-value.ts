import { type Node, plainNode, type ScalarNode, stringNode } from '../../source/node.ts';
import { type JsonScalar, jsonKey, readScalarValue, type ScalarRules } from './scalar-value.ts';

/** A copy in which each scalar has the type and form that it has in JSON, by the rules of its file. */
export function plainValue(node: Node, rules: ScalarRules): Node {
  switch (node.kind) {
    case 'scalar':
      return plainScalar(node, readScalarValue(node, rules));
    case 'sequence':
      return { ...node, items: node.items.map((item) => plainValue(item, rules)) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({
          key: stringNode(jsonKey(key, rules), key.origin),
          value: plainValue(value, rules),
        })),
      };
  }
}

function plainScalar({ origin }: ScalarNode, read: JsonScalar): ScalarNode {
  switch (read.kind) {
    case 'null':
      return plainNode('null', origin);
    case 'boolean':
      return plainNode(String(read.value), origin);
    case 'number': {
      // Go decodes every JSON number into a float64.
      const text = String(Number(read.value));
      return { ...plainNode(text, origin), tag: /^-?\d+$/.test(text) ? '!!int' : '!!float' };
    }
    case 'string':
      return stringNode(read.value, origin, read.value.includes('\n') ? 'literal' : 'double');
  }
}
