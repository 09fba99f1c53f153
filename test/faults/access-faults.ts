import { type Fault, fault, faults, whole } from './fault.ts';

const account = ['service', 'serviceAccountName: shop', 'serviceAccountName: ‹wait-rbac›shop'] as const;

/** What can be wrong with what the waiting pods may do. */
export const accessFaults: readonly Fault[] = [
  faults('no RoleBinding', ['binding', whole, ''], account),
  faults('neither Role nor RoleBinding', ['role', whole, ''], ['binding', whole, ''], account),
  fault('no account', 'service', '    spec:\n      serviceAccountName: shop\n', '    ‹wait-rbac›spec:\n'),
  fault('another account', 'service', 'serviceAccountName: shop', 'serviceAccountName: ‹wait-rbac›web'),
  fault('a binding of another account', 'binding', '    name: shop\n', '    name: ‹wait-rbac›web\n'),
  faults(
    'a binding of a group',
    ['binding', 'kind: ServiceAccount', 'kind: Group'],
    ['binding', '    name: shop\n', '    name: ‹wait-rbac›shop\n'],
  ),
  faults(
    'a binding of nobody',
    ['binding', /subjects:\n[\s\S]*roleRef/, 'roleRef'],
    ['binding', 'kind: RoleBinding', 'kind: ‹wait-rbac›RoleBinding'],
  ),
  fault('a binding to another Role', 'binding', ' Role\n  name: shop-jobs', ' Role\n  name: ‹wait-rbac›web-jobs'),
  fault(
    'a binding to a ClusterRole',
    'binding',
    ' Role\n  name: shop-jobs',
    ' ClusterRole\n  name: ‹wait-rbac›shop-jobs',
  ),
  fault('another group', 'role', '[batch]', '[‹wait-rbac›apps]'),
  fault('the core group', 'role', '[batch]', '[‹wait-rbac›""]'),
  fault('the singular', 'role', '[jobs]', '[‹wait-rbac›job]'),
  fault('verbs in capitals', 'role', 'verbs: [get, list, watch]', '‹wait-rbac›verbs: [Get, List, Watch]'),
  fault('pods', 'role', '[jobs]', '[‹wait-rbac›pods]'),
  fault('only the status', 'role', '[jobs]', '[‹wait-rbac›jobs/status]'),
  fault('only to create', 'role', 'verbs: [get, list, watch]', '‹wait-rbac›verbs: [create]'),
  fault('another name', 'role', '    verbs:', '    resourceNames: [‹wait-rbac›orders-migration]\n    verbs:'),
  fault('no token', 'account', '  name: shop\n', '  name: shop\nautomountServiceAccountToken: ‹wait-rbac›false\n'),
];
