import { changeOrigins, type Node } from '../../source/node.ts';
import { type Origin, originSpan, type Step } from '../../source/origin.ts';

/**
 * Gives every key and value of a patch the origin that it has in a patched object: added by the patch, at its location
 * in the patch. A value that replaces another gets that one's origin as `input` when it does.
 */
export function markPatch(node: Node, by: Step): void {
  changeOrigins(node, (origin) => patchedOrigin(by, origin, undefined));
}

/** The origin of a value from a patch that replaces a value with the origin `input`. */
export function patchedOrigin(by: Step, from: Origin, input: Origin | undefined): Origin {
  return { kind: 'transformed', by, configuredIn: originSpan(from), input, from };
}
