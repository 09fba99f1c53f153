import { imageOf, isUtilityImage } from '../../objects/image.ts';
import type { Workload } from '../../objects/workload.ts';
import { servesDatabase } from '../databases/database-server.ts';

/** The kinds that keep pods running. */
export const serviceKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
]);

/** Whether a workload may be the service of a migration: it keeps pods running that are neither a database nor just tools. */
export function isService(workload: Workload): boolean {
  return serviceKinds.has(workload.object.kind) && !servesDatabase(workload) && !runsTools(workload);
}

/** Whether all containers run a utility image such as busybox, which uses no schema. */
function runsTools({ pod: { containers } }: Workload): boolean {
  return containers.length > 0 && containers.every((container) => isUtilityImage(imageOf(container).repository));
}
