import { describe, expect, test } from 'vitest';
import { printTree, type Tree } from '../build-tree.ts';

/** Paths that lead into YAML or JSON in a text, which only 5.8 follows. */
const cases: readonly { name: string; tree: Tree; expected: string; in57?: string }[] = [
  {
    name: 'a field of YAML in a text',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a:
        b: x
        list:
          - "q"
          - {c: 1, d: [e]}
    
    # comment
    e: f # tail
`,
    },
    expected: `apiVersion: v1
data:
  file: |-
    a:
      b: NEW
      list:
      - "q"
      - {c: 1, d: [e]}
    # comment
    e: f # tail
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'a value in braces keeps its quotes',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: {b: "x", c: y}
`,
    },
    expected: `apiVersion: v1
data:
  file: 'a: {b: "NEW", c: y}'
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'a text that needs quotes gets them',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: "a: b"
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x
`,
    },
    expected: `apiVersion: v1
data:
  file: 'a: ''a: b'''
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'a text that reads as another type gets them',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: "true"
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x
`,
    },
    expected: `apiVersion: v1
data:
  file: 'a: "true"'
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'a value with several lines becomes a block',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: "l1\\nl2"
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x
    b: y
`,
    },
    expected: `apiVersion: v1
data:
  file: |-
    a: |-
      l1
      l2
    b: y
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'an integer that gets a text is marked as the integer that it is not',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: 1
`,
    },
    expected: `apiVersion: v1
data:
  file: 'a: !!int NEW'
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'compact JSON stays compact, with sorted keys',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    {"b": "x", "a": "<1>"}
`,
    },
    expected: `apiVersion: v1
data:
  file: '{"a":"\\u003c1\\u003e","b":"NEW"}'
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'indented JSON stays indented',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    {
      "b": "x", "a": [1, {}]
    }
`,
    },
    expected: `apiVersion: v1
data:
  file: |-
    {
      "a": [
        1,
        {}
      ],
      "b": "NEW"
    }
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'the delimiter has no effect',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.a"]
    options: {delimiter: "-", index: 1}
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x-y
`,
    },
    expected: `apiVersion: v1
data:
  file: 'a: NEW'
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.a\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
  {
    name: 'create works inside too',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b.c"]
    options: {create: true}
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x
`,
    },
    expected: `apiVersion: v1
data:
  file: |-
    a: x
    b:
      c: NEW
kind: ConfigMap
metadata:
  name: one
`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b.c\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'a field that is missing inside',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: x
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: no such field; correct the path, add the field, or set \`options: {create: true}\``,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'a text that is no YAML',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: [
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: there is a single value on the way that has no fields`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'an alias is not followed',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.c.k"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: &m
      k: v
    c: *m
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.c.k\` in ConfigMap.v1.[noGrp]/one.[noNs]: kustomize does not follow the alias \`*m\`; write into what it stands for`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.c.k\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`c\` needs a map, and there is a single value`,
  },
  {
    name: 'nor is anything made in what it stands for',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.c.z"]
    options: {create: true}
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: &m
      k: v
    c: *m
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.c.z\` in ConfigMap.v1.[noGrp]/one.[noNs]: kustomize does not follow the alias \`*m\`; write into what it stands for`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.c.z\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`c\` needs a map, and there is a single value`,
  },
  {
    name: 'what a merge key brings is no field',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.c.k"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: &m
      k: v
    c:
      <<: *m
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.c.k\` in ConfigMap.v1.[noGrp]/one.[noNs]: no such field; correct the path, add the field, or set \`options: {create: true}\``,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.c.k\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`c\` needs a map, and there is a single value`,
  },
  {
    name: 'an alias of nothing makes the text no YAML',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: ["data.file.b"]
`,
      'object.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  file: |
    a: *nope
    b: x
`,
    },
    expected: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: there is a single value on the way that has no fields`,
    in57: `kustomization.yaml:6:18: cannot find \`data.file.b\` in ConfigMap.v1.[noGrp]/one.[noNs]: \`b\` needs a map, and there is a single value`,
  },
  {
    name: 'behind * what is written is lost',
    tree: {
      'kustomization.yaml': `resources: [object.yaml]
replacements:
- sourceValue: NEW
  targets:
  - select: {kind: Widget}
    fieldPaths: ["spec.*.text.a"]
`,
      'object.yaml': `apiVersion: example.com/v1
kind: Widget
metadata: {name: one}
spec: [{text: "a: x"}]
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
- text: 'a: x'
`,
    in57: `kustomization.yaml:6:18: cannot find \`spec.*.text.a\` in Widget.v1.example.com/one.[noNs]: \`a\` needs a map, and there is a single value`,
  },
];

describe('embedded-yaml', () => {
  test.each(cases)('$name', ({ tree, expected, in57 }) => {
    expect(printTree(tree, '5.8')).toBe(expected);
    expect(printTree(tree, '5.7')).toBe(in57 ?? expected);
  });
});
