import { fillsVariable } from '../../flux/substitution.ts';
import { hasLabels, sameNamespace } from '../objects/kubernetes-object.ts';
import { canBeEqual, leftVariables } from '../objects/symbolic.ts';
import type { RootModel } from '../root-model.ts';
import { type TargetMatch, waitedNamespace } from './target-match.ts';

/**
 * What waiters wait for and no Job of the build meets. Left out where the Job may come from a part that was not built,
 * from another root, or under a name yet to be filled.
 */
export function unmatchedTargets(model: RootModel): TargetMatch[] {
  return model.matches.filter((match) => match.exact.length === 0 && isJudgeable(model, match));
}

function isJudgeable(model: RootModel, match: TargetMatch): boolean {
  if (!model.completeButSettings && match.near === undefined) return false;
  const { target } = match;
  const elsewhere = model.beside
    .jobsNamed(target.kind === 'selector' ? undefined : target.name.value)
    .filter((job) => sameNamespace(job.object.namespace.value, waitedNamespace(match.waiter)));
  if (target.kind === 'selector') {
    return !elsewhere.some((job) => hasLabels(job.object, target.labels ?? new Map()));
  }
  const { value } = target.name;
  if (elsewhere.some((job) => job.object.name.value === value)) return false;
  const jobs = [...model.jobs, ...elsewhere].map((job) => job.object.name.value ?? '');
  if (model.completeButSettings && jobs.every((name) => !canBeEqual(name, value))) return true;
  const names = [value, match.near?.job.object.name.value ?? ''];
  return !names.flatMap(leftVariables).some((variable) => fillsVariable(model.substitution, variable));
}
