import { type MapNode, type Node, plainNode, type ScalarNode, type ScalarTag } from '../../source/node.ts';
import { type Origin, originSpan, type Step, type TransformedOrigin } from '../../source/origin.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import type { Span } from '../../source/span.ts';

/** A step that changes values, and the location of its configuration. */
export interface Change {
  readonly by: Step;
  readonly configuredIn: Span;
  /** Where the new value comes from. */
  readonly from?: Origin;
}

/** The change that is configured by a node of a kustomization file, which also provides the new value. */
export function changeConfiguredBy(node: Node, by: Step): Change {
  return { by, configuredIn: originSpan(node.origin), from: node.origin };
}

/** The origin of a value that a change has made from `input`, or has added. */
export function changedOrigin(change: Change, input?: Origin): TransformedOrigin {
  const { by, configuredIn, from } = change;
  return { kind: 'transformed', by, configuredIn, input, ...(from === undefined ? {} : { from }) };
}

/**
 * Changes a scalar's text in place. Keeps the style, and a quoted scalar stays a string. A plain one gets a type, by
 * default the one that YAML resolves: the prefix `1` turns the name `e3` into a number, as in kustomize.
 */
export function changeText(
  node: ScalarNode,
  text: string,
  change: Change,
  type: ScalarTag = resolveScalar(text),
): void {
  const tag = node.style === 'plain' ? type : '!!str';
  if (text === node.value && tag === node.tag && wasChangedBy(node, change)) return;
  node.value = text;
  node.tag = tag;
  node.origin = changedOrigin(change, node.origin);
}

/**
 * Whether this step has changed the node before: through another field spec, or in another place that shares the node.
 */
function wasChangedBy({ origin }: ScalarNode, { by, configuredIn }: Change): boolean {
  return origin.kind === 'transformed' && origin.by === by && origin.configuredIn === configuredIn;
}

/** Adds an entry to a map. Its key is plain, and so of the type that YAML resolves. */
export function addEntry(map: MapNode, key: string, value: Node, change: Change): void {
  map.entries.push({ key: plainNode(key, changedOrigin(change)), value });
}
