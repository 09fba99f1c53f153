import { describe, expect, test } from 'vitest';
import { readAccess } from '../../../src/model/access/access.ts';
import { spanText } from '../../../src/objects/place.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

const read = (yaml: string) => readAccess(rootFromYaml(yaml).resources);
const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n`;

describe('access', () => {
  const rbac = 'rbac.authorization.k8s.io/v1';
  test.each([
    [rbac, 'Role', 'role'],
    [rbac, 'ClusterRole', 'cluster role'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', 'role'],
    [rbac, 'RoleBinding', 'binding'],
    [rbac, 'ClusterRoleBinding', 'cluster binding'],
    ['v1', 'ServiceAccount', 'account'],
    [rbac, 'RoleSet', 'nothing'],
    [rbac, 'MyRole', 'nothing'],
    [rbac, 'RoleBindings', 'nothing'],
    [rbac, 'MyRoleBinding', 'nothing'],
    [rbac, 'ServiceAccount', 'nothing'],
    ['example.com/v1', 'Role', 'nothing'],
    ['example.com/v1', 'RoleBinding', 'nothing'],
    ['example.com/v1', 'ServiceAccount', 'nothing'],
    ['v1', 'Role', 'nothing'],
    ['v1', 'Secret', 'nothing'],
  ])('%s %s is a %s', (apiVersion, kind, expected) => {
    const { roles, bindings, accounts } = read(object(apiVersion, kind));
    const found = [
      ...roles.map(({ clusterWide }) => (clusterWide ? 'cluster role' : 'role')),
      ...bindings.map(({ clusterWide }) => (clusterWide ? 'cluster binding' : 'binding')),
      ...accounts.map(() => 'account'),
    ];
    expect(found.join() || 'nothing').toBe(expected);
  });

  test('the only item of a list stands for it, else its key', () => {
    const rules = '[{apiGroups: [batch], resources: [jobs, pods], verbs: [get]}, {apiGroups: [], verbs: []}]';
    const { roles } = read(`${object(rbac, 'Role')}rules: ${rules}`);
    const places = roles.flatMap((role) =>
      role.rules.map(({ places: { apiGroups, resources, verbs } }) => [apiGroups, resources, verbs]),
    );
    expect(places.map((three) => three.map(({ at }) => spanText(at)))).toEqual([
      ['batch', 'resources', 'verbs'],
      ['apiGroups', 'rules', 'verbs'],
    ]);
  });
});
