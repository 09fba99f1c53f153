import { type MapEntry, type Node, type ScalarNode, setPlain, stringNode } from '../../source/node.ts';
import { jsonKey, readScalarValue } from './scalar-value.ts';

/**
 * Changes a node into what kustomize reads when it converts YAML to JSON, by the rules of YAML 1.1: `yes` is a boolean, a
 * date a string, and the last of repeated keys wins. Follows sigs.k8s.io/yaml.
 */
export function readAsJson(node: Node): void {
  switch (node.kind) {
    case 'map':
      for (const { value } of node.entries) readAsJson(value);
      node.entries = withTextKeys(node.entries);
      return;
    case 'sequence':
      for (const item of node.items) readAsJson(item);
      return;
    case 'scalar':
      retag(node);
  }
}

/** Keys in JSON are strings, and the last of repeated ones wins. */
function withTextKeys(entries: readonly MapEntry[]): MapEntry[] {
  const unique = new Map<string, MapEntry>();
  for (const { key, value } of entries) {
    const name = jsonKey(key, 'yaml 1.1');
    unique.set(name, { key: stringNode(name, key.origin, 'double'), value });
  }
  return [...unique.values()];
}

function retag(node: ScalarNode): void {
  const read = readScalarValue(node, 'yaml 1.1');
  switch (read.kind) {
    case 'null':
      setPlain(node, '!!null', 'null');
      return;
    case 'boolean':
      setPlain(node, '!!bool', String(read.value));
      return;
    case 'number':
      // Keep the text: a number that JSON cannot hold is refused later, with this text in the message.
      setPlain(node, typeof read.value === 'bigint' ? '!!int' : '!!float', node.value);
      return;
    case 'string':
      node.tag = '!!str';
      node.value = read.value;
  }
}
