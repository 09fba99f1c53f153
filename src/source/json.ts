import { bareText, checkKeys, stringValue } from './json-value.ts';
import type { MapEntry, Node } from './node.ts';

export interface JsonOptions {
  /** Writes `<`, `>` and `&` as `\u003c` and so on, as Go's encoding/json does unless told otherwise. Default true. */
  readonly escapeHtml?: boolean;
}

/**
 * Compact JSON with sorted keys, byte for byte as Go's encoding/json writes what kustomize reads from the node.
 * @throws PrintError where there is no JSON for it, as when printing
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
      return `{${entries.map(({ key, value }) => `${jsonString(key.value, escapeHtml)}:${write(value, escapeHtml, false)}`).join(',')}}`;
    }
  }
}

/** Go sorts by UTF-8 bytes, which is the order of code points. */
function byCodePoint(left: MapEntry, right: MapEntry): number {
  const a = left.key.value;
  const b = right.key.value;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A string as encoding/json writes it: like JSON.stringify, but for HTML, line separators and lone surrogates. */
export function jsonString(text: string, escapeHtml = true): string {
  const json = JSON.stringify(text.replace(LONE_SURROGATE, '\ufffd')).replace(/[\u2028\u2029]/g, escapeUnit);
  return escapeHtml ? json.replace(/[<>&]/g, escapeUnit) : json;
}

function escapeUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
