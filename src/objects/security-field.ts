import type { View } from './view.ts';

/** A field of a container's security context, or the pod's if the container does not set it. */
export function securityField(context: View, ofPod: View, ...field: readonly string[]): View {
  const own = context.get(...field);
  const shared = ofPod.get(...field);
  return own.exists || !shared.exists ? own : shared;
}
