import { describe, expect, it } from 'vitest';
import { joinImage, matchImage, splitImage } from '../../../src/kustomize/transformers/image-name.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { buildTree, describeOrigin, printTree, scalarAt } from '../build-tree.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const at = { file: new SourceFile('k.yaml', ''), start: 0, end: 0 };

describe('an image reference', () => {
  it.each([
    ['nginx', 'nginx', '', ''],
    ['nginx:1.2', 'nginx', '1.2', ''],
    ['nginx@sha256:abc', 'nginx', '', 'sha256:abc'],
    ['nginx:1.2@sha256:abc', 'nginx', '1.2', 'sha256:abc'],
    ['localhost:5000/a/b', 'localhost:5000/a/b', '', ''],
    ['localhost:5000/a/b:1@sha256:c', 'localhost:5000/a/b', '1', 'sha256:c'],
  ])('%s', (reference, name, tag, digest) => {
    expect(splitImage(reference)).toEqual({ name, tag, digest });
    expect(joinImage({ name, tag, digest })).toBe(reference);
  });

  it.each([
    ['nginx', 'nginx', true],
    ['nginx', 'nginx:1', true],
    ['nginx', 'nginx:{TAG}@sha256:1', true],
    ['nginx', 'nginx@md5:1', false],
    ['nginx', 'xnginx', false],
    ['nginx', 'nginx-extra', false],
    ['nginx', 'docker.io/nginx', false],
    ['nginx', 'nginx:a/b', false],
    ['a.b/c', 'aXb/c:1', true],
    ['ngin.+', 'ngin', false],
    ['ngin.+', 'nginx', true],
    ['$(IMAGE)', '$(IMAGE)', false],
  ])('%s is for %s: %s', (name, reference, expected) => {
    expect(matchImage(name, at, '5.8')(reference)).toBe(expected);
  });
});

const pod = (...images: string[]) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n${images.map((image, i) => `  - image: ${image}\n    name: c${i}\n`).join('')}`;

describe('images', () => {
  it.each([
    ['{newTag: "2"}', ['app:2', 'app:2', 'app:2', 'app:2']],
    ['{newName: reg:5000/x}', ['reg:5000/x', 'reg:5000/x:1', 'reg:5000/x@sha256:a', 'reg:5000/x:1@sha256:a']],
    ['{digest: sha256:b}', ['app@sha256:b', 'app@sha256:b', 'app@sha256:b', 'app@sha256:b']],
    ['{newTag: "2", digest: sha256:b}', ['app:2@sha256:b', 'app:2@sha256:b', 'app:2@sha256:b', 'app:2@sha256:b']],
    ['{tagSuffix: -x}', ['app:-x-x', 'app:1-x-x', 'app:-x-x', 'app:1-x-x']],
    ['{newTag: "2", tagSuffix: -x}', ['app:2', 'app:2', 'app:2', 'app:2']],
    ['{}', ['app', 'app:1', 'app@sha256:a', 'app:1@sha256:a']],
  ])('%s', (setting, expected) => {
    expectBuild(
      {
        'kustomization.yaml': `resources: [p.yaml]\nimages: [${setting.replace('{', '{name: app, ')}]\n`,
        'p.yaml': pod('app', 'app:1', 'app@sha256:a', 'app:1@sha256:a'),
      },
      pod(...expected),
    );
  });

  it('are looked for in lists of containers at any depth, but not in ephemeral ones or maps', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [f.yaml]\nimages: [{name: app, newTag: "2"}]\n',
        'f.yaml': `apiVersion: example.com/v1
kind: Foo
metadata: {name: f}
deep:
- containers: [{image: app}, ~, {}]
  ephemeralContainers: [{image: app}]
  inner: {initContainers: {image: app}, containers: ~}
spec:
  initContainers: ~
  volumes: [{image: {reference: app:1}}, {name: x}]
`,
      },
      `apiVersion: example.com/v1
deep:
- containers:
  - image: app:2
  - null
  - {}
  ephemeralContainers:
  - image: app
  inner:
    containers: null
    initContainers:
      image: app
kind: Foo
metadata:
  name: f
spec:
  initContainers: []
  volumes:
  - image:
      reference: app:2
  - name: x
`,
    );
  });

  it('in definitions of custom resources stay', () => {
    const tree = {
      'kustomization.yaml': 'resources: [c.yaml]\nimages: [{name: app, newTag: "2"}]\n',
      'c.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\nspec: {containers: [{image: app}]}\n',
    };
    expect(printTree(tree)).toContain('image: app\n');
  });

  it('know their tag', () => {
    const root = buildTree({
      'kustomization.yaml': 'resources: [p.yaml]\nimages: [{name: app, newName: web, newTag: "2"}]\n',
      'p.yaml': pod('app:1'),
    });
    const image = scalarAt(root, 'Pod spec.containers.0.image');
    expect(describeOrigin(image)).toEqual(['image kustomization.yaml:2:44 "2"', 'written p.yaml:7:12 app:1']);
  });

  it.each([
    ['spec: {containers: [text]}', '4:21', 'a map in `containers`', 'a single value'],
    ['other: {containers: [{image: {a: b}}]}', '4:30', 'a single value in `containers/image`', 'a map'],
    ['spec: {volumes: [{image: app}]}', '4:26', 'a map or list in `spec/volumes[]/image/reference`', 'a single value'],
  ])('need containers that are containers: %s', (field, place, needed, found) => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [f.yaml]\nimages: [{name: app, newTag: "2"}]\n',
        'f.yaml': `apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: f}\n${field}\n`,
      },
      `f.yaml:${place}: the step for image needs ${needed} of Foo \`f\`, but this is ${found}; correct the object, or the path that leads here`,
    );
  });

  it('need a name that is a regular expression', () => {
    const tree = {
      'kustomization.yaml': 'resources: [p.yaml]\nimages: [{name: "app(", newTag: "2"}]\n',
      'p.yaml': pod('app'),
    };
    for (const dialect of ['5.7', '5.8'] as const)
      expect(printTree(tree, dialect)).toBe(
        'kustomization.yaml:2:17: kustomize reads the image name `app(` as a regular expression, but it is not a valid one; put a backslash before each character that is special there',
      );
    expect(printTree(tree, '5.8.2')).toBe(pod('app'));
  });
});
