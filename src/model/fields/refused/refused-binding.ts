import { nameOf } from '../../../objects/container-views.ts';
import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';

/** What is wrong with the role and the subjects of a binding. */
export function refusedBinding(view: View, type: 'RoleBinding' | 'ClusterRoleBinding'): RefusedField[] {
  const kind = view.get('roleRef', 'kind');
  const isForCluster = type === 'ClusterRoleBinding';
  return [
    ...(isForCluster && kind.text().value === 'Role'
      ? [
          {
            view: kind,
            what: 'refers to a Role, which only a RoleBinding may do',
            hint: 'Make it a RoleBinding, or the Role a ClusterRole.',
          },
        ]
      : []),
    ...view
      .get('subjects')
      .items()
      .flatMap((subject) => refusedSubject(subject, isForCluster)),
  ];
}

function refusedSubject(subject: View, isForCluster: boolean): RefusedField[] {
  const group = subject.get('apiGroup');
  // Almost every subject is an account of a RoleBinding, and has no group.
  if (!(group.exists || isForCluster) || subject.get('kind').text().value !== 'ServiceAccount') return [];
  const where = `subject ServiceAccount \`${nameOf(subject)}\``;
  if ((group.text().value ?? '') !== '') {
    return [
      {
        view: group,
        what: `gives ${where} \`apiGroup: ${group.text().value}\``,
        hint: 'Remove it: ServiceAccounts are in the core group, which has no name.',
      },
    ];
  }
  if (!isForCluster || (subject.get('namespace').text().value ?? '') !== '') return [];
  return [
    {
      view: subject.get('name'),
      what: `names no \`namespace\` for ${where}`,
      hint: 'Set the namespace of the account: a ClusterRoleBinding has none of its own.',
    },
  ];
}
