import type { MapNode, ScalarNode } from '../node.ts';
import { PrintError } from '../print/print-error.ts';
import { refold } from '../print/refold.ts';
import { canBeBlock } from '../print/write-block.ts';
import { floatValue, formatInteger, formatJsonFloat, formatYamlFloat } from '../scalars/go-number.ts';
import { resolveScalar } from '../scalars/resolve-scalar.ts';
import { formatTimestamp } from '../scalars/timestamp.ts';

/**
 * The text of a scalar that is a string in JSON, to which kustomize converts objects before it prints them; undefined
 * for a number, boolean or null, which {@link bareText} formats.
 */
export function stringValue(node: ScalarNode): string | undefined {
  switch (node.tag) {
    case '!!str':
      return rewritten(node);
    case '!!int':
    case '!!float':
    case '!!bool':
      return undefined;
    case '!!null':
      // An omitted value in a flow collection: kustomize writes it as '' and reads it again.
      return node.style === 'single' && node.value === '' ? '' : undefined;
    case '!!timestamp': {
      const time = formatTimestamp(node.value);
      if (time === undefined) throw mistyped(node);
      if (/[-+]24:/.test(time)) throw new PrintError('the time zone offset of this time is a day or more', node.origin);
      return time;
    }
    case '!!binary':
      return decodeBinary(node);
    default:
      return rewritten(node);
  }
}

/** The text of a key. Unlike a value, a key in block style is rewritten only if it has several lines. */
export function keyText(key: ScalarNode): string {
  const { value, style } = key;
  return (style === 'literal' || style === 'folded') && value.includes('\n') ? rewritten(key) : value;
}

/**
 * The text of a number, boolean or null in JSON, or in printed YAML. Throws a PrintError if it does not match its tag.
 */
export function bareText(node: ScalarNode, form: 'json' | 'yaml'): string {
  const { value } = node;
  switch (node.tag) {
    case '!!int': {
      const text = formatInteger(value);
      if (text === undefined) throw mistyped(node);
      return text;
    }
    case '!!float': {
      const number = floatValue(node);
      if (number === undefined) throw mistyped(node);
      if (!Number.isFinite(number)) throw new PrintError(`${value} has no JSON form; quote it`, node.origin);
      return form === 'json' ? formatJsonFloat(number) : formatYamlFloat(number);
    }
    case '!!bool':
      if (resolveScalar(value) !== '!!bool') throw mistyped(node);
      return value.toLowerCase();
    default:
      if (resolveScalar(value) !== '!!null') throw mistyped(node);
      return 'null';
  }
}

/**
 * The text of a string after kustomize has written it, possibly as a block, and read it again. Throws a PrintError for a
 * block that starts with a tab, which go-yaml writes but cannot read.
 */
function rewritten(node: ScalarNode): string {
  const { value, style } = node;
  if (style === 'double' || style === 'single' || (style === 'plain' && !value.includes('\n'))) return value;
  if (value.startsWith('\t') && canBeBlock(value)) {
    throw new PrintError('a text of several lines that starts with a tab cannot be printed', node.origin);
  }
  return style === 'folded' ? refold(value) : value;
}

function mistyped(node: ScalarNode): PrintError {
  return new PrintError(`${node.value} cannot be read as ${node.tag}`, node.origin);
}

function decodeBinary(node: ScalarNode): string {
  const text = node.value.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new PrintError('a !!binary value must be base64', node.origin);
  }
  return Buffer.from(text, 'base64').toString('utf8');
}

/**
 * Throws a PrintError for a map that JSON cannot hold: with a repeated key (also `1` and `"1"`), or one that is not a
 * string. At the top level of an object, numbers and booleans are allowed as keys.
 */
export function checkKeys(map: MapNode, top: boolean): void {
  const { entries } = map;
  for (let i = 0; i < entries.length; i++) {
    const key = entries[i]?.key;
    if (key === undefined) continue;
    if (key.tag !== '!!str') checkKeyType(key, top);
    if (entries.length > 16) continue;
    for (let j = 0; j < i; j++) {
      if (entries[j]?.key.value === key.value) throw duplicate(key);
    }
  }
  if (entries.length > 16) checkManyKeys(map);
}

function checkManyKeys(map: MapNode): void {
  const seen = new Set<string>();
  for (const { key } of map.entries) {
    if (seen.has(key.value)) throw duplicate(key);
    seen.add(key.value);
  }
}

function duplicate(key: ScalarNode): PrintError {
  return new PrintError(`the key ${key.value} is repeated in this map; remove one`, key.origin);
}

function checkKeyType(key: ScalarNode, top: boolean): void {
  if (key.tag === '!!merge') return;
  if (key.tag === '!!map' || key.tag === '!!seq') {
    const hint = key.value.startsWith('{') ? '; quote the value if it is a template' : '';
    throw new PrintError(`a collection cannot be a key${hint}`, key.origin);
  }
  if (key.tag === '!!null' && key.style === 'single') return;
  if (top && key.tag !== '!!binary' && key.tag !== '!!null') {
    if (stringValue(key) === undefined) bareText(key, 'json');
    return;
  }
  throw new PrintError(`the key ${key.value || 'null'} is not a string; quote it`, key.origin);
}
