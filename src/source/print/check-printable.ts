import { bareText, checkKeys, keyText, stringValue } from '../json/json-value.ts';
import type { Node } from '../node.ts';
import { PrintError } from './print-error.ts';
import { readBack } from './read-back.ts';

/**
 * The first error that `printYaml` would throw for an object, found without printing it; undefined if there is none.
 */
export function findPrintError(node: Node): PrintError | undefined {
  try {
    check(node, true);
    return undefined;
  } catch (error) {
    if (error instanceof PrintError) return error;
    throw error;
  }
}

function check(node: Node, top: boolean): void {
  switch (node.kind) {
    case 'scalar': {
      const text = stringValue(node);
      if (text === undefined) bareText(node, 'yaml');
      else readBack(node, text, false);
      return;
    }
    case 'sequence':
      for (const item of node.items) check(item, false);
      return;
    case 'map':
      checkKeys(node, top);
      for (const { key, value } of node.entries) {
        readBack(key, keyText(key), true);
        check(value, false);
      }
  }
}
