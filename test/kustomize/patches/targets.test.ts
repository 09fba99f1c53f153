import { expect, test } from 'vitest';
import { printTree, type Tree } from './build-tree.ts';

/** Which objects a patch is for, and what is wrong with it. The results are those of the real kustomize; where it refuses, ours says where and why. */
const cases: readonly { name: string; tree: Tree; expected: string; in57?: string }[] = [
  {
    name: 'a name selects as a whole',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {name: on}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
    },
    expected: `kustomization.yaml:4:18: \`patches[0].target.name\` must be a string, but this is the boolean on; put it in quotes: "on"`,
  },
  {
    name: 'a name is a regular expression',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {name: "o.*|nobody"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'a regular expression that needs the engine',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {name: "(?i)T[vw]{1,2}o+"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
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
`,
  },
  {
    name: 'group, version and kind',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {group: example.com, version: v., kind: Widget, name: one}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'an absent namespace is default',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {namespace: default}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'namespace',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {namespace: pr.d}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
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
`,
  },
  {
    name: 'labels: equal',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "app=x"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'labels: not equal, which the absent one is',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "tier!=db"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
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
  hit: true
`,
  },
  {
    name: 'labels: sets',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "app in (y, z),tier notin (web)"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
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
`,
  },
  {
    name: 'labels: presence',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "tier,!nope"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'labels: absence',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "!tier"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
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
`,
  },
  {
    name: 'annotations: greater',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {annotationSelector: "note > 0"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
  hit: true
`,
  },
  {
    name: 'nothing selected is no error',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {kind: Nothing}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
`,
  },
  {
    name: 'a bad regular expression',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {name: "a("}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
    },
    expected: `kustomization.yaml:4:18: \`a(\` is not a regular expression that Go can read (missing closing ): \`a(\`); put a backslash before a character that is meant as it stands`,
  },
  {
    name: 'a bad selector',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "app in x"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
    },
    expected: `kustomization.yaml:4:27: cannot read the selector \`app in x\`: \`in\` and \`notin\` need their values in parentheses`,
  },
  {
    name: 'a bad label key',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {labelSelector: "-app=x"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
    },
    expected: `kustomization.yaml:4:27: cannot read the selector \`-app=x\`: \`-app\` is not a valid label key`,
  },
  {
    name: 'a bad selector that is never looked at does no harm',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  target: {kind: Nothing, labelSelector: "app in x"}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
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
`,
  },
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
      'base/o.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
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
      'objects.yaml': `apiVersion: example.com/v1
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
`,
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
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
spec: {a: 1}
`,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: new
spec: {a: 1}
`,
    },
    expected: `patch.yaml:4:9: after this patch two objects are Widget.v1.example.com/new.[noNs]; select fewer, or do not let the patch change names`,
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
      'objects.yaml': `apiVersion: example.com/v1
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
`,
    },
    expected: `kustomization.yaml:7:13: no object here is Widget.v1.example.com/nobody.[noNs], which this patch is for; correct its apiVersion, kind, name or namespace`,
  },
  {
    name: 'a patch with the wrong apiVersion',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `apiVersion: example.com/v2
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected: `patch.yaml:4:9: no object here is Widget.v2.example.com/one.[noNs], which this patch is for; there is one with apiVersion \`example.com/v1\``,
  },
  {
    name: 'a patch without the namespace of its object',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
spec: {a: 1}
`,
    },
    expected: `patch.yaml:4:9: no object here is Widget.v1.example.com/two.[noNs], which this patch is for; there is one in namespace \`prod\`: add that to the patch`,
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
      'a/o.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
      'b/o.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected: `patch.yaml:4:9: 2 objects here are or were Widget.v1.example.com/one.[noNs], and a patch is for one; add a \`target\` that selects them`,
  },
  {
    name: 'several documents without a target',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
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
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: two
spec: {a: 1}
`,
    },
    expected: `kustomization.yaml:3:9: this patch has 2 documents, and only one may go with a \`target\`; give each document a patch entry of its own`,
  },
  {
    name: 'neither patch nor path',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- target: {kind: Widget}
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
    },
    expected: `kustomization.yaml:3:3: this patch has no content; name a file with \`path\`, or write it in \`patch\``,
  },
  {
    name: 'both patch and path',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
  patch: "[]"
`,
      'objects.yaml': `apiVersion: example.com/v1
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
`,
      'patch.yaml': `kind: Widget
apiVersion: any/v1
metadata: {name: any}
spec: {hit: true}
`,
    },
    expected: `kustomization.yaml:3:9: a patch has either \`patch\` or \`path\`; remove one of the two`,
  },
  {
    name: 'a patch without content',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
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
    in57: `kustomization.yaml:3:9: a patch without content needs a \`target\` that says which objects to patch; add it to this entry`,
  },
  {
    name: 'a patch file that is not there',
    tree: {
      'kustomization.yaml': `resources: [objects.yaml]
patches:
- path: patch.yaml
`,
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected: `kustomization.yaml:3:9: \`patch.yaml\` does not exist; create it or remove this entry`,
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
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected: `kustomization.yaml:6:12: invalid YAML: a , or ] is missing before this; quote a text that has any of , [ ] { } in it`,
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
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
    },
    expected: `kustomization.yaml:5:5: a strategic merge patch must have a \`kind\`, even where a \`target\` selects its objects; add it`,
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
      'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata:
  name: one
spec: {a: 1}
`,
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
      'objects.yaml': `apiVersion: example.com/v1
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
`,
    },
    expected: `kustomization.yaml:11:20: no object here is Widget.v1.example.com/one.[noNs], which this patch is for; correct its apiVersion, kind, name or namespace`,
  },
];

test.each(cases)('$name', ({ tree, expected, in57 }) => {
  expect(printTree(tree, '5.8')).toBe(expected);
  expect(printTree(tree, '5.7')).toBe(in57 ?? expected);
});
