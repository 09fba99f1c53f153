import { type Node, type ScalarNode, stringNode } from '../../source/node.ts';
import { type JsonScalar, readScalarValue, type ScalarRules } from './scalar-value.ts';

/** A copy in which each scalar has the type and form that it has in JSON, by the rules of its file. */
export function plainValue(node: Node, rules: ScalarRules, keyText: (key: ScalarNode) => string): Node {
  switch (node.kind) {
    case 'scalar':
      return plainScalar(node, readScalarValue(node, rules));
    case 'sequence':
      return { ...node, items: node.items.map((item) => plainValue(item, rules, keyText)) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({
          key: stringNode(keyText(key), key.origin),
          value: plainValue(value, rules, keyText),
        })),
      };
  }
}

function plainScalar({ origin }: ScalarNode, read: JsonScalar): ScalarNode {
  switch (read.kind) {
    case 'null':
      return { ...stringNode('null', origin), tag: '!!null' };
    case 'boolean':
      return { ...stringNode(String(read.value), origin), tag: '!!bool' };
    case 'number': {
      // Go decodes every JSON number into a float64.
      const text = String(Number(read.value));
      return { ...stringNode(text, origin), tag: /^-?\d+$/.test(text) ? '!!int' : '!!float' };
    }
    case 'string':
      return stringNode(read.value, origin, read.value.includes('\n') ? 'literal' : 'double');
  }
}
