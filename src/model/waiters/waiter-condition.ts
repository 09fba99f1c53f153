import { isSymbolic } from '../../objects/symbolic.ts';
import { isUnknownText } from '../environment/container-text.ts';
import type { JobWaiter } from './waiter.ts';

/** Why the condition of a `kubectl wait` is not the end of the migration. */
export type ConditionFault = 'failure' | 'deletion' | 'creation' | 'never';

/**
 * Checks the value of `--for`. kubectl compares names of conditions ignoring case. A Job that succeeded has `Complete`
 * and, from Kubernetes 1.31, `SuccessCriteriaMet`; one that failed has `Failed` and `FailureTarget`. Undefined for a
 * right condition, and for one that cannot be judged, such as a path into the status.
 */
export function judgeCondition(
  { condition, container }: JobWaiter,
  all: readonly JobWaiter[],
): ConditionFault | undefined {
  const fault = condition && faultOf(condition.value);
  if (fault === undefined) return undefined;
  // A script may wait for several conditions and take whichever comes first.
  const others = all.filter((other) => other.container === container && other.tool === 'kubectl wait');
  return others.every(({ condition: other }) => other && faultOf(other.value) !== undefined) ? fault : undefined;
}

function faultOf(condition: string): ConditionFault | undefined {
  if (isUnknownText(condition) || isSymbolic(condition)) return undefined;
  if (condition === 'delete') return 'deletion';
  if (condition === 'create') return 'creation';
  const [, name, value = 'true'] = /^condition=([^=]+)(?:=(.*))?$/.exec(condition) ?? [];
  if (name === undefined || value.toLowerCase() !== 'true') return undefined;
  if (/^(complete|successcriteriamet)$/i.test(name)) return undefined;
  return /^(failed|failuretarget)$/i.test(name) ? 'failure' : 'never';
}
