import { containerViews } from '../../objects/container-views.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import type { Amount, Quota } from './quota.ts';

/** A container without the values that a quota of its namespace counts. */
export interface QuotaGap {
  readonly quota: Quota;
  readonly container: View;
  readonly missing: readonly Amount[];
}

/**
 * Why the quotas of its namespace refuse the pods of a workload: the first container that lacks a value. None if no
 * other workload there has all of them: a LimitRange outside the tree then probably gives them.
 */
export function findQuotaGap(model: RootModel, workload: Workload): QuotaGap | undefined {
  const namespace = workload.object.namespace.value;
  const isHere = (other: string | undefined): boolean => sameNamespace(other, namespace);
  for (const quota of model.quotas().filter(({ object }) => isHere(object.namespace.value))) {
    const given = new Set(
      model
        .defaults()
        .filter((defaults) => isHere(defaults.namespace))
        .flatMap(({ gives }) => [...gives]),
    );
    const required = [...quota.counts.keys()].filter((amount) => !given.has(amount));
    const gap = gapOf(workload, required);
    if (gap === undefined) continue;
    const others = model.workloads.filter((other) => other !== workload && isHere(other.object.namespace.value));
    if (others.some((other) => gapOf(other, required) === undefined)) return { quota, ...gap };
  }
  return undefined;
}

function gapOf({ pod: { view } }: Workload, required: readonly Amount[]): Omit<QuotaGap, 'quota'> | undefined {
  // Values of the whole pod count for its containers.
  if (view.get('resources').exists) return undefined;
  for (const container of containerViews(view)) {
    const missing = required.filter((amount) => !states(container, amount));
    if (missing.length > 0) return { container, missing };
  }
  return undefined;
}

/** Whether a container states a value; a limit is also its request. */
function states(container: View, amount: Amount): boolean {
  const [field = '', kind = ''] = amount.split('.');
  const resources = container.get('resources');
  return resources.get(field, kind).exists || (field === 'requests' && resources.get('limits', kind).exists);
}
