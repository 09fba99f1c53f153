import { containerViews } from '../../objects/container-views.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Workload } from '../../objects/workload.ts';
import { migratingContainer } from '../migrations/migration.ts';
import { concernedWorkloads, concernsMigrations } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { type FieldFault, findFieldFaults } from './field-fault.ts';
import { isSound } from './is-sound.ts';
import { typeOf } from './kubernetes-fields.ts';
import { findQuotedInWorkload } from './quoted.ts';
import { findUnquotedInWorkload } from './unquoted.ts';

/** An object with its faults, of which it has at least one. */
export interface FaultyObject {
  readonly object: KubernetesObject;
  readonly faults: readonly FieldFault[];
}

/**
 * The faults in the fields of the workloads of a root with a migration, and of its accounts, roles and bindings. Left out
 * are those that `value-unquoted` and `job-command` report.
 */
export function findReleaseFaults(model: RootModel): FaultyObject[] {
  if (!concernsMigrations(model)) return [];
  const { roles, bindings, accounts } = model.access;
  // A workload without a container that can be read belongs to no release.
  const unread = model.workloads.filter(({ pod }) => pod.containers.length === 0);
  const workloads = [...new Set([...concernedWorkloads(model), ...unread])];
  return [
    ...workloads.filter(isUnsound).map((workload) => ({
      object: workload.object,
      faults: faultsOfWorkload(model, workload),
    })),
    ...[...roles, ...bindings, ...accounts].filter(isUnsound).map(({ object, view }) => ({
      object,
      faults: findFieldFaults(view, object.kind),
    })),
  ].filter(({ faults }) => faults.length > 0);
}

function isUnsound(part: Pick<Workload, 'object' | 'view'>): boolean {
  return !isSound(part);
}

function faultsOfWorkload(model: RootModel, workload: Workload): FieldFault[] {
  const { object, view } = workload;
  const kind = typeOf(object);
  const faults = kind === undefined ? faultsOfRollout(workload) : findFieldFaults(view, kind);
  if (faults.length === 0) return faults;
  const reported = new Set([
    ...[...findQuotedInWorkload(workload), ...findUnquotedInWorkload(workload)].map(({ path }) => path),
    ...commandTexts(model, workload),
  ]);
  return faults.filter((fault) => !reported.has(fault.view.path));
}

/** Argo Rollouts declares the fields of containers as Kubernetes does, and checks later which of them are there. */
function faultsOfRollout({ object, pod }: Workload): FieldFault[] {
  if (object.kind !== 'Rollout') return [];
  return containerViews(pod.view)
    .flatMap((container) => findFieldFaults(container, 'Container'))
    .filter(({ kind }) => kind === 'shape');
}

/** The commands of a migration Job that are texts. */
function commandTexts({ migrations }: RootModel, workload: Workload): string[] {
  return migrations.flatMap((migration) => {
    const container = migration.job === workload ? migratingContainer(migration) : undefined;
    return container === undefined ? [] : container.commandText.path;
  });
}
