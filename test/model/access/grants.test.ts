import { describe, expect, test } from 'vitest';
import { bindingsFor, decide } from '../../../src/model/access/grants.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  readonly roleKind?: string;
  readonly roleNamespace?: string;
  readonly rules?: string;
  readonly bindingKind?: string;
  readonly bindingNamespace?: string;
  readonly subject?: string;
  readonly roleRef?: string;
  readonly more?: string;
}

const allowsAll = '[{apiGroups: [batch], resources: [jobs], verbs: [get, list, watch]}]';

/** Whether account `shop` of namespace `shop` may get Job `migrate` of that namespace. */
function decideWith(written: Written, verb = 'get', names: readonly string[] = ['migrate']): string {
  const { roleKind = 'Role', rules = allowsAll, bindingKind = 'RoleBinding', bindingNamespace = 'shop' } = written;
  const { subject = '{kind: ServiceAccount, name: shop}', roleRef = `{kind: ${roleKind}, name: reader}` } = written;
  const { roleNamespace = 'shop', more = '' } = written;
  const model = modelFromYaml(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ${roleKind}
metadata: {name: reader, ${roleKind === 'Role' ? `namespace: ${roleNamespace}` : ''}}
rules: ${rules}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${bindingKind}
metadata: {name: binding, ${bindingKind === 'RoleBinding' ? `namespace: ${bindingNamespace}` : ''}}
subjects: [${subject}]
roleRef: ${roleRef}
${more}`);
  return decide(model.access, { name: 'shop', namespace: 'shop' }, { verb, namespace: 'shop', names });
}

describe('grants: subjects', () => {
  test.each([
    ['{kind: ServiceAccount, name: shop}', 'allowed'],
    ['{kind: ServiceAccount, name: shop, namespace: shop}', 'allowed'],
    ['{kind: ServiceAccount, name: shop, namespace: other}', 'denied'],
    ['{kind: ServiceAccount, name: default}', 'denied'],
    ['{kind: Group, name: "system:serviceaccounts"}', 'allowed'],
    ['{kind: Group, name: "system:serviceaccounts:shop"}', 'allowed'],
    ['{kind: Group, name: "system:serviceaccounts:other"}', 'denied'],
    ['{kind: Group, name: "system:authenticated"}', 'allowed'],
    ['{kind: Group, name: "system:masters"}', 'denied'],
    ['{kind: User, name: "system:serviceaccount:shop:shop"}', 'allowed'],
    ['{kind: User, name: "system:serviceaccount:other:shop"}', 'denied'],
    ['{kind: User, name: shop}', 'denied'],
    ['{kind: User, name: "my-system:serviceaccount:shop:shop"}', 'denied'],
    ['{kind: User, name: "system:serviceaccount:shop:shop:x"}', 'denied'],
    ['{kind: Group, name: "my-system:serviceaccounts:shop"}', 'denied'],
    ['{kind: Robot, name: shop}', 'denied'],
    ['{kind: ServiceAccount}', 'denied'],
    ['', 'denied'],
  ])('%s: %s', (subject, expected) => {
    expect(decideWith({ subject })).toBe(expected);
  });
});

describe('grants: rules', () => {
  test.each([
    ['[{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]', 'allowed'],
    ['[{apiGroups: ["", batch], resources: [pods, jobs], verbs: [get]}]', 'allowed'],
    ['[{apiGroups: [""], resources: [jobs], verbs: [get]}]', 'denied'],
    ['[{apiGroups: [batch], resources: [pods], verbs: [get]}]', 'denied'],
    ['[{apiGroups: [batch], resources: [jobs], verbs: [list]}]', 'denied'],
    ['[{apiGroups: [batch], resources: [jobs/status], verbs: [get]}]', 'denied'],
    ['[{apiGroups: [batch], resources: [jobs], verbs: [get], resourceNames: [migrate]}]', 'allowed'],
    ['[{apiGroups: [batch], resources: [jobs], verbs: [get], resourceNames: [other]}]', 'denied'],
    ['[{apiGroups: [batch], resources: [jobs], verbs: [get], resourceNames: [other, migrate]}]', 'allowed'],
    ['[]', 'denied'],
  ])('%s: %s', (rules, expected) => {
    expect(decideWith({ rules })).toBe(expected);
  });

  test('resourceNames do not allow a list of everything', () => {
    const rules = '[{apiGroups: [batch], resources: [jobs], verbs: [list], resourceNames: [migrate]}]';
    expect(decideWith({ rules }, 'list', [])).toBe('denied');
  });

  test('verbs may come from several rules', () => {
    const rules =
      '[{apiGroups: [batch], resources: [jobs], verbs: [list]}, {apiGroups: [batch], resources: [jobs], verbs: [get]}]';
    expect(decideWith({ rules })).toBe('allowed');
  });
});

describe('grants: roles and bindings', () => {
  test.each([
    [
      'a binding in another namespace',
      { bindingNamespace: 'other', subject: '{kind: ServiceAccount, name: shop, namespace: shop}' },
      'denied',
    ],
    ['a ClusterRole by a RoleBinding', { roleKind: 'ClusterRole' }, 'allowed'],
    [
      'a ClusterRole by a ClusterRoleBinding',
      {
        roleKind: 'ClusterRole',
        bindingKind: 'ClusterRoleBinding',
        subject: '{kind: ServiceAccount, name: shop, namespace: shop}',
      },
      'allowed',
    ],
    ['a role that is not in the tree', { roleRef: '{kind: ClusterRole, name: platform-reader}' }, 'unknown'],
    ['a Role of another namespace', { roleNamespace: 'other' }, 'unknown'],
    ['view', { roleRef: '{kind: ClusterRole, name: view}' }, 'allowed'],
    ['cluster-admin', { roleRef: '{kind: ClusterRole, name: cluster-admin}' }, 'allowed'],
    ['a Role called view', { roleRef: '{kind: Role, name: view}' }, 'unknown'],
  ] as const)('%s', (_, written, expected) => {
    expect(decideWith(written)).toBe(expected);
  });

  const gathering = (label: string): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: gathering}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {gather: "yes"}}]}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {gather: "${label}"}}
rules: ${allowsAll}
`;

  test('an aggregated ClusterRole has the rules of those it gathers', () => {
    expect(decideWith({ roleRef: '{kind: ClusterRole, name: gathering}', more: gathering('yes') })).toBe('allowed');
    expect(decideWith({ roleRef: '{kind: ClusterRole, name: gathering}', more: gathering('no') })).toBe('unknown');
  });

  test('any of its selectors will do, with all the labels of that one', () => {
    const decideFor = (selectors: string): string => {
      const more = gathering('yes').replace('[{matchLabels: {gather: "yes"}}]', selectors);
      return decideWith({ roleRef: '{kind: ClusterRole, name: gathering}', more });
    };
    expect(decideFor('[{matchLabels: {gather: "no"}}, {matchLabels: {gather: "yes"}}]')).toBe('allowed');
    expect(decideFor('[{matchLabels: {gather: "yes", also: "this"}}]')).toBe('unknown');
  });
});

test('grants: the bindings for an account keep their order, also among those for groups and users', () => {
  const subjects = [
    '{kind: Group, name: "system:serviceaccounts"}',
    '{kind: ServiceAccount, name: shop}',
    '{kind: ServiceAccount, name: other}',
    '{kind: User, name: "system:serviceaccount:shop:shop"}',
    '{kind: ServiceAccount, name: shop}, {kind: Group, name: admins}',
  ];
  const texts = subjects.map(
    (subject, index) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b${index}, namespace: shop}\nroleRef: {kind: Role, name: r}\nsubjects: [${subject}]\n`,
  );
  const namesIn = (order: readonly string[]) => {
    const { access } = modelFromYaml(order.join('---\n'));
    return bindingsFor(access, { name: 'shop', namespace: 'shop' }).map(({ object }) => object.name.value);
  };
  expect(namesIn(texts)).toEqual(['b0', 'b1', 'b3', 'b4']);
  expect(namesIn([...texts].reverse())).toEqual(['b4', 'b3', 'b1', 'b0']);
});
