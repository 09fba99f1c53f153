import { describeObject } from '../../objects/kubernetes-object.ts';
import type { WorkloadContainer } from '../../objects/workload.ts';
import type { Related } from '../../source/related.ts';
import { sameSpan } from '../../source/span.ts';
import { joinFew } from '../../text/join-few.ts';

/** The containers with one image, in a finding. */
export interface ImageRunners {
  /** ``Deployment `shop` and Job `shop-migration` run image `shop:v1` ``. */
  readonly clause: string;
  /** Whether they are of several workloads. */
  readonly areSeveral: boolean;
  /** Where those have the image from that do not have it from the same place as the first. */
  readonly elsewhere: readonly Related[];
}

/** Describes the containers that have the same image as the first one. */
export function describeRunners(first: WorkloadContainer, uses: readonly WorkloadContainer[]): ImageRunners {
  const { image } = first.container;
  const workloads = [...new Set(uses.map(({ workload }) => workload.object))];
  const areSeveral = workloads.length > 1;
  const others = uses.filter(({ container }) => !sameSpan(container.image.place.at, image.place.at));
  return {
    clause: `${joinFew(workloads.map(describeObject), 'workloads')} ${areSeveral ? 'run' : 'runs'} image \`${image.value}\``,
    areSeveral,
    elsewhere: others.map(({ workload, container }) => ({
      at: container.image.place.at,
      note: `${describeObject(workload.object)} has it from here`,
    })),
  };
}
