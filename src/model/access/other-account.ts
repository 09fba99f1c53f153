import type { Fix } from '../../findings/fix.ts';
import { describeObject } from '../../objects/kubernetes-object.ts';
import { historyOf } from '../../objects/place.ts';
import type { Workload } from '../../objects/workload.ts';
import { editDistance } from '../../text/edit-distance.ts';
import type { Access, AccessBinding, AccessSubject } from './access.ts';
import { findAccount } from './access.ts';
import type { Denial } from './denial.ts';
import { bindAccount, nameAccount } from './grant-jobs.ts';
import { accountOf, findRole, grants, type JobRequest } from './grants.ts';

/** Explains that a binding grants the rights to another account: either the pod or the subject has the wrong name. */
export function explainOtherAccount(access: Access, workload: Workload, binding: AccessBinding): Denial {
  const account = accountOf(workload);
  const subject = binding.subjects.find(({ kind }) => kind === 'ServiceAccount');
  const named = workload.pod.serviceAccountName;
  if (subject === undefined) return explainNoAccount(workload, binding);
  const meant = subject.name.value ?? '';
  const isThere = (name: string): boolean => findAccount(access, name, account.namespace) !== undefined;
  if (named.value === meant || (named.value !== undefined && isThere(named.value) && !isThere(meant))) {
    return explainWrongSubject(workload, binding, subject);
  }
  const unset = named.value === undefined;
  // Pods with an account of their own should not use that of another service.
  const hasOwn = named.value !== undefined && isThere(named.value);
  return {
    at: (named.removal ?? named.place).at,
    clause: `, since ${describeObject(binding.object)} gives that right to \`${meant}\`${unset ? ', and the pod template names no `serviceAccountName`' : ''}`,
    related: [
      ...(unset && !named.removal ? [] : historyOf(named.removal ?? named.place, 'account')),
      { at: subject.name.place.at, note: `${describeObject(binding.object)} names \`${meant}\` here` },
    ],
    hint: hasOwn
      ? `Name ServiceAccount \`${account.name}\` as the subject of a RoleBinding with that right.`
      : (didYouMean(account.name, meant) ?? `Set \`serviceAccountName: ${meant}\` in the pod template.`),
    fix: hasOwn ? bindLike(access, workload, binding) : nameAccount(workload.object, named, subject.name),
    field: named.path,
  };
}

/** Explains that a binding of another root grants the rights to an account of this name in another namespace. */
export function explainNamesake(
  access: Access,
  workload: Workload,
  requests: readonly JobRequest[],
): Denial | undefined {
  const { name } = accountOf(workload);
  for (const binding of access.bindings) {
    const subject = binding.subjects.find((one) => one.kind === 'ServiceAccount' && one.name.value === name);
    if (subject && grants(access, binding, requests)) {
      return { ...explainWrongSubject(workload, binding, subject), fix: undefined };
    }
  }
  return undefined;
}

/** The subject of a binding names the account in another namespace, or an account that is not in the tree. */
function explainWrongSubject(workload: Workload, { object }: AccessBinding, subject: AccessSubject): Denial {
  const named = workload.pod.serviceAccountName;
  const account = accountOf(workload);
  const isNamed = subject.name.value === named.value;
  const { place, value = '' } = isNamed ? subject.namespace : subject.name;
  return {
    at: place.at,
    clause: `, since ${describeObject(object)} gives that right to ${isNamed ? 'that name in namespace ' : ''}\`${value}\``,
    related: [...historyOf(place, 'subject'), { at: named.place.at, note: 'the pods run as this account' }],
    hint:
      isNamed && account.namespace !== undefined
        ? `Write \`namespace: ${account.namespace}\`, which the pods are in.`
        : `Name ServiceAccount \`${account.name}\` as the subject.`,
    fix: isNamed ? undefined : nameAccount(object, subject.name, named),
  };
}

/** An account of its own also gets a Role of its own: a tree with this service alone does not have the other service's. */
function bindLike(access: Access, workload: Workload, binding: AccessBinding): Fix | undefined {
  const role = findRole(access, binding);
  return bindAccount(access, workload, role?.clusterWide ? role : undefined);
}

/** The binding with the rights names no ServiceAccount, only users or groups that the pods are not in, or nobody. */
function explainNoAccount(workload: Workload, binding: AccessBinding): Denial {
  const named = workload.pod.serviceAccountName;
  const [subject] = binding.subjects;
  const place = subject?.name.place ?? binding.subjectsPlace;
  const whom = subject ? `${subject.kind} \`${subject.name.value ?? ''}\`` : 'nobody';
  return {
    at: place.at,
    clause: `, since ${describeObject(binding.object)} gives that right to ${whom}`,
    related: named.value === undefined ? [] : [{ at: named.place.at, note: 'the pods run as this account' }],
    hint: `Name ServiceAccount \`${accountOf(workload).name}\` as a subject.`,
  };
}

function didYouMean(wrong: string, meant: string): string | undefined {
  return wrong !== 'default' && editDistance(wrong, meant) <= 2
    ? `Did you mean \`serviceAccountName: ${meant}\`?`
    : undefined;
}
