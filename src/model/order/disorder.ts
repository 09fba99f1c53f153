import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Job } from '../../objects/workload.ts';
import { isDatabase } from '../databases/database-server.ts';
import type { Migration } from '../migrations/migration.ts';
import { mayCheckSchema } from '../migrations/schema-check.ts';
import { findSelfMigrations } from '../migrations/self-migration.ts';
import { dependentsOf } from '../releases/dependents.ts';
import type { Service } from '../releases/release.ts';
import type { RootModel } from '../root-model.ts';
import { isHandedToKubectl, isResumedByScript, isStagedByScript } from '../scripts/scripted-apply.ts';
import { isHeldBack } from '../waiters/held-back.ts';
import { finishesBefore } from './apply-order.ts';
import { firstPhase } from './argo-phases.ts';

/** A service that its migration comes after, or may come after. */
export type Disorder =
  /** The Job is listed after the service. `isUnheld`: no init container holds the service's pods back. */
  | { readonly kind: 'listed late'; readonly service: Service; readonly isUnheld: boolean }
  /** It is listed before the service, but the build sorts by kind. */
  | { readonly kind: 'sorted late'; readonly service: Service }
  /** Argo CD applies both together, and nothing holds the pods back. `others`: the same goes for them. */
  | { readonly kind: 'same wave'; readonly service: Service; readonly others: readonly Service[] }
  /** Argo CD runs the Job only once the service is healthy, and nothing holds the pods back. */
  | { readonly kind: 'later phase'; readonly service: Service; readonly others: readonly Service[] };

/** Finds the first of the services that depend on a migration and come before it; preferably one that nothing holds back. */
export function findDisorder(model: RootModel, migration: Migration): Disorder | undefined {
  const found = model.kustomized ? compare(model, migration) : undefined;
  return found === undefined || isRunByScript(model, migration.job) ? undefined : found;
}

/** Whether a script decides when the Job runs. */
function isRunByScript(model: RootModel, job: Job): boolean {
  return isStagedByScript(model) || (job.suspend.value === true && isResumedByScript(model, job));
}

function compare(model: RootModel, migration: Migration): Disorder | undefined {
  const { object } = migration.job;
  const needy = dependentsOf(model.releases, migration).filter((service) => needsOrder(service, migration));
  const position = model.listed.indexOf(object);
  const isEarlier = ({ workload }: Service): boolean => model.listed.indexOf(workload.object) < position;
  // `wait-deadlock` reports a service that waits for a Job which comes after it.
  const [ahead, ...further] = isMeantToFollow(object)
    ? []
    : needy.filter(({ workload, waiters }) => waiters.length === 0 && finishesBefore(model, workload.object, object));
  if (ahead) {
    return isHandedToKubectl(model) && isEarlier(ahead)
      ? { kind: 'listed late', service: ahead, isUnheld: true }
      : { kind: 'later phase', service: ahead, others: further };
  }
  const ordered = needy.filter(({ workload }) => !isOrderedOtherwise(model, object, workload.object));
  const early = ordered.filter(isEarlier);
  const unheld = early.filter(({ waiters }) => waiters.length === 0);
  if (model.applier.kind === 'argocd') {
    const [service, ...others] = unheld.filter((each) => !isReportedMissing(model, each));
    return service && { kind: 'same wave', service, others };
  }
  const service = unheld[0] ?? early[0];
  if (service) return { kind: 'listed late', service, isUnheld: unheld.length > 0 };
  const [first] = ordered;
  const isSorted = model.applier.kind === 'kubectl' && model.order !== 'fifo';
  return first && isSorted ? { kind: 'sorted late', service: first } : undefined;
}

/**
 * Whether a service needs the migration to come first. `service-runs-migration` reports one that migrates in its own
 * pods, `wait-deadlock` a database that waits for its migration, and one that may check the schema itself is held back.
 */
function needsOrder(service: Service, migration: Migration): boolean {
  return (
    !isDatabase(service.workload) &&
    findSelfMigrations(service.workload).length === 0 &&
    (service.waiters.length > 0 || !mayCheckSchema(service, migration))
  );
}

/**
 * Whether the name says that the Job follows the service. In expand and contract, what the old code needs is dropped
 * last.
 */
export function isMeantToFollow({ name }: KubernetesObject): boolean {
  return /(^|[-.])(post|after|contract|cleanup|backfill)([-.]|$)/.test(name.value ?? '');
}

/** Whether `wait-missing` reports the service, which says it all if the list has no effect. */
function isReportedMissing(model: RootModel, service: Service): boolean {
  const dependency = service.dependsOn.find(({ how }) => how === 'environment');
  return dependency !== undefined && !isHeldBack(model, service, dependency);
}

/**
 * Whether hooks or waves of Argo CD and Helm order the two, whatever the list says, or keep the Job out of the sync. A
 * `Sync` hook does neither: it is applied with the other objects of its wave.
 */
function isOrderedOtherwise(model: RootModel, job: KubernetesObject, workload: KubernetesObject): boolean {
  const { kind } = model.applier;
  const isOutsideSync = kind !== 'flux' && kind !== 'kubectl' && Number.isNaN(firstPhase(job));
  return isOutsideSync || finishesBefore(model, job, workload) || finishesBefore(model, workload, job);
}
