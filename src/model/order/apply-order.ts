import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';
import type { RootModel } from '../root-model.ts';
import { firstPhase, hookOf, hookPhases, isInEarlierPhase, syncWave, waveOf } from './argo-phases.ts';
import { adviseKappRule, ruleInKapp } from './kapp.ts';

/**
 * Whether Argo CD waits until one object is done or healthy before it applies another, because of their phases or waves,
 * or kapp, because of its change rules.
 */
export function finishesBefore({ applier }: RootModel, first: KubernetesObject, second: KubernetesObject): boolean {
  if (applier.kind === 'flux' || applier.kind === 'kubectl') return false;
  if (isInEarlierPhase(first, second)) return true;
  if (applier.kind === 'unknown' && ruleInKapp(second, first) !== undefined) return true;
  return firstPhase(first) === firstPhase(second) && syncWave(first) < syncWave(second);
}

/** What makes a Job run after a workload, if {@link finishesBefore} says so of the workload. */
export interface LaterJob {
  readonly applier: 'Argo CD' | 'kapp';
  readonly setting: Present<string> | undefined;
  /** How the Job comes first. */
  readonly hint: string;
}

/** Finds out what makes a Job run after a workload. */
export function findLaterJob(job: KubernetesObject, workload: KubernetesObject): LaterJob {
  const rule = ruleInKapp(job, workload);
  if (rule !== undefined) {
    return {
      applier: 'kapp',
      setting: rule,
      hint: `Remove this rule, and ${adviseKappRule(job, workload)}.`,
    };
  }
  const wave = waveOf(job) ?? waveOf(workload);
  return {
    applier: 'Argo CD',
    setting: hookPhases(job).includes('Sync') ? wave : (hookOf(job) ?? wave),
    hint: `${hookPhases(job).includes('PostSync') ? 'Make the Job a `Sync` hook, and put' : 'Put'} the service into a later wave than the Job; or make the Job a \`PreSync\` hook, if everything it needs exists before the sync.`,
  };
}
