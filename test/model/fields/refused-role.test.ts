import { describe, expect, test } from 'vitest';
import { refusedRole } from '../../../src/model/fields/refused/refused-role.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What the API server refuses in a role with one rule, and what to do. */
function refusedIn(kind: 'Role' | 'ClusterRole', rule: string): string[] {
  const { standardObjects } = modelFromYaml(
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: a}\nrules: [${rule}]\n`,
  );
  return standardObjects()
    .flatMap(({ view }) => refusedRole(view, kind))
    .map(({ what, hint }) => `${what}. ${hint}`);
}

describe('refused-role', () => {
  test.each<['Role' | 'ClusterRole', string, readonly string[]]>([
    [
      'Role',
      '{nonResourceURLs: [/a], verbs: [get]}',
      ['has `rules[0].nonResourceURLs`, which only a ClusterRole may have. Move the rule to a ClusterRole.'],
    ],
    ['ClusterRole', '{nonResourceURLs: [/a], apiGroups: [], verbs: [get]}', []],
    [
      'ClusterRole',
      '{nonResourceURLs: [/a], apiGroups: [""], verbs: [get]}',
      ['has both paths and resources in `rules[0]`. Make two rules of it.'],
    ],
    [
      'ClusterRole',
      '{nonResourceURLs: [/a], resourceNames: [a], verbs: [get]}',
      ['has both paths and resources in `rules[0]`. Make two rules of it.'],
    ],
    [
      'Role',
      '{resources: [pods], verbs: [get]}',
      [
        'has no `apiGroups` in `rules[0]`. Name the API groups of the resources; `""` is that of pods, ConfigMaps and Secrets.',
      ],
    ],
    [
      'Role',
      '{apiGroups: [""], verbs: [get]}',
      ['has no `resources` in `rules[0]`. Name the resources that the rule is for.'],
    ],
    ['Role', '{resources: [jobs], verbs: [get]}', []],
    ['Role', '{resources: ["*"], verbs: [get]}', []],
    ['Role', 'all', []],
  ])('a rule of a %s: %s', (kind, rule, refused) => {
    expect(refusedIn(kind, rule)).toEqual(refused);
  });
});
