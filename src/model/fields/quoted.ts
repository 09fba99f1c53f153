import { containerViews } from '../../objects/container-views.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';

/** The texts of a workload, its pod template and containers that hold a number or boolean, which these fields must be. */
export function findQuotedInWorkload({ view }: Workload): View[] {
  const spec = view.get('spec');
  const pod = spec.get('template', 'spec');
  const containers = containerViews(pod);
  return [
    ...specFields.map((field) => spec.get(field)),
    ...podFields.map((field) => pod.get(field)),
    ...containers.flatMap((container) => [
      ...container
        .get('ports')
        .items()
        .map((port) => port.get('containerPort')),
      ...[...container.get('env').items(), ...container.get('envFrom').items()].flatMap(optionalOf),
    ]),
  ].filter(({ isQuoted }) => isQuoted);
}

function optionalOf(entry: View): View[] {
  const sources = [entry, entry.get('valueFrom')].flatMap((each) => each.entries().map(([, source]) => source));
  return sources.map((source) => source.get('optional'));
}

/** The numbers and booleans in the specs of the kinds that are workloads. */
const specFields = [
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
];

const podFields = [
  'activeDeadlineSeconds',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'hostNetwork',
  'hostPID',
  'hostUsers',
  'priority',
  'shareProcessNamespace',
  'terminationGracePeriodSeconds',
];
