import type { View } from './view.ts';

/** The init containers and containers in the `spec` of a pod. */
export function containerViews(pod: View): View[] {
  return ['initContainers', 'containers'].flatMap((list) => pod.get(list).items());
}

/** The `name` of an item; empty if it has none. */
export function nameOf(item: View): string {
  return item.get('name').text().value ?? '';
}
