import type { Node } from '../../source/node.ts';
import { splitFieldPath } from '../replacements/field-path.ts';
import { lookupField, PathProblem } from '../replacements/lookup-field.ts';

/**
 * Follows the `fieldPath` of a variable: a path as in the source of a replacement, where `ports[0]` may also stand for
 * `ports.0`. Undefined if it leads nowhere. Follows `GetFieldValue` of kyaml's RNode.
 */
export function lookUpPath(node: Node, path: string): Node | undefined {
  const steps = splitFieldPath(path).flatMap((step) => {
    const [, key = '', index] = /^(.*)\[(\d+)\]$/s.exec(step) ?? [];
    return index === undefined ? [step] : [key, index];
  });
  try {
    return lookupField(node, steps);
  } catch (error) {
    if (error instanceof PathProblem) return undefined;
    throw error;
  }
}
