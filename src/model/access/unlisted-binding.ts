import { posix } from 'node:path';
import { describeObject, pointAtName } from '../../objects/kubernetes-object.ts';
import type { Workload } from '../../objects/workload.ts';
import { type Access, findAccount } from './access.ts';
import type { Denial } from './denial.ts';
import { isForJobsOnly } from './grant-jobs.ts';
import { accountOf, grantingRole, type JobRequest } from './grants.ts';

/**
 * Explains that the binding with the rights is in a file that the build does not list. A binding for this account may
 * be applied separately. One for another account shows which account is meant, if its role covers only Jobs.
 */
export function explainUnlistedBinding(
  { listed, unlisted }: { readonly listed: Access; readonly unlisted: Access },
  workload: Workload,
  requests: readonly JobRequest[],
): Denial | undefined {
  const account = accountOf(workload);
  const named = workload.pod.serviceAccountName;
  const all = { ...listed, roles: [...listed.roles, ...unlisted.roles] };
  const grants = unlisted.bindings.flatMap((binding) => {
    const role = grantingRole(all, binding, requests);
    const accounts = binding.subjects.filter(({ kind }) => kind === 'ServiceAccount');
    return role === undefined ? [] : accounts.map(({ name: { value = '' } }) => ({ binding, role, meant: value }));
  });
  // The build does not rename what is not listed.
  const names = [account.name, ...(findAccount(listed, account.name, account.namespace)?.object.earlierNames ?? [])];
  const own = grants.find(({ meant }) => names.includes(meant));
  const grant = own ?? grants.find(({ role }) => role.rules.every(isForJobsOnly));
  if (grant === undefined) return undefined;
  const { binding, meant } = grant;
  const { at } = binding.object.name.place;
  const list = `List \`${posix.basename(at.file.path)}\` under \`resources\``;
  const place = { at: named.place.at, field: named.path };
  const related = [pointAtName(binding.object)];
  if (own) {
    const hint = `${list}, unless it is applied separately.`;
    const clause = `, since this build does not list the file of ${describeObject(binding.object)}, which gives it that right`;
    return { ...place, related, clause, hint, isUncertain: true };
  }
  const unset = named.value === undefined ? ', and the pod template names no `serviceAccountName`' : '';
  return {
    ...place,
    related,
    clause: `, since ${describeObject(binding.object)}, in a file that this build does not list, gives that right to \`${meant}\`${unset}`,
    hint: `${list}, and set \`serviceAccountName: ${meant}\` in the pod template.`,
  };
}
