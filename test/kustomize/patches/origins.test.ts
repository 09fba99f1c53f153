import { expect, test } from 'vitest';
import { findEntry, getPath, type MapNode } from '../../../src/source/node.ts';
import { buildTree, describeOrigin, printTree, type Tree } from '../build-tree.ts';

const object = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
  labels: {a: x}
spec:
  old: 1
  list: [a]
`;

function buildObject(tree: Tree): MapNode {
  const [resource] = buildTree({ 'object.yaml': object, ...tree }).resources;
  if (resource === undefined) throw new Error(printTree({ 'object.yaml': object, ...tree }));
  return resource.node;
}

/** The origin of the value at a path of the built object. */
function originOf(tree: Tree, ...path: (string | number)[]): string[] {
  return describeOrigin(getPath(buildObject(tree), path));
}

const inline = `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |
    apiVersion: example.com/v1
    kind: Widget
    metadata:
      name: any
      labels: {a: 5}
    spec:
      old: 2

      new: {inner: text}
`;

test('a value that a patch in the kustomization changes points into the block, and back to the object', () => {
  expect(originOf({ 'kustomization.yaml': inline }, 'spec', 'old')).toEqual([
    'strategic merge patch kustomization.yaml:11:12 2',
    'written object.yaml:7:8 1',
  ]);
});

test('so does a label, which kustomize makes a text of', () => {
  expect(originOf({ 'kustomization.yaml': inline }, 'metadata', 'labels', 'a')).toEqual([
    'strategic merge patch kustomization.yaml:9:19 5',
    'written object.yaml:5:15 x',
  ]);
});

test('what a patch adds has no input, key and value alike', () => {
  const added = getPath(buildObject({ 'kustomization.yaml': inline }), ['spec', 'new']) as MapNode;
  expect(describeOrigin(added)).toEqual(['strategic merge patch kustomization.yaml:13:12 {inner: text}']);
  expect(describeOrigin(findEntry(added, 'inner')?.key)).toEqual([
    'strategic merge patch kustomization.yaml:13:13 inner',
  ]);
  expect(describeOrigin(findEntry(added, 'inner')?.value)).toEqual([
    'strategic merge patch kustomization.yaml:13:20 text',
  ]);
});

test('the name that a patch may not change keeps its origin', () => {
  expect(originOf({ 'kustomization.yaml': inline }, 'metadata', 'name')).toEqual(['written object.yaml:4:9 one']);
});

test('a patch of its own file points there, and two patches make a chain', () => {
  const tree = {
    'kustomization.yaml': 'resources: [object.yaml]\npatches: [{path: one.yaml}, {path: two.yaml}]\n',
    'one.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {old: 2}\n',
    'two.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {old: 3}\n',
  };
  expect(originOf(tree, 'spec', 'old')).toEqual([
    'strategic merge patch two.yaml:4:13 3',
    'strategic merge patch one.yaml:4:13 2',
    'written object.yaml:7:8 1',
  ]);
});

test('a JSON patch in the kustomization', () => {
  const tree = {
    'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - op: replace
      path: /spec/old
      value: 2
    - {op: add, path: /spec/list/0, value: first}
`,
  };
  expect(originOf(tree, 'spec', 'old')).toEqual(['json patch kustomization.yaml:7:14 2', 'written object.yaml:7:8 1']);
  expect(originOf(tree, 'spec', 'list', 0)).toEqual(['json patch kustomization.yaml:8:44 first']);
  expect(originOf(tree, 'spec', 'list', 1)).toEqual(['written object.yaml:8:10 a']);
});

test('JSON on one line of the kustomization is pointed into as well', () => {
  const tree = {
    'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: '[{"op": "replace", "path": "/spec/old", "value": 2}]'
`,
  };
  expect(originOf(tree, 'spec', 'old')).toEqual(['json patch kustomization.yaml:4:60 2', 'written object.yaml:7:8 1']);
});

test('text with escapes is pointed at, unless they are such as JSON does not write', () => {
  const patched = (path: string) => ({
    'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: "\\n- {op: replace, path: ${path}, value: 2}\\n"
`,
  });
  expect(originOf(patched('/spec/old'), 'spec', 'old')).toEqual([
    'json patch kustomization.yaml:4:53 2',
    'written object.yaml:7:8 1',
  ]);
  expect(originOf(patched('\\x2fspec/old'), 'spec', 'old')).toEqual([
    'json patch kustomization.yaml:4:10 "\\n- {op: replace, path: \\x2fspec/old, value: 2}\\n"',
    'written object.yaml:7:8 1',
  ]);
});

test('a block with Windows line breaks, indented more than it need be', () => {
  const text = inline.replaceAll('\n    ', '\n        ').replaceAll('\n', '\r\n');
  expect(originOf({ 'kustomization.yaml': text }, 'spec', 'old')).toEqual([
    'strategic merge patch kustomization.yaml:11:16 2',
    'written object.yaml:7:8 1',
  ]);
});
