import { oncePer } from '../../collections/once.ts';
import { containerViews } from '../../objects/container-views.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { allContainers, type Workload } from '../../objects/workload.ts';
import { findMissingSources } from '../environment/missing-source.ts';
import { migratingContainer } from '../migrations/migration.ts';
import { concernedWorkloads, concernsMigrations } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { type FieldFault, findFieldFaults, isOfValue } from './field-fault.ts';
import { configName } from './field-formats.ts';
import { isSound } from './is-sound.ts';
import { findQuotedInWorkload } from './quoted.ts';
import type { StandardObject } from './standard-object.ts';
import { findUnquotedInWorkload } from './unquoted.ts';

/** A fault in a field of an object. */
export interface FaultInObject {
  readonly object: KubernetesObject;
  readonly fault: FieldFault;
}

/**
 * The faults in the fields of the objects of a root with a migration, and of Jobs that cannot be read. Left out are those
 * that rules for migration Jobs, `value-unquoted` and `secret-encoding` report. Two rules ask for them.
 */
export const findReleaseFaults = oncePer((model: RootModel): FaultInObject[] => [
  ...judgedObjects(model).flatMap((standard) => faultsIn(standard.object, faultsOf(standard, model))),
  ...[...concernedWorkloads(model)].flatMap((workload) => faultsIn(workload.object, faultsOfRollout(workload))),
]);

function faultsIn(object: KubernetesObject, faults: readonly FieldFault[]): FaultInObject[] {
  return faults.map((fault) => ({ object, fault }));
}

/** The objects of a root with a migration, also one with a generated name. A Job whose command cannot be read may be one. */
export function judgedObjects(model: RootModel): readonly StandardObject[] {
  if (concernsMigrations(model) || model.unnamedMigrations.length > 0) return model.standardObjects();
  return model.jobs.filter((job) => !hasCommands(job)).map(({ object, view }) => ({ object, type: 'Job', view }));
}

function hasCommands({ pod: { containers } }: Workload): boolean {
  return containers.length > 0 && containers.every(({ commandText }) => commandText.value === undefined);
}

function faultsOf(standard: StandardObject, model: RootModel): FieldFault[] {
  if (isSound(standard)) return [];
  const { object, type, view } = standard;
  const faults = findFieldFaults(view, type);
  const reported = reportedPaths(object, model);
  const judged = model.migrations.some(({ job }) => job.object === object) ? judgedFields : new Set();
  return faults.filter((fault) => {
    const { path } = fault.view;
    if (!isOfValue(fault)) return !reported.has(path);
    // The ConfigMap or Secret itself is reported, if it has this name.
    const isOwnName = fault.format === configName && model.config.some(({ name }) => name === fault.text);
    return !reported.has(path) && !judged.has(path) && !isOwnName;
  });
}

/** The fields of a migration Job that rules of their own judge, whatever text they hold. */
const judgedFields: ReadonlySet<string> = new Set([
  'metadata.name',
  'spec.backoffLimit',
  'spec.template.spec.restartPolicy',
]);

/** Argo Rollouts declares the fields of containers as Kubernetes does, and checks later which of them are there. */
function faultsOfRollout({ object, pod }: Workload): FieldFault[] {
  if (object.kind !== 'Rollout') return [];
  return containerViews(pod.view)
    .flatMap((container) => findFieldFaults(container, 'Container'))
    .filter(({ kind }) => kind === 'shape');
}

/** The paths of the values of an object that other rules report. */
function reportedPaths(object: KubernetesObject, model: RootModel): ReadonlySet<string> {
  const workload = [...concernedWorkloads(model)].find((each) => each.object === object);
  const config = model.config.find(
    (each) => each.object.kind === object.kind && each.object.name.value === object.name.value,
  );
  return new Set([
    ...(workload === undefined ? [] : pathsInWorkload(workload, model)),
    ...commandTexts(object, model),
    ...(config === undefined ? [] : [...config.unquoted(), ...config.notBase64()].map(({ path }) => path)),
  ]);
}

function pathsInWorkload(workload: Workload, model: RootModel): string[] {
  return [
    ...[...findQuotedInWorkload(workload), ...findUnquotedInWorkload(workload)].map(({ path }) => path),
    ...findMissingSources(model, workload, allContainers(workload.pod)).map(({ field }) => field.path),
  ];
}

/** The command of a migration Job if it is a text. */
function commandTexts(object: KubernetesObject, { migrations }: RootModel): string[] {
  const migration = migrations.find(({ job }) => job.object === object);
  const command = migration && migratingContainer(migration)?.commandText.path;
  return command === undefined ? [] : [command];
}
