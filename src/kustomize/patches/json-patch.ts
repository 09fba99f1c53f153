import { cloneNode, emptyMap, findEntry, getField, type Node, setField, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Related } from '../../source/related.ts';
import type { Growth } from '../growth.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resource.ts';
import { formatId } from '../resource-id.ts';
import { applyOperation } from './apply-operation.ts';
import { toJsonForm } from './json-form.ts';
import { readOperation } from './json-operation.ts';
import { stringifyMap } from './strategic-merge.ts';

/**
 * Applies the steps of a JSON patch to one resource. The object goes through JSON, so numbers lose precision beyond 53
 * bits, and afterwards kustomize writes its annotations anew, as texts.
 *
 * Where kustomize keeps notes on a resource it keeps them in annotations, so that `metadata.annotations` exists for the
 * patch even where nobody wrote any: a step may add `/metadata/annotations/x` without making the map first.
 */
export function patchWithSteps(resource: Resource, steps: readonly Node[], growth: Growth): void {
  // Through JSON every value comes out on its own: labels that were one node in several places are that no more.
  const node = cloneNode(resource.node);
  resource.node = node;
  const related = [{ at: originSpan(node.origin), note: `the object, ${formatId(resource.id)}` }];
  if (hasNotes(resource)) makeAnnotations(resource);
  toJsonForm(node);
  for (const step of steps) applyOperation(node, readOperation(step), { related, growth });
  const metadata = getField(node, 'metadata');
  if (metadata?.kind === 'map') stringifyMap(metadata, 'annotations');
  refuseNameless(resource, steps, related);
}

/** kustomize says so only at the very end, when nobody can tell any more which patch it was. */
function refuseNameless({ kind, name, node }: Resource, steps: readonly Node[], related: readonly Related[]): void {
  if (kind !== '' && (name !== '' || kind.endsWith('List'))) return;
  const [first] = steps;
  throw new BuildError(
    `this patch takes the object's ${kind === '' ? '`kind`' : '`metadata.name`'} away, without which it cannot be built`,
    originSpan((first ?? node).origin),
    related,
  );
}

function hasNotes(resource: Resource): boolean {
  return (
    resource.previousIds.length > 0 ||
    resource.prefixes.length > 0 ||
    resource.suffixes.length > 0 ||
    resource.referredBy.length > 0 ||
    resource.needsHash ||
    resource.behavior !== 'unspecified'
  );
}

function makeAnnotations({ node }: Resource): void {
  const metadata = getField(node, 'metadata');
  if (metadata?.kind !== 'map') return;
  const entry = findEntry(metadata, 'annotations');
  if (entry?.value.kind === 'map') return;
  const { origin } = entry?.value ?? metadata;
  setField(metadata, stringNode('annotations', origin), emptyMap(origin));
}
