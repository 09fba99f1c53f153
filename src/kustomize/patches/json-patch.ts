import { cloneNode, getField, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Related } from '../../source/related.ts';
import { BuildError } from '../problem.ts';
import { hasNotes, makeAnnotations } from '../resources/build-notes.ts';
import { lacksIdentity, type Resource } from '../resources/resource.ts';
import { formatId } from '../resources/resource-id.ts';
import type { BuildContext } from '../session/build-context.ts';
import { applyOperation } from './apply-operation.ts';
import { toJsonForm } from './json-form.ts';
import { readOperation } from './json-operation.ts';
import { stringifyMap } from './strategic-merge.ts';

/**
 * Applies the operations of a JSON patch to one resource. As in kustomize, the object goes through JSON, so numbers lose
 * precision beyond 53 bits, and all its annotations become strings.
 *
 * kustomize keeps its state in annotations, so `metadata.annotations` may exist for the patch even if the author wrote
 * none: an operation can then add `/metadata/annotations/x` without creating the map first.
 */
export function patchWithSteps(resource: Resource, steps: readonly Node[], context: BuildContext): void {
  // JSON has no shared nodes: labels that are one node in several places become separate.
  const node = cloneNode(resource.node);
  resource.node = node;
  const related = [{ at: originSpan(node.origin), note: `the object, ${formatId(resource.id)}` }];
  if (hasNotes(resource)) makeAnnotations(node);
  toJsonForm(node);
  for (const step of steps) {
    context.checkTime(originSpan(step.origin));
    applyOperation(node, readOperation(step), { related, growth: context.growth });
  }
  const metadata = getField(node, 'metadata');
  if (metadata?.kind === 'map') stringifyMap(metadata, 'annotations');
  refuseNameless(resource, steps, related);
}

/** kustomize fails only at the end of the build; failing here can name the patch. */
function refuseNameless(resource: Resource, steps: readonly Node[], related: readonly Related[]): void {
  if (!lacksIdentity(resource)) return;
  const [first] = steps;
  throw new BuildError(
    `this patch removes the object's ${resource.kind === '' ? '`kind`' : '`metadata.name`'}, without which it cannot be built`,
    originSpan((first ?? resource.node).origin),
    related,
  );
}
