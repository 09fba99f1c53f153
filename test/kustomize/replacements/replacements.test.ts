import { describe, expect, test } from 'vitest';
import { printTree, type Tree } from '../build-tree.ts';

/** Where values come from. */
const source = `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
`;
const widget = `apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
`;
const onlyImage = `${widget}  image: x\n`;
const withImage = `${source}---\n${widget}  image: reg:5000/app:TAG\n  port: 80\n`;
const withList = `${source}---\n${widget}  list: [a, b]\n`;

/** Replacements. The results are those of the real kustomize; where it refuses, ours says where and why. */
const cases: readonly { name: string; tree: Tree; expected: string; in57?: string }[] = [
  {
    name: 'a text keeps its type and gets another text',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: v1.2.3
  port: 80
`,
  },
  {
    name: 'an integer takes a text that reads as one',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.port}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.port]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: reg:5000/app:TAG
  port: 8080
`,
  },
  {
    name: 'an integer refuses anything else',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.port]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:6:18: \`v1.2.3\` cannot be written here: the field is an integer, and keeps its type; quote its value to make it a text`,
  },
  {
    name: 'a null refuses everything',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.port]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  port: null
`,
    },
    expected: `kustomization.yaml:6:18: \`v1.2.3\` cannot be written here: the field is null, and keeps its type; quote its value to make it a text`,
  },
  {
    name: 'a text takes a number as text',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget, name: target, fieldPath: spec.port}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: "80"
  port: 80
`,
  },
  {
    name: 'without fieldPaths it is the name',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: v1.2.3
spec:
  image: reg:5000/app:TAG
  port: 80
`,
  },
  {
    name: 'without fieldPath the source is its name',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: source
  port: 80
`,
  },
  {
    name: 'a map replaces a map',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget, fieldPath: spec.a}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.b]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  a: {x: 1}
  b: {y: 1}
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  a:
    x: 1
  b:
    x: 1
`,
  },
  {
    name: 'a single value replaces a list',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.b]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  b: [1, 2]
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  b: v1.2.3
`,
  },
  {
    name: 'a delimiter and an index pick a part',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
    options: {delimiter: ":", index: 2}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: reg:5000/app:v1.2.3
  port: 80
`,
  },
  {
    name: 'an index before the first puts it in front',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
    options: {delimiter: ":", index: -1}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: v1.2.3:reg:5000/app:TAG
  port: 80
`,
  },
  {
    name: 'an index beyond the last puts it behind',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
    options: {delimiter: ":", index: 7}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: reg:5000/app:TAG:v1.2.3
  port: 80
`,
  },
  {
    name: 'a part of the source',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.parts, options: {delimiter: "-", index: 1}}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: b
  port: 80
`,
  },
  {
    name: 'a part that the source does not have',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.parts, options: {delimiter: "-", index: 3}}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:3:99: \`a-b-c\` split at \`-\` has no part 3; the parts are numbered 0 to 2`,
  },
  {
    name: 'a delimiter for a map',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.b]
    options: {delimiter: "-"}
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  b: {c: 1}
`,
    },
    expected: `kustomization.yaml:7:14: only a single value can be split at a delimiter, and this path leads to a map or list; remove the \`delimiter\``,
  },
  {
    name: 'items by name, as a pattern that may match anywhere',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: ["spec.items.[name=x].v"]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  items: [{name: x, v: 1s}, {name: x2, v: 2s}, {name: y, v: 3s}]
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  items:
  - name: x
    v: v1.2.3
  - name: x2
    v: v1.2.3
  - name: "y"
    v: 3s
`,
  },
  {
    name: 'items by index, and all of them',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.items.0.v, "spec.list.*"]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  items: [{v: 1s}, {v: 2s}]
  list: [a, b]
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  items:
  - v: v1.2.3
  - v: 2s
  list:
  - v1.2.3
  - v1.2.3
`,
  },
  {
    name: 'items of a list of texts',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: ["spec.list.[=a]"]
`,
      'objects.yaml': withList,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  list:
  - v1.2.3
  - b
`,
  },
  {
    name: 'keys with dots, escaped or in brackets',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: ["metadata.annotations.a\\\\.b/c", "metadata.annotations.[d.e/f]"]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target, annotations: {a.b/c: x, d.e/f: x}}
spec:
  image: reg:5000/app:TAG
  port: 80
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  annotations:
    a.b/c: v1.2.3
    d.e/f: v1.2.3
  name: target
spec:
  image: reg:5000/app:TAG
  port: 80
`,
  },
  {
    name: 'create makes what is missing, and gives it the type that it reads as',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.port}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.a.b, "spec.items.[name=x].v", spec.list.0]
    options: {create: true}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  a:
    b: 8080
  image: reg:5000/app:TAG
  items:
  - name: x
    v: 8080
  list:
  - 8080
  port: 80
`,
  },
  {
    name: 'create keeps a text that YAML 1.1 would misread',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.yes}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.a]
    options: {create: true}
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  a: "yes"
  image: reg:5000/app:TAG
  port: 80
`,
  },
  {
    name: 'a field that is missing',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.nope]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:6:18: cannot find \`spec.nope\` in Widget.v1.example.com/target.[noNs]: no such field; correct the path, add the field, or set \`options: {create: true}\``,
  },
  {
    name: 'an index in brackets',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: ["spec.list.[1]"]
`,
      'objects.yaml': withList,
    },
    expected: `kustomization.yaml:6:18: cannot find \`spec.list.[1]\` in Widget.v1.example.com/target.[noNs]: \`[1]\` has no \`=\`; write the index without brackets, \`1\``,
  },
  {
    name: 'an index beyond the list',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.list.2]
`,
      'objects.yaml': withList,
    },
    expected: `kustomization.yaml:6:18: cannot find \`spec.list.2\` in Widget.v1.example.com/target.[noNs]: the list has 2 items, and none at index 2`,
  },
  {
    name: '- in a target',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.list.-]
`,
      'objects.yaml': withList,
    },
    expected: `kustomization.yaml:6:18: cannot find \`spec.list.-\` in Widget.v1.example.com/target.[noNs]: \`-\` means the last item of a list in a source only; write its index`,
  },
  {
    name: '- in a source',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget, fieldPath: spec.list.-}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  image: x
  list: [a, b]
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: b
  list:
  - a
  - b
`,
  },
  {
    name: 'a key in a list',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.list.name]
`,
      'objects.yaml': withList,
    },
    expected: `kustomization.yaml:6:18: cannot find \`spec.list.name\` in Widget.v1.example.com/target.[noNs]: \`name\` needs a map, and there is a list`,
  },
  {
    name: 'a pattern in a name selects since 5.8',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget, name: "tar.*"}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: v1.2.3
  port: 80
`,
    in57: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: reg:5000/app:TAG
  port: 80
`,
  },
  {
    name: 'a placeholder in a name selected until 5.7',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget, name: "w-\${TAG}"}
    fieldPaths: [spec.image]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: "w-\${TAG}"}
spec:
  image: reg:5000/app:TAG
  port: 80
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: w-\${TAG}
spec:
  image: reg:5000/app:TAG
  port: 80
`,
    in57: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: w-\${TAG}
spec:
  image: v1.2.3
  port: 80
`,
  },
  {
    name: 'a placeholder without $ selects in both',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget, name: w-TAG}
    fieldPaths: [spec.image]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: w-TAG}
spec:
  image: reg:5000/app:TAG
  port: 80
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: w-TAG
spec:
  image: v1.2.3
  port: 80
`,
  },
  {
    name: 'an absent namespace is default until 5.7',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget, namespace: default}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: reg:5000/app:TAG
  port: 80
`,
    in57: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: v1.2.3
  port: 80
`,
  },
  {
    name: 'reject by name, by label',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    reject: [{name: other}, {labelSelector: a=b}]
    fieldPaths: [spec.image]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  image: reg:5000/app:TAG
  port: 80
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: other}
spec: {image: x}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: third, labels: {a: b}}
spec: {image: x}
`,
    },
    expected: `apiVersion: v1
data:
  parts: a-b-c
  port: "8080"
  tag: v1.2.3
  "yes": "yes"
kind: ConfigMap
metadata:
  name: source
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: other
spec:
  image: x
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: v1.2.3
  port: 80
---
apiVersion: example.com/v1
kind: Widget
metadata:
  labels:
    a: b
  name: third
spec:
  image: x
`,
  },
  {
    name: 'a source that is not there',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: nobody, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:3:35: no object is of kind ConfigMap, name nobody, which this replacement takes its value from; correct the source, or add the object to \`resources\``,
  },
  {
    name: 'a source that is not one',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {version: v1, fieldPath: metadata.name}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:3:11: 2 objects are of version v1, and a replacement takes its value from one; say more about it, such as its name and namespace`,
  },
  {
    name: 'a source is no pattern',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: "sour.*"}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:3:35: no object is of kind ConfigMap, name sour.*, which this replacement takes its value from; correct the source, or add the object to \`resources\``,
  },
  {
    name: 'a source field that is missing',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.nope}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': withImage,
    },
    expected: `kustomization.yaml:3:54: ConfigMap.v1.[noGrp]/source.[noNs] has no value at \`data.nope\` to copy; correct the path, or add the field`,
  },
  {
    name: '* in a source',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget, fieldPath: "spec.list.*"}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data:
  tag: v1.2.3
  port: "8080"
  parts: a-b-c
  yes: "yes"
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  image: x
  list: [a]
`,
    },
    expected: `kustomization.yaml:3:37: cannot follow \`spec.list.*\` in Widget.v1.example.com/target.[noNs]: a source is one field, so its path cannot have \`*\``,
  },
  {
    name: 'sourceValue',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- sourceValue: fixed
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image]
`,
      'objects.yaml': onlyImage,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: fixed
`,
  },
  {
    name: 'source and sourceValue',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- sourceValue: fixed
  source: {kind: Widget}
  targets:
  - select: {kind: Widget}
`,
      'objects.yaml': onlyImage,
    },
    expected: `kustomization.yaml:3:16: a replacement has either \`source\` or \`sourceValue\`; remove one of the two`,
  },
  {
    name: 'no source',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- targets:
  - select: {kind: Widget}
`,
      'objects.yaml': onlyImage,
    },
    expected: `kustomization.yaml:3:3: this replacement has no \`source\`; say which field of which object is to be copied`,
  },
  {
    name: 'no targets',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget}
`,
      'objects.yaml': onlyImage,
    },
    expected: `kustomization.yaml:3:3: this replacement has no \`targets\`; say which fields of which objects are to be changed`,
  },
  {
    name: 'no select',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: Widget}
  targets:
  - fieldPaths: [spec.image]
`,
      'objects.yaml': onlyImage,
    },
    expected: `kustomization.yaml:5:5: this target has no \`select\`; say which objects are to be changed`,
  },
  {
    name: 'a file with one, and one with a list',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- path: one.yaml
- path: list.yaml
`,
      'one.yaml': `sourceValue: first
targets:
- select: {kind: Widget}
  fieldPaths: [spec.image]
`,
      'list.yaml': `- sourceValue: second
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.port]
`,
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  image: x
  port: y
`,
    },
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: target
spec:
  image: first
  port: second
`,
  },
  {
    name: 'a file and the rest beside it',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- path: one.yaml
  source: {kind: Widget}
`,
      'one.yaml': `sourceValue: first
targets: []
`,
      'objects.yaml': onlyImage,
    },
    expected: `kustomization.yaml:3:9: a replacement is either in a file or written here; remove \`path\`, or the rest`,
  },
  {
    name: 'a file that holds something else',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
replacements:
- path: one.yaml
`,
      'one.yaml': `text
`,
      'objects.yaml': onlyImage,
    },
    expected: `one.yaml:1:1: \`one.yaml\` should hold a replacement, or a list of them, with \`source\` and \`targets\``,
  },
];

describe('apply-replacement', () => {
  test.each(cases)('$name', ({ tree, expected, in57 }) => {
    expect(printTree(tree, '5.8')).toBe(expected);
    expect(printTree(tree, '5.7')).toBe(in57 ?? expected);
  });
});
