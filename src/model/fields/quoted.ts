import { containerViews } from '../../objects/container-views.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { isSound } from './is-sound.ts';

/** The texts of a workload, its pod template and containers that hold a number or boolean, which these fields must be. */
export function findQuotedInWorkload(workload: Workload): View[] {
  if (isSound(workload)) return [];
  const { view } = workload;
  const spec = view.get('spec');
  const pod = spec.get('template', 'spec');
  const containers = containerViews(pod);
  return [
    ...spec.quoted(specFields),
    ...pod.quoted(podFields),
    ...containers.flatMap((container) =>
      ['ports', 'env', 'envFrom'].flatMap((list) => container.get(list).items().flatMap(quotedInItem)),
    ),
  ];
}

/** A port's number, and `optional` of what a variable or import refers to. */
function quotedInItem(item: View): View[] {
  return [...item.quoted(portFields), ...referencesOf(item).flatMap((reference) => reference.quoted(referenceFields))];
}

function referencesOf(item: View): View[] {
  return item.keys().flatMap((key) => {
    if (key === 'valueFrom') return referencesOf(item.get(key));
    return key.endsWith('Ref') ? [item.get(key)] : [];
  });
}

const portFields = new Set(['containerPort']);

const referenceFields = new Set(['optional']);

/** The numbers and booleans in the specs of the kinds that are workloads. */
const specFields = new Set([
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'completions',
  'manualSelector',
  'maxFailedIndexes',
  'minReadySeconds',
  'parallelism',
  'paused',
  'progressDeadlineSeconds',
  'replicas',
  'revisionHistoryLimit',
  'suspend',
  'ttlSecondsAfterFinished',
]);

const podFields = new Set([
  'activeDeadlineSeconds',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'hostNetwork',
  'hostPID',
  'hostUsers',
  'priority',
  'shareProcessNamespace',
  'terminationGracePeriodSeconds',
]);
