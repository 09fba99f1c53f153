import { expect, test } from 'vitest';
import { printTree } from '../build-tree.ts';

/** What the real kustomize, 5.7 and 5.8 alike, makes of an object and a patch that names it. */
const cases: readonly { name: string; object: string; patch: string; expected: string }[] = [
  {
    name: 'merges maps and replaces single values',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  kept: 1
  changed: old
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  changed: new
  added: {a: 1}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  added:
    a: 1
  changed: new
  kept: 1
`,
  },
  {
    name: 'a null takes a field away, also a map or a list',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a: 1
  b: {c: 1}
  d: [1]
  e: 1
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: null, b: null, d: null}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  e: 1
`,
  },
  {
    name: 'nulls in what is new fall out, but not those in a list',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {new: {a: null, b: 1, list: [{c: null}]}}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  new:
    b: 1
    list:
    - c: null
`,
  },
  {
    name: "of the object's own nulls, those written as nothing fall out",
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  nothing:
  tilde: ~
  word: null
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: 1}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a: 1
  tilde: null
  word: null
`,
  },
  {
    name: 'a number in the place of a quoted text becomes a text',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  text: "5"
  number: 5
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  text: 6
  number: "7"
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  number: "7"
  text: "6"
`,
  },
  {
    name: 'lists of unknown kinds are replaced',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  items: [{name: a}, {name: b}]
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  items: [{name: b, x: 1}]
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  items:
  - name: b
    x: 1
`,
  },
  {
    name: 'an object inside an unknown kind is merged by its own kind',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  inner:
    apiVersion: v1
    kind: Pod
    spec: {containers: [{name: a, image: x}]}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  inner:
    apiVersion: v1
    kind: Pod
    spec: {containers: [{name: a, tty: true}]}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  inner:
    apiVersion: v1
    kind: Pod
    spec:
      containers:
      - image: x
        name: a
        tty: true
`,
  },
  {
    name: 'items are merged by name, new ones go first',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, image: a}
      - {name: two, image: b}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: new, image: n}
      - {name: two, tty: true}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: "n"
        name: new
      - image: b
        name: two
        tty: true
      - image: a
        name: one
`,
  },
  {
    name: 'merges below merged items',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        env: [{name: A, value: a}, {name: B, value: b}]
        args: [x, y]
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        env: [{name: B, value: null}, {name: C, value: c}]
        args: [z]
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - args:
        - z
        env:
        - name: B
        - name: C
          value: c
        - name: A
          value: a
        name: one
`,
  },
  {
    name: 'a field of an item is taken away',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, image: a, tty: true}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, tty: null}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: a
        name: one
`,
  },
  {
    name: '$patch: delete takes an item away',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one}
      - {name: two}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, $patch: delete}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: two
`,
  },
  {
    name: '$patch: delete takes a map away',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: {b: 1}, c: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: {$patch: delete}}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  c: 1
`,
  },
  {
    name: '$patch: replace replaces a map',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: {b: 1}, c: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: {$patch: replace, d: 2}}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a:
    d: 2
  c: 1
`,
  },
  {
    name: '$patch: replace replaces a list',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one}
      - {name: two}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - $patch: replace
      - {name: three}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: three
`,
  },
  {
    name: '$patch: delete takes a list away',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one}
      volumes: []
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - $patch: delete
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      volumes: []
`,
  },
  {
    name: '$patch: replace of an item is without effect',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, image: a}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one, $patch: replace, tty: true}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: a
        name: one
`,
  },
  {
    name: '$patch: replace of the whole object is without effect',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
$patch: replace
spec: {b: 1}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a: 1
`,
  },
  {
    name: '$patch: merge is what happens anyway',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
$patch: merge
spec: {b: 1}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a: 1
  b: 1
`,
  },
  {
    name: '$patch: delete of the whole object removes it',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
$patch: delete
`,
    expected: ``,
  },
  {
    name: 'ports go by number and protocol',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - {containerPort: 80, protocol: TCP, name: a}
        - {containerPort: 80, protocol: UDP, name: b}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - {containerPort: 80, protocol: UDP, name: c}
        - {containerPort: 81, protocol: TCP}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - containerPort: 81
          protocol: TCP
        - containerPort: 80
          name: a
          protocol: TCP
        - containerPort: 80
          name: c
          protocol: UDP
`,
  },
  {
    name: 'a port without protocol in the object takes the place of one with it',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - {containerPort: 80, name: a}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - {containerPort: 80, protocol: UDP, name: c}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: one
        ports:
        - containerPort: 80
          name: a
`,
  },
  {
    name: 'finalizers go by value',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  finalizers: [a, b]
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  finalizers: [c, b]
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  finalizers:
  - c
  - b
  - a
  name: web
`,
  },
  {
    name: 'an item without the merge key empties the list',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {image: x}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers: []
`,
  },
  {
    name: 'items of a new list with one key fall together',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers: []
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      initContainers:
      - {name: a, image: x}
      - {name: a, tty: true}
      - {name: b}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers: []
      initContainers:
      - name: a
        tty: true
      - name: b
`,
  },
  {
    name: 'directives of kubectl mean nothing, and stay',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - {name: one}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      $setElementOrder/containers: [{name: one}]
      $retainKeys: [containers]
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      $retainKeys:
      - containers
      $setElementOrder/containers:
      - name: one
      containers:
      - name: one
`,
  },
  {
    name: '$deleteFromPrimitiveList means nothing',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  finalizers: [a]
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  $deleteFromPrimitiveList/finalizers: [a]
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  $deleteFromPrimitiveList/finalizers:
  - a
  finalizers:
  - a
  name: web
`,
  },
  {
    name: 'labels with null go, in a patch that names its object',
    object: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {a: x, b: y}
`,
    patch: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {a: null}
`,
    expected: `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    b: "y"
  name: web
`,
  },
  {
    name: 'the namespace stays',
    object: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec: {a: 1}
`,
    patch: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
  namespace: 
spec: {a: 2}
`,
    expected: `apiVersion: example.com/v1
kind: Widget
metadata:
  name: web
spec:
  a: 2
`,
  },
];

test.each(cases)('$name', ({ object, patch, expected }) => {
  const tree = {
    'kustomization.yaml': 'resources: [object.yaml]\npatches:\n- path: patch.yaml\n',
    'object.yaml': object,
    'patch.yaml': patch,
  };
  expect(printTree(tree, '5.7')).toBe(expected);
  expect(printTree(tree, '5.8')).toBe(expected);
});
