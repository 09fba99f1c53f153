import type { Resource } from '../../kustomize/resource.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { type Present, View } from './view.ts';

/** An object of kind Service that selects pods. */
export interface ServiceObject {
  readonly object: KubernetesObject;
  /** The labels that it selects pods by; never empty. */
  readonly selector: ReadonlyMap<string, Present<string>>;
  /** Whether one of its ports targets a number (`targetPort: 8080`, or none), which pods need not declare. */
  readonly hasNumberedPort: boolean;
}

/** Reads a Service. Undefined for other objects, and for Services without a selector, whose endpoints are managed elsewhere. */
export function readServiceObject(resource: Resource, object: KubernetesObject): ServiceObject | undefined {
  if (resource.kind !== 'Service' || resource.apiVersion !== 'v1') return undefined;
  const spec = View.ofResource(resource).get('spec');
  const selector = spec.get('selector').textMap();
  if (selector.size === 0 || spec.get('type').text().value === 'ExternalName') return undefined;
  const targets = spec
    .get('ports')
    .items()
    .map((port) => port.get('targetPort').text().value);
  return { object, selector, hasNumberedPort: targets.some((target) => target === undefined || /^\d+$/.test(target)) };
}
