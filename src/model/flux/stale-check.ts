import type { FluxKustomization } from '../../flux/flux-kustomization.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Job } from '../../objects/workload.ts';
import type { Migration } from '../migrations/migration.ts';
import type { RootModel } from '../root-model.ts';

/** A health check of a Job that a Flux Kustomization applies under another name. */
export interface StaleCheck {
  readonly check: FluxKustomization['healthChecks'][number];
  /** The migration that was meant. */
  readonly migration: Migration;
}

/** Finds these checks. With `wait: true` Flux checks what it applies and ignores the list. */
export function findStaleChecks(own: FluxKustomization, model: RootModel): StaleCheck[] {
  if (own.wait.value === true || !model.complete) return [];
  return own.healthChecks.flatMap((check) => {
    const migration = check.kind.value === 'Job' ? findMeant(check, model) : undefined;
    return migration === undefined ? [] : [{ check, migration }];
  });
}

/** The migration in the namespace of a check, unless a Job of the checked name is applied, here or by another Kustomization. */
function findMeant({ name, namespace }: StaleCheck['check'], model: RootModel): Migration | undefined {
  const wanted = name.value;
  if (wanted === undefined || isSymbolic(wanted)) return undefined;
  const mayBeWanted = ({ object }: Job): boolean => isSymbolic(object.name.value ?? '') || object.name.value === wanted;
  if (model.jobs.some(mayBeWanted)) return undefined;
  if (model.fluxNeighbours.some(({ migrations }) => migrations.some(({ job }) => mayBeWanted(job)))) return undefined;
  return model.migrations.find(({ job: { object } }) => sameNamespace(object.namespace.value, namespace.value));
}
