import type { Resource } from '../../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject } from '../../objects/kubernetes-object.ts';
import { type Present, View } from '../../objects/view.ts';

/** A value that a quota makes every container state. */
export type Amount = `${'requests' | 'limits'}.${'cpu' | 'memory'}`;

/** A ResourceQuota that counts what all pods of its namespace request or are limited to. */
export interface Quota {
  readonly object: KubernetesObject;
  /** What it counts, with the places of its limits. */
  readonly counts: ReadonlyMap<Amount, Present<string>>;
}

/** The values that the LimitRanges of a namespace give to containers without them. */
export interface Defaults {
  readonly namespace: string | undefined;
  readonly gives: ReadonlySet<Amount>;
}

/** Reads a ResourceQuota; undefined for other objects, for one that counts neither CPU nor memory, and for one for some pods. */
export function readQuota(resource: Resource): Quota | undefined {
  if (resource.kind !== 'ResourceQuota' || resource.apiVersion !== 'v1') return undefined;
  const spec = View.ofResource(resource).get('spec');
  if (spec.get('scopes').exists || spec.get('scopeSelector').exists) return undefined;
  const counts = new Map<Amount, Present<string>>();
  for (const [key, value] of spec.get('hard').textMap()) {
    const amount = amounts[key];
    if (amount !== undefined) counts.set(amount, value);
  }
  return counts.size === 0 ? undefined : { object: readObject(resource), counts };
}

/** `cpu` and `memory` alone mean the requests. */
const amounts: Readonly<Record<string, Amount>> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'requests.cpu': 'requests.cpu',
  'requests.memory': 'requests.memory',
  'limits.cpu': 'limits.cpu',
  'limits.memory': 'limits.memory',
};

/**
 * Reads what a LimitRange gives to containers; undefined for other objects. As the API server completes it: a maximum is
 * also the default limit, and a default limit or a minimum also the default request.
 */
export function readDefaults(resource: Resource): Defaults | undefined {
  if (resource.kind !== 'LimitRange' || resource.apiVersion !== 'v1') return undefined;
  const gives = new Set<Amount>();
  for (const item of View.ofResource(resource).get('spec', 'limits').items()) {
    if (item.get('type').text().value !== 'Container') continue;
    for (const kind of ['cpu', 'memory'] as const) {
      const has = (field: string): boolean => item.get(field, kind).exists;
      const isLimited = has('default') || has('max');
      if (isLimited) gives.add(`limits.${kind}`);
      if (isLimited || has('defaultRequest') || has('min')) gives.add(`requests.${kind}`);
    }
  }
  return { namespace: readObject(resource).namespace.value, gives };
}
