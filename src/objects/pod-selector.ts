import { type KubernetesObject, sameNamespace } from './kubernetes-object.ts';
import type { Present } from './view.ts';
import type { Workload } from './workload.ts';

/** An object that selects the pods of its namespace by their labels, such as a Service. */
export interface PodSelector {
  readonly object: KubernetesObject;
  readonly selector: ReadonlyMap<string, Present<string>>;
}

/** Whether an object selects the pods of a workload. */
export function selectsPods(by: PodSelector, { object, pod }: Workload): boolean {
  return sameNamespace(by.object.namespace.value, object.namespace.value) && selectsLabels(by, pod.labels);
}

/** Whether an object selects pods with these labels, if they are in its namespace. */
export function selectsLabels(
  { selector }: Pick<PodSelector, 'selector'>,
  labels: ReadonlyMap<string, Present<string>>,
): boolean {
  return [...selector].every(([key, { value }]) => labels.get(key)?.value === value);
}
