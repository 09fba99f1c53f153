import { expect, test } from 'vitest';
import { getPath } from '../../../src/source/node.ts';
import { buildTree, describeOrigin } from '../build-tree.ts';

const tree = {
  'kustomization.yaml': `resources: [objects.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.tag}
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.image, "spec.items.[name=x].v"]
    options: {delimiter: ":", index: 1}
  - select: {kind: Gadget}
    fieldPaths: [spec.image]
`,
  'objects.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data: {tag: v1}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  image: app:TAG
  items: [{name: x, v: a:b}, {name: x2, v: c}]
`,
};

test('says what each target selected and wrote', () => {
  const [trace] = buildTree(tree).replacements;
  expect(trace?.source?.name).toBe('source');
  expect(trace?.targets.map(({ selected }) => selected.map(({ name }) => name))).toEqual([['target'], []]);
  expect(
    trace?.targets.flatMap(({ writes }) =>
      writes.map(({ fieldPath, fields }) => [
        fieldPath?.value,
        fields.map((node) => node.kind === 'scalar' && node.value),
      ]),
    ),
  ).toEqual([
    ['spec.image', ['app:v1']],
    ['spec.items.[name=x].v', ['a:v1', 'c:v1']],
  ]);
});

test('a replaced value points at the field path, at what it was and at where the value comes from', () => {
  const widget = buildTree(tree).resources.find(({ kind }) => kind === 'Widget');
  const image = getPath(widget?.node, ['spec', 'image']);
  expect(describeOrigin(image)).toEqual([
    'replacement kustomization.yaml:6:18 spec.image',
    'written objects.yaml:10:10 app:TAG',
  ]);
  const origin = image?.origin;
  const from = origin?.kind === 'transformed' ? origin.from : undefined;
  expect(from?.kind === 'source' && from.file.text.slice(from.start, from.end)).toBe('v1');
});

test('a text with YAML in it has one origin for all of it', () => {
  const [resource] = buildTree({
    'kustomization.yaml':
      'resources: [object.yaml]\nreplacements:\n- sourceValue: b\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: [data.file.a]\n',
    'object.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  file: "a: x"\n',
  }).resources;
  expect(describeOrigin(getPath(resource?.node, ['data', 'file']))).toEqual([
    'replacement kustomization.yaml:6:18 data.file.a',
    'written object.yaml:5:9 "a: x"',
  ]);
});

test('says which text was written into, and forgets a copy of one', () => {
  const files = {
    'kustomization.yaml': `resources: [objects.yaml]
replacements:
- sourceValue: new
  targets:
  - select: {kind: Widget}
    fieldPaths: [spec.text.a, spec.texts.*.b.a]
`,
    'objects.yaml': `apiVersion: example.com/v1
kind: Widget
metadata: {name: target}
spec:
  text: "a: x"
  texts: [{b: "a: x"}]
`,
  };
  const root = buildTree(files, '5.8');
  const [text] = root.replacements[0]?.targets[0]?.writes ?? [];
  expect(text?.resource.name).toBe('target');
  expect(text?.fieldPath?.value).toBe('spec.text.a');
  expect(text?.fields).toEqual([getPath(root.resources[0]?.node, ['spec', 'text'])]);
  expect(describeOrigin(text?.fields[0])).toEqual([
    'replacement kustomization.yaml:6:18 spec.text.a',
    'written objects.yaml:5:9 "a: x"',
  ]);
});
