import type { MapEntry, Node } from '../node.ts';
import { jsonString } from './json-string.ts';
import { bareText, checkKeys, keyText, stringValue } from './json-value.ts';

export interface JsonOptions {
  /** Whether to escape `<`, `>` and `&` as `\u003c` and so on, as Go's encoding/json does by default. Default true. */
  readonly escapeHtml?: boolean;
}

/**
 * Formats a node as compact JSON with sorted keys, byte for byte as Go's encoding/json does in kustomize.
 * Throws a PrintError if JSON cannot hold it.
 */
export function toJson(node: Node, options: JsonOptions = {}): string {
  return write(node, options.escapeHtml ?? true, true);
}

function write(node: Node, escapeHtml: boolean, top: boolean): string {
  switch (node.kind) {
    case 'scalar': {
      const text = stringValue(node);
      return text === undefined ? bareText(node, 'json') : jsonString(text, escapeHtml);
    }
    case 'sequence':
      return `[${node.items.map((item) => write(item, escapeHtml, false)).join(',')}]`;
    case 'map': {
      checkKeys(node, top);
      const entries = [...node.entries].sort(byCodePoint);
      return `{${entries.map(({ key, value }) => `${jsonString(keyText(key), escapeHtml)}:${write(value, escapeHtml, false)}`).join(',')}}`;
    }
  }
}

/** Compares by code points, which is the order of UTF-8 bytes that Go uses. */
function byCodePoint(left: MapEntry, right: MapEntry): number {
  const a = left.key.value;
  const b = right.key.value;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}
