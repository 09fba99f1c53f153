import { describe, expect, it } from 'vitest';
import { insertPathPart } from '../../../src/kustomize/transformers/file-path.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

describe('a part of a file path', () => {
  it.each([
    ['', 0, 'p'],
    ['/', 0, '/p'],
    ['/', 9, '/p'],
    ['pie', 0, 'p/pie'],
    ['/pie', 0, '/p/pie'],
    ['raw', 1, 'raw/p'],
    ['/raw', 9, '/raw/p'],
    ['a/nice/warm/pie', 3, 'a/nice/warm/p/pie'],
    ['/a/nice/warm/pie', 3, '/a/nice/warm/p/pie'],
    ['a/', 0, 'p/a'],
  ])('goes into %s at %i', (path, position, expected) => {
    expect(insertPathPart(path, position, 'p')).toBe(expected);
  });
});

const plugin = (targets: string, value = 'value: " 12 "') =>
  `apiVersion: builtin\nkind: ValueAddTransformer\nmetadata: {name: t}\n${value}\n${targets}`;
const object = 'apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: f}\nspec: {path: /a/b, list: [{name: z}]}\n';

describe('a value', () => {
  it('goes into fields that are there or not, and into parts of paths', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [f.yaml]\ntransformers: [t.yaml]\n',
        'f.yaml': object,
        't.yaml': plugin(`targets:
- {fieldPath: spec/path, filePathPosition: 2}
- {fieldPath: spec/made/deep}
- {fieldPath: metadata/namespace}
- {fieldPath: metadata/annotations/a\\/b}
- {fieldPath: "spec/list/[name=z]/v"}
- {fieldPath: "spec/list/[name=y]/v"}
- {fieldPath: spec/list/0/w}
- {fieldPath: spec/none, selector: {kind: Bar}}
`),
      },
      `apiVersion: example.com/v1
kind: Foo
metadata:
  annotations:
    a/b: "12"
  name: f
  namespace: "12"
spec:
  list:
  - name: z
    v: 12
    w: 12
  - name: "y"
    v: 12
  made:
    deep: 12
  path: /a/12/b
`,
    );
  });

  it('is the name of the folder where there is none, and its targets may be in a file', () => {
    expectBuild(
      {
        'prod/kustomization.yaml': 'resources: [f.yaml]\ntransformers: [t.yaml]\n',
        'prod/f.yaml': object,
        'prod/t.yaml': plugin('targetFilePath: targets.yaml\n', ''),
        'prod/targets.yaml': 'targets:\n- fieldPath: spec/path\n  filePathPosition: 99\n',
      },
      'apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: f\nspec:\n  list:\n  - name: z\n  path: /a/b/prod\n',
    );
  });

  it.each([
    ['targets: [{selector: {kind: Foo}}]', 't.yaml:5:11: this target names no field; add a `fieldPath`'],
    [
      'targets: [{fieldPath: spec/path, filePathPosition: -1}]',
      't.yaml:5:52: the position -1 is negative; the parts of a path count from 1',
    ],
    [
      'targets: [{fieldPath: spec}]',
      'f.yaml:4:7: the step for value add needs a single value in `spec` of Foo `f`, but this is a map; correct the object, or the path that leads here',
    ],
  ])('is refused: %s', (targets, message) => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [f.yaml]\ntransformers: [t.yaml]\n',
        'f.yaml': object,
        't.yaml': plugin(`${targets}\n`),
      },
      message,
    );
  });
});
