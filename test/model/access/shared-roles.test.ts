import { describe, expect, test } from 'vitest';
import { withSharedRoles } from '../../../src/model/access/shared-roles.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

const group = 'rbac.authorization.k8s.io';

function role(kind: string, name: string, verb = 'get'): string {
  return `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nrules: [{apiGroups: [batch], resources: [jobs], verbs: [${verb}]}]`;
}

function binding(kind: string, name: string): string {
  return `apiVersion: ${group}/v1\nkind: RoleBinding\nmetadata: {name: ${name}}\nsubjects: [{kind: ServiceAccount, name: shop}]\nroleRef: {apiGroup: ${group}, kind: ${kind}, name: ${name}}`;
}

/** The roles of a root with those of the others, by kind, name and verb; one list for each way to choose among them. */
function rolesOf(own: readonly string[], ...others: readonly (readonly string[])[]): string[][] {
  const roots = [own, ...others].map((objects, index) => rootFromYaml(objects.join('\n---\n'), `/tree${index}`));
  const { access, otherRoots } = firstOf(modelRoots(roots, { dialect: '5.8' }));
  return withSharedRoles(access, access.bindings, otherRoots).map(({ roles }) =>
    roles.map(({ object, rules }) => `${object.kind} ${object.name.value} ${rules[0]?.verbs[0]?.value}`),
  );
}

describe('shared-roles', () => {
  test.each<[string, readonly string[], readonly (readonly string[])[], readonly (readonly string[])[]]>([
    [
      'the ClusterRole of another root',
      [binding('ClusterRole', 'reader')],
      [[role('ClusterRole', 'reader'), role('ClusterRole', 'writer')]],
      [['ClusterRole reader get']],
    ],
    [
      'each, if there are several',
      [binding('ClusterRole', 'reader'), binding('ClusterRole', 'writer'), role('Role', 'own')],
      [
        [role('ClusterRole', 'reader', 'get'), role('ClusterRole', 'writer', 'create')],
        [role('ClusterRole', 'reader', 'list')],
      ],
      [
        ['Role own get', 'ClusterRole reader get', 'ClusterRole writer create'],
        ['Role own get', 'ClusterRole reader list', 'ClusterRole reader get', 'ClusterRole writer create'],
      ],
    ],
    [
      'not that of a name that is here, too',
      [binding('ClusterRole', 'reader'), role('ClusterRole', 'reader')],
      [[role('ClusterRole', 'reader', 'list')]],
      [['ClusterRole reader get']],
    ],
    ['not a Role', [binding('Role', 'reader')], [[role('Role', 'reader'), role('ClusterRole', 'reader')]], [[]]],
    ['not one that each cluster has', [binding('ClusterRole', 'view')], [[role('ClusterRole', 'view')]], [[]]],
    ['none', [binding('ClusterRole', 'reader')], [[role('ClusterRole', 'writer')]], [[]]],
  ])('%s', (_, own, others, roles) => {
    expect(rolesOf(own, ...others)).toEqual(roles);
  });
});
