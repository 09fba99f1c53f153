import { type Node, withOrigin } from '../../source/node.ts';
import { type Origin, originSpan, type Step } from '../../source/origin.ts';

/**
 * Gives every key and value of a patch the origin that it has in a patched object: added by the patch, at its location
 * in the patch. A value that replaces another gets that one's origin as `input` when it does.
 */
export function markPatch(node: Node, by: Step): void {
  node.origin = patchedOrigin(by, node.origin, undefined);
  if (node.kind === 'sequence') for (const item of node.items) markPatch(item, by);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) {
    entry.key = withOrigin(entry.key, patchedOrigin(by, entry.key.origin, undefined));
    markPatch(entry.value, by);
  }
}

/** The origin of a value from a patch that replaces a value with the origin `input`. */
export function patchedOrigin(by: Step, from: Origin, input: Origin | undefined): Origin {
  return { kind: 'transformed', by, configuredIn: originSpan(from), input, from };
}
