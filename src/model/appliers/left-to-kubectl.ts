import { forceSettings } from '../../flux/force.ts';
import type { Job } from '../../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { isHandedToKubectl } from '../scripts/scripted-apply.ts';
import { findMissedForce } from './missed-force.ts';

/**
 * Whether only annotations for Argo CD or Flux say who applies the tree, while a script hands it to kubectl. Not if
 * somebody asked Flux to recreate the Job.
 */
export function isLeftToKubectl(model: RootModel, job: Job): boolean {
  const { kind } = model.applier;
  if (kind !== 'argocd' && kind !== 'flux') return false;
  const isForced = kind === 'flux' && (forceSettings(job.object).length > 0 || findMissedForce(job) !== undefined);
  return !isForced && isHandedToKubectl(model);
}
