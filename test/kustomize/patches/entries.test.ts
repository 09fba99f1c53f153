import { expect, test } from 'vitest';
import { printTree, type Tree } from '../build-tree.ts';

/** Two objects to choose from. */
const objects = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
  labels: {app: x, tier: web}
  annotations: {note: "1"}
spec: {a: 1}
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
  labels: {app: y}
  namespace: prod
spec: {a: 1}
`;
const one = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`;
/** A patch that can be seen, for whatever its target selects. */
const hit = `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`;

/** Names, options and documents of entries, and what is refused. The results are those of the real kustomize; where it refuses, ours says where and why. */
const cases: readonly { name: string; tree: Tree; expected: string; in57?: string }[] = [
  {
    name: 'the names before and after a prefix both select',
    tree: {
      'kustomization.yaml': `resources: [base]
patches:
- path: patch.yaml
  target: {name: one}
- path: patch2.yaml
  target: {name: p-one}
`,
      'base/kustomization.yaml': `resources: [o.yaml]
namePrefix: p-
`,
      'base/o.yaml': one,
      'patch.yaml': hit,
      'patch2.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit2: true}
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: p-one
spec:
  a: 1
  hit: true
  hit2: true
`,
  },
  {
    name: 'with a target, a label with null becomes a text',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {kind: Widget}
`,
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
  labels: {a: x, b: y}
spec: {a: 1}
`,
      'patch.yaml': `apiVersion: v1
kind: Widget
metadata:
  name: any
  labels: {a: null, c: 1}
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  labels:
    a: "null"
    b: "y"
    c: "1"
  name: one
spec:
  a: 1
`,
  },
  {
    name: 'name and kind change only where the options let them',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {name: one}
  options: {allowNameChange: true, allowKindChange: true}
- path: patch.yaml
  target: {name: two}
`,
      'objects.yaml': objects,
      'patch.yaml': `apiVersion: v1
kind: Gadget
metadata: {name: new, namespace: other}
`,
    },
    expected: `apiVersion: example.com/v1
kind: Gadget
metadata:
  annotations:
    note: "1"
  labels:
    app: x
    tier: web
  name: new
spec:
  a: 1
---
apiVersion: example.com/v1
kind: Widget
metadata:
  labels:
    app: "y"
  name: two
  namespace: prod
spec:
  a: 1
`,
  },
  {
    name: 'two objects that get the same name',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {kind: Widget}
  options: {allowNameChange: true}
`,
      'objects.yaml': `${one}---\n${one.replace('one', 'two')}`,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: new
spec: {a: 1}
`,
    },
    expected:
      'patch.yaml:4:9: after this patch two objects are Widget.v1.example.com/new.[noNs]; select fewer, or do not let the patch change names',
  },
  {
    name: 'a patch for nobody',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- patch: |-
    apiVersion: example.com/v1
    kind: Widget
    metadata:
      name: nobody
`,
      'objects.yaml': objects,
    },
    expected:
      'kustomization.yaml:7:13: no object here is Widget.v1.example.com/nobody.[noNs], which this patch is for; correct its apiVersion, kind, name or namespace, or list it in `resources` if it is an object of its own',
  },
  {
    name: 'a patch with the wrong apiVersion',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': objects,
      'patch.yaml': `apiVersion: example.com/v2
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected:
      'patch.yaml:4:9: no object here is Widget.v2.example.com/one.[noNs], which this patch is for; there is one with apiVersion `example.com/v1`',
  },
  {
    name: 'a patch without the namespace of its object',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': objects,
      'patch.yaml': one.replace('one', 'two'),
    },
    expected:
      'patch.yaml:4:9: no object here is Widget.v1.example.com/two.[noNs], which this patch is for; there is one in namespace `prod`: add that to the patch',
  },
  {
    name: 'a patch whose name several objects have had',
    tree: {
      'kustomization.yaml': `resources: [a, b]
patches:
- path: patch.yaml
`,
      'a/kustomization.yaml': `resources: [o.yaml]
namePrefix: a-
`,
      'b/kustomization.yaml': `resources: [o.yaml]
namePrefix: b-
`,
      'a/o.yaml': one,
      'b/o.yaml': one,
      'patch.yaml': one,
    },
    expected:
      'patch.yaml:4:9: 2 objects here are or were Widget.v1.example.com/one.[noNs], and a patch is for one; add a `target` that selects them',
  },
  {
    name: 'several documents without a target',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': objects,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {b: 1}
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
  namespace: prod
spec: {c: 1}
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  labels:
    app: "y"
  name: two
  namespace: prod
spec:
  a: 1
  c: 1
---
apiVersion: example.com/v1
kind: Widget
metadata:
  annotations:
    note: "1"
  labels:
    app: x
    tier: web
  name: one
spec:
  a: 1
  b: 1
`,
  },
  {
    name: 'several documents with a target',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {kind: Widget}
`,
      'objects.yaml': objects,
      'patch.yaml': `${one}---\n${one.replace('one', 'two')}`,
    },
    expected:
      'kustomization.yaml:3:9: this patch has 2 documents, and only one may go with a `target`; give each document a patch entry of its own',
  },
  {
    name: 'neither patch nor path',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- target: {kind: Widget}
`,
      'objects.yaml': objects,
    },
    expected: 'kustomization.yaml:3:3: this patch has no content; name a file with `path`, or write it in `patch`',
  },
  {
    name: 'both patch and path',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  patch: "[]"
`,
      'objects.yaml': objects,
      'patch.yaml': hit,
    },
    expected: 'kustomization.yaml:3:9: a patch has either `patch` or `path`; remove one of the two',
  },
  {
    name: 'a patch without content',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': one,
      'patch.yaml': `# nothing
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
`,
    in57: 'kustomization.yaml:3:9: a patch without content needs a `target` that says which objects to patch; add it to this entry',
  },
  {
    name: 'a patch file that is not there',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': one,
    },
    expected: 'kustomization.yaml:3:9: `patch.yaml` does not exist; create it or remove this entry',
  },
  {
    name: 'a patch that is no YAML',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    spec:
      a: [1
`,
      'objects.yaml': one,
    },
    expected:
      'kustomization.yaml:6:12: invalid YAML: a , or ] is missing before this; quote a text that has any of , [ ] { } in it',
  },
  {
    name: 'a patch that is no object',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- target: {kind: Widget}
  patch: |-
    spec:
      a: 1
`,
      'objects.yaml': one,
    },
    expected:
      'kustomization.yaml:5:5: a strategic merge patch must have a `kind`, even where a `target` selects its objects; add it',
  },
  {
    name: 'patchesStrategicMerge: files and text',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patchesStrategicMerge:
- patch.yaml
- |-
  apiVersion: example.com/v1
  kind: Widget
  metadata: {name: one}
  spec: {c: 1}
`,
      'objects.yaml': one,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {b: 1}
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec:
  a: 1
  b: 1
  c: 1
`,
  },
  {
    name: 'patchesStrategicMerge: the object is gone',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patchesStrategicMerge:
- |-
  apiVersion: example.com/v1
  kind: Widget
  metadata: {name: one}
  $patch: delete
- |-
  apiVersion: example.com/v1
  kind: Widget
  metadata: {name: one}
`,
      'objects.yaml': objects,
    },
    expected:
      'kustomization.yaml:11:20: no object here is Widget.v1.example.com/one.[noNs], which this patch is for; correct its apiVersion, kind, name or namespace, or list it in `resources` if it is an object of its own',
  },
];

test.each(cases)('$name', ({ tree, expected, in57 }) => {
  expect(printTree(tree, '5.8')).toBe(expected);
  expect(printTree(tree, '5.7')).toBe(in57 ?? expected);
});
