import { forceKey } from '../../flux/force.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { editDistance } from '../../text/edit-distance.ts';

/** An annotation or label that was meant to make Flux recreate an object, and that Flux does not read. */
export interface MissedForce {
  readonly key: string;
  /** Its value. */
  readonly view: View;
  /** Whether it is on the pod template instead of the object. */
  readonly isOnTemplate: boolean;
}

/** Finds a misspelt force setting of a workload, or one on its pod template. */
export function findMissedForce({ view }: Workload): MissedForce | undefined {
  const own = entriesOf(view.get('metadata')).find(([key]) => isSlip(key));
  if (own) return { key: own[0], view: own[1], isOnTemplate: false };
  const template = entriesOf(view.get('spec', 'template', 'metadata')).find(([key]) => key === forceKey || isSlip(key));
  return template && { key: template[0], view: template[1], isOnTemplate: true };
}

function entriesOf(metadata: View): (readonly [key: string, view: View])[] {
  return ['annotations', 'labels'].flatMap((map) => metadata.get(map).entries());
}

/** Whether a key is a typo or two away from the one that Flux reads, or has `force` behind another domain of Flux. */
function isSlip(key: string): boolean {
  return editDistance(key, forceKey) <= 2 || (/^[\w.-]+\/force$/i.test(key) && /flux|kustomi[sz]/i.test(key));
}
