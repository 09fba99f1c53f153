import { expect, test } from 'vitest';
import { readBoundNames } from '../../src/shard/bound-names.ts';

const binding = (subjects: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: reads}\nsubjects: ${subjects}\nroleRef: {kind: Role, name: jobs}\n`;

test.each([
  ['accounts by their names', binding('[{kind: ServiceAccount, name: shop}]'), ['reads', 'shop', 'jobs']],
  ['in blocks, quoted', binding('\n- kind: ServiceAccount\n  "name": "shop"'), ['reads', 'shop', 'jobs']],
  ['a name on the next line', binding('\n- kind: ServiceAccount\n  name:\n    shop'), ['reads', 'shop', 'jobs']],
  ['a group', binding('[{kind: Group, name: all}]'), 'any'],
  ['a user', binding('[{kind: User, name: anna}]'), 'any'],
  ['an alias', binding('[{kind: ServiceAccount, name: *account}]'), 'any'],
  ['a tag', binding('[{kind: ServiceAccount, name: !!str shop}]'), 'any'],
  ['a block', binding('\n- kind: ServiceAccount\n  name: >-\n    shop'), 'any'],
  ['an escape', binding('[{kind: ServiceAccount, name: "s\\x68op"}]'), 'any'],
  ['a variable', binding('[{kind: ServiceAccount, name: $(ACCOUNT)}]'), 'any'],
  ['a replacement', 'replacements:\n- targets:\n  - fieldPaths: [subjects.0.name]\n', 'any'],
  ['a JSON patch', '- {op: replace, path: /subjects/0/name, value: shop}\n', 'any'],
  ['a transformer', 'kind: PatchTransformer\npath: patch.yaml\n', 'any'],
  ['a chart', 'helmCharts:\n- name: shop\n', 'any'],
  ['anything else', 'kind: Deployment\nmetadata: {name: shop}\n', []],
])('%s', (_, text, names) => expect(readBoundNames(text)).toEqual(names));
