import { describe, expect, test } from 'vitest';
import { dialects } from '../../../src/kustomize/dialect.ts';
import { getPath } from '../../../src/source/node.ts';
import { buildTree, describePlace } from '../build-tree.ts';

const objects = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
  labels: {app: x, tier: web}
  annotations: {note: "1"}
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
  labels: {app: y}
  namespace: prod
`;

/** The names of the objects that a patch with this target changes, or where and why it is refused. */
function selectObjects(target: string, dialect: (typeof dialects)[number]): string {
  const { resources, problems } = buildTree(
    {
      'kustomization.yaml': `resources: [objects.yaml]\npatches:\n- path: patch.yaml\n  target: {${target}}\n`,
      'objects.yaml': objects,
      'patch.yaml': 'apiVersion: any/v1\nkind: Any\nmetadata: {name: any}\nspec: {hit: true}\n',
    },
    dialect,
  );
  const [problem] = problems;
  if (problem !== undefined) return `${describePlace(problem.at)}: ${problem.message}`;
  const hit = resources.filter(({ node }) => getPath(node, ['spec', 'hit']) !== undefined);
  return hit.map(({ id }) => id.name).join(' and ') || 'nothing';
}

/** As the real kustomize 5.7 and 5.8 select; where they refuse, ours says where and why. */
describe('the target of a patch', () => {
  test.each([
    ['a name selects as a whole', 'name: "on"', 'nothing'],
    ['a name is a regular expression', 'name: "o.*|nobody"', 'one'],
    ['a regular expression that needs the engine', 'name: "(?i)T[vw]{1,2}o+"', 'two'],
    ['group, version and kind', 'group: example.com, version: v., kind: Widget, name: one', 'one'],
    ['a kind alone', 'kind: Widget', 'two and one'],
    ['namespace', 'namespace: pr.d', 'two'],
    ['an absent namespace is default', 'namespace: default', 'one'],
    ['labels: equal', 'labelSelector: "app=x"', 'one'],
    ['labels: not equal, which the absent one is', 'labelSelector: "tier!=db"', 'two and one'],
    ['labels: not equal to what one has', 'labelSelector: "tier!=web"', 'two'],
    ['labels: sets', 'labelSelector: "app in (y, z),tier notin (web)"', 'two'],
    ['labels: presence', 'labelSelector: "tier,!nope"', 'one'],
    ['labels: absence', 'labelSelector: "!tier"', 'two'],
    ['annotations: greater', 'annotationSelector: "note > 0"', 'one'],
    ['nothing selected is no error', 'kind: Nothing', 'nothing'],
    ['a bad selector that is never looked at does no harm', 'kind: Nothing, labelSelector: "app in x"', 'nothing'],
  ])('%s: {%s} selects %s', (_, target, expected) => {
    for (const dialect of dialects) expect(selectObjects(target, dialect), dialect).toBe(expected);
  });

  test.each([
    [
      'a name that YAML takes for a boolean',
      'name: on',
      'kustomization.yaml:4:18: `patches[0].target.name` must be a string, but this is the boolean on; put it in quotes: "on"',
    ],
    [
      'a bad regular expression',
      'name: "a("',
      'kustomization.yaml:4:18: `a(` is not a regular expression that Go can read (missing closing ): `a(`); put a backslash before a character that is meant literally',
    ],
    [
      'a bad selector',
      'labelSelector: "app in x"',
      'kustomization.yaml:4:27: cannot read the selector `app in x`: `in` and `notin` need their values in parentheses',
    ],
    [
      'a bad label key',
      'labelSelector: "-app=x"',
      'kustomization.yaml:4:27: cannot read the selector `-app=x`: `-app` is not a valid label key',
    ],
  ])('%s: {%s} is refused: %s', (_, target, expected) => {
    for (const dialect of dialects) expect(selectObjects(target, dialect), dialect).toBe(expected);
  });
});
