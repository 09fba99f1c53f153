import { fillsVariable } from '../../../flux/substitution/substitution.ts';
import { hasLabels, sameNamespace } from '../../../objects/kubernetes-object.ts';
import { canBeEqual, leftVariables } from '../../../objects/symbolic.ts';
import type { RootModel } from '../../root-model.ts';
import { type TargetMatch, waitedNamespace } from '../target-match.ts';

/**
 * The targets of waiters that no Job of the build matches. Skips targets whose Job may be in a part that was not built
 * or in another root, or may get its name from a variable.
 */
export function unmatchedTargets(model: RootModel): TargetMatch[] {
  return model.matches.filter((match) => match.exact.length === 0 && isJudgeable(model, match));
}

function isJudgeable(model: RootModel, match: TargetMatch): boolean {
  if (!model.completeButSettings && match.near === undefined) return false;
  const { target } = match;
  const elsewhere = model.otherRoots
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
