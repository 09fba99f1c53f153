import type { Related } from '../source/related.ts';
import { sameSpan } from '../source/span.ts';
import { describeObject, type KubernetesObject, sameNamespace } from './kubernetes-object.ts';
import { historyOf } from './place.ts';
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

/** A label by which an object selects pods. */
export interface SelectingLabel {
  readonly key: string;
  /** As the pods have it. */
  readonly label: Present<string>;
  /** The history of the label, and where the object selects by it. */
  readonly related: readonly Related[];
}

/** The first label by which an object selects the pods of a workload; undefined if it selects all pods. */
export function findSelectingLabel({ object, selector }: PodSelector, { pod }: Workload): SelectingLabel | undefined {
  const [first] = selector;
  if (first === undefined) return undefined;
  const [key, selected] = first;
  const label = pod.labels.get(key) ?? selected;
  const by = { at: selected.place.at, note: `${describeObject(object)} selects by it here` };
  // Both may get it from the same line.
  const isOnePlace = sameSpan(selected.place.at, label.place.at);
  return { key, label, related: [...historyOf(label.place, 'label'), ...(isOnePlace ? [] : [by])] };
}
