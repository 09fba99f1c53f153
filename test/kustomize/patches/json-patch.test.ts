import { expect, test } from 'vitest';
import { printTree, type Tree } from '../build-tree.ts';

const object = `apiVersion: example.com/v1
kind: Widget
metadata: {name: one}
spec: {a: 1, list: [x, z]}
`;

/** JSON patches. The results are those of the real kustomize; where it refuses, ours says where and why. */
const cases: readonly { name: string; tree: Tree; expected: string; in57?: string }[] = [
  {
    name: 'add sets a key and inserts an item',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/b, value: {c: 1}}
    - {op: add, path: /spec/list/1, value: w}
    - {op: add, path: /spec/list/-, value: w}
    - {op: add, path: /spec/list/-1, value: last}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  b:
    c: 1
  list:
  - x
  - w
  - z
  - w
  - last
`,
  },
  {
    name: 'replace makes what is absent',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: replace, path: /spec/a, value: 2}
    - {op: replace, path: /spec/new, value: 3}
    - {op: replace, path: /spec/list/-1, value: w}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 2
  list:
  - x
  - w
  new: 3
`,
  },
  {
    name: 'remove',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: remove, path: /spec/a}
    - {op: remove, path: /spec/list/-2}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  list:
  - z
`,
  },
  {
    name: 'move and copy',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: move, from: /spec/a, path: /spec/list/0}
    - {op: copy, from: /spec/list, path: /spec/other}
    - {op: copy, from: /spec/nothing, path: /spec/null}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  list:
  - 1
  - x
  - z
  "null": null
  other:
  - 1
  - x
  - z
`,
  },
  {
    name: 'test holds',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: test, path: /spec/a, value: 1}
    - {op: test, path: /spec/list, value: [x, z]}
    - {op: test, path: /spec/nothing, value: null}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  list:
  - x
  - z
`,
  },
  {
    name: 'escapes',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: replace, path: /spec/tilde~0slash~1, value: 2}
`,
      'object.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  list: [x, z]
  map: {k: v}
  tilde~slash/: 1
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  list:
  - x
  - z
  map:
    k: v
  tilde~slash/: 2
`,
  },
  {
    name: 'what stands before the first slash counts for nothing',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: spec/a, value: 2}
`,
      'object.yaml': object,
    },
    expected: `a: 2
apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  list:
  - x
  - z
`,
  },
  {
    name: 'values are read by YAML 1.1',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/b, value: yes}
    - {op: add, path: /spec/c, value: 010}
    - {op: add, path: /spec/d, value: 2020-01-01}
    - {op: add, path: /spec/e, value: "yes"}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  b: true
  c: 8
  d: "2020-01-01"
  e: "yes"
  list:
  - x
  - z
`,
  },
  {
    name: 'a missing value is null',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/b}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  b: null
  list:
  - x
  - z
`,
  },
  {
    name: 'an annotation can be added where there are none, and is a text',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /metadata/annotations/a, value: 1234567}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  annotations:
    a: "1.234567e+06"
  name: one
spec:
  a: 1
  list:
  - x
  - z
`,
  },
  {
    name: 'JSON with tabs',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  path: patch.json
`,
      'object.yaml': object,
      'patch.json': `[
	{"op": "add", "path": "/spec/b", "value": {"c": [1, 2.50, true, null, "\\u00e9"]}}
]
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  b:
    c:
    - 1
    - 2.5
    - true
    - null
    - é
  list:
  - x
  - z
`,
  },
  {
    name: 'remove of what is absent',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: remove, path: /spec/b}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:26: there is no \`/spec/b\` in the object to remove; correct the path, or remove this step`,
  },
  {
    name: 'add below what is absent',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/b/c, value: 1}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:23: \`/spec/b/c\` does not exist in the object: there is no map or list at \`/spec/b\`; add it first, or correct the path`,
  },
  {
    name: 'an index beyond the list',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: replace, path: /spec/list/2, value: 1}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:27: \`/spec/list/2\` is beyond the end of the list, which has 2 items; correct the index`,
  },
  {
    name: '- for another operation than add',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: remove, path: /spec/list/-}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:26: \`-\` is not an item of a list: \`-\` means the end of a list in \`add\` only`,
  },
  {
    name: 'a key in a list',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/list/x, value: 1}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:23: \`x\` is not an item of a list: lists take an index here`,
  },
  {
    name: 'test fails',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: test, path: /spec/a, value: "1"}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:24: the test of \`/spec/a\` fails: the object has another value there, so the patch cannot be applied`,
  },
  ...['{c: 1, d: 2}', '{}', '[]', 'null'].map((value) => ({
    name: `test of a map for ${value}`,
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: /spec/b, value: {c: 1}}
    - {op: test, path: /spec/b, value: {c: 1}}
    - {op: test, path: /spec/b, value: ${value}}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:7:24: the test of \`/spec/b\` fails: the object has another value there, so the patch cannot be applied`,
  })),
  {
    name: 'an unknown operation',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: merge, path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:12: \`merge\` is not an operation of a JSON patch; write add, remove, replace, move, copy or test`,
  },
  {
    name: 'no operation',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:8: this step of the JSON patch has no \`op\`; add it`,
  },
  {
    name: 'no path',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: remove}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:8: this step of the JSON patch has no \`path\`; add it`,
  },
  {
    name: 'an empty path',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: add, path: "", value: 1}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:23: "" is not a path of a JSON patch, which looks like \`/spec/replicas\``,
  },
  {
    name: 'no from',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: move, path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:8: this step of the JSON patch has no \`from\`; add it`,
  },
  {
    name: 'the name is taken away',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - {op: remove, path: /metadata/name}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:7: this patch removes the object's \`metadata.name\`, without which it cannot be built`,
  },
  {
    name: 'a step that is no map',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    - remove
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:7: a step of a JSON patch is a map with \`op\`, \`path\` and mostly \`value\``,
  },
  {
    name: 'JSON with a comma too many',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  path: patch.json
`,
      'object.yaml': object,
      'patch.json': `[{"op": "remove", "path": "/spec/a"},]`,
    },
    expected: `patch.json:1:38: invalid JSON: JSON allows no comma before the end of a list or object`,
  },
  {
    name: 'JSON that ends early',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  path: patch.json
`,
      'object.yaml': object,
      'patch.json': `[{"op": "remove", "path": "/spec/a"}`,
    },
    expected: `patch.json:1:37: invalid JSON: a comma or \`]\` is expected here`,
  },
  {
    name: 'JSON with a comment',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- target: {kind: Widget}
  path: patch.json
`,
      'object.yaml': object,
      'patch.json': `[// no
{"op": "remove", "path": "/spec/a"}]`,
    },
    expected: `patch.json:1:2: invalid JSON: a JSON value is expected here`,
  },
  {
    name: 'a JSON patch without target',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patches:
- patch: |-
    - {op: remove, path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:3:10: a JSON patch needs a \`target\` that says which objects to patch; add it to this entry`,
  },
  {
    name: 'patchesJson6902',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patchesJson6902:
- target: {version: v1, kind: Widget, name: one}
  patch: |-
    - {op: remove, path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  list:
  - x
  - z
`,
  },
  {
    name: 'patchesJson6902 without a name',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patchesJson6902:
- target: {version: v1, kind: Widget}
  patch: |-
    - {op: remove, path: /spec/a}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:3:12: the target of a JSON patch must have a \`name\`; add it, or use \`patches:\` instead`,
  },
  {
    name: 'patchesJson6902: annotations have to be there',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patchesJson6902:
- target: {version: v1, kind: Widget, name: one}
  patch: |-
    - {op: add, path: /metadata/annotations/a, value: b}
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:5:23: \`/metadata/annotations/a\` does not exist in the object: there is no map or list at \`/metadata/annotations\`; add it first, or correct the path`,
  },
  {
    name: 'patchesJson6902 without steps',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
patchesJson6902:
- target: {version: v1, kind: Widget, name: one}
  patch: "[]"
`,
      'object.yaml': object,
    },
    expected: `kustomization.yaml:4:10: this JSON patch has no steps; add some, or remove the entry`,
  },
];

test.each(cases)('$name', ({ tree, expected, in57 }) => {
  expect(printTree(tree, '5.8')).toBe(expected);
  expect(printTree(tree, '5.7')).toBe(in57 ?? expected);
});
