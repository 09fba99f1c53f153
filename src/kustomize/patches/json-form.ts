import { floatValue, formatG } from '../../source/go-number.ts';
import type { Node, ScalarNode } from '../../source/node.ts';
import { resolveScalar, resolveYaml11 } from '../../source/resolve-scalar.ts';
import { formatTimestamp } from '../../source/timestamp.ts';

/**
 * Gives the scalars of a tree the text and style that they have after kustomize turned the object into JSON and back, as
 * it does for a JSON patch: dates are strings, numbers are 64-bit floats in Go's shortest form (`1234567` is
 * `1.234567e+06`), quotes stand only where they are needed. Origins stay: nothing a reader would call a change happens.
 */
export function toJsonForm(node: Node): void {
  switch (node.kind) {
    case 'map':
      for (const entry of node.entries) toJsonForm(entry.value);
      return;
    case 'sequence':
      for (const item of node.items) toJsonForm(item);
      return;
    case 'scalar':
      toJsonScalar(node);
  }
}

function toJsonScalar(node: ScalarNode): void {
  switch (node.tag) {
    case '!!null':
      setPlain(node, '!!null', 'null');
      return;
    case '!!bool':
      setPlain(node, '!!bool', node.value.toLowerCase());
      return;
    case '!!int':
    case '!!float': {
      const value = floatValue(node);
      // What has no JSON form stays as it is, and is refused when the object is printed.
      if (value === undefined || !Number.isFinite(value)) return;
      const text = formatG(value);
      setPlain(node, /^-?\d+$/.test(text) ? '!!int' : '!!float', text);
      return;
    }
    case '!!timestamp':
      node.tag = '!!str';
      node.value = formatTimestamp(node.value) ?? node.value;
  }
  node.style = styleOf(node.value);
}

function setPlain(node: ScalarNode, tag: string, value: string): void {
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
