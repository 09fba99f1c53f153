import type { Resource } from '../kustomize/resources/resource.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { PodSelector } from './pod-selector.ts';
import { View } from './view.ts';

/** An object of kind Service that selects pods. */
export interface ServiceObject extends PodSelector {
  /** The ports of the pods that it leads to; undefined for a port by name, which leads only to pods that declare it. */
  readonly targetPorts: readonly (number | undefined)[];
}

/**
 * Reads a Service. Undefined for other objects, and for Services without a selector, whose endpoints are managed
 * elsewhere.
 */
export function readServiceObject(resource: Resource, object: KubernetesObject): ServiceObject | undefined {
  if (resource.kind !== 'Service' || resource.apiVersion !== 'v1') return undefined;
  const spec = View.ofResource(resource).get('spec');
  const selector = spec.get('selector').textMap();
  if (selector.size === 0 || spec.get('type').text().value === 'ExternalName') return undefined;
  const targetPorts = spec
    .get('ports')
    .items()
    .map((port) => (port.get('targetPort').exists ? port.get('targetPort') : port.get('port')).number().value);
  return { object, selector, targetPorts };
}
