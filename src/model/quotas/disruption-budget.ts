import type { Resource } from '../../kustomize/resources/resource.ts';
import { readObject } from '../../objects/kubernetes-object.ts';
import type { PodSelector } from '../../objects/pod-selector.ts';
import { type Field, View } from '../../objects/view.ts';

/** A PodDisruptionBudget whose size depends on how many pods there should be. */
export interface DisruptionBudget extends PodSelector {
  /** `maxUnavailable`, or a `minAvailable` in percent. */
  readonly amount: Field<string>;
}

/**
 * Reads a PodDisruptionBudget. Undefined for other objects, for one with a number as `minAvailable`, which needs no
 * count, and for one that selects with expressions.
 */
export function readDisruptionBudget(resource: Resource): DisruptionBudget | undefined {
  if (resource.kind !== 'PodDisruptionBudget' || !resource.apiVersion.startsWith('policy/')) return undefined;
  const spec = View.ofResource(resource).get('spec');
  const selector = spec.get('selector');
  if (!selector.exists || selector.get('matchExpressions').exists) return undefined;
  const [most, least] = [spec.get('maxUnavailable').text(), spec.get('minAvailable').text()];
  const amount = most.value === undefined ? least : most;
  const isCounted = most.value !== undefined || least.value?.endsWith('%') === true;
  return isCounted
    ? { object: readObject(resource), selector: selector.get('matchLabels').textMap(), amount }
    : undefined;
}
