import { describe, expect, it } from 'vitest';
import { buildTree, describeOrigin, scalarAt } from '../build-tree.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  template:
    spec:
      containers: []
`;

describe('labels', () => {
  it('go to metadata alone, to templates, or to selectors as well', () => {
    const tree = {
      'kustomization.yaml': `resources: [d.yaml]
labels:
- pairs: {only: metadata}
- pairs: {with: templates}
  includeTemplates: true
- pairs: {with-all: selectors}
  includeSelectors: true
`,
      'd.yaml': deployment,
    };
    expectBuild(
      tree,
      `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    only: metadata
    with: templates
    with-all: selectors
  name: api
spec:
  selector:
    matchLabels:
      with-all: selectors
  template:
    metadata:
      labels:
        with: templates
        with-all: selectors
    spec:
      containers: []
`,
    );
  });

  it('go to fields of their own', () => {
    const tree = {
      'kustomization.yaml': `resources: [d.yaml]
labels:
- pairs: {a: b}
  fields:
  - {path: spec/custom/labels, create: true, kind: Deployment}
  - {path: spec/absent/labels, kind: Deployment}
`,
      'd.yaml': deployment,
    };
    expectBuild(
      tree,
      `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    a: b
  name: api
spec:
  custom:
    labels:
      a: b
  template:
    spec:
      containers: []
`,
    );
  });

  it('do not make the selector of a Job, and add to one that is there', () => {
    const job = (name: string, selector: string) =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec:${selector}\n  template: {}\n`;
    const tree = {
      'kustomization.yaml': 'resources: [j.yaml]\nlabels: [{pairs: {a: b}, includeSelectors: true}]\n',
      'j.yaml': `${job('with', ' \n  selector: {matchLabels: {x: y}}')}---\n${job('without', '')}`,
    };
    expectBuild(
      tree,
      `apiVersion: batch/v1
kind: Job
metadata:
  labels:
    a: b
  name: with
spec:
  selector:
    matchLabels:
      a: b
      x: "y"
  template:
    metadata:
      labels:
        a: b
---
apiVersion: batch/v1
kind: Job
metadata:
  labels:
    a: b
  name: without
spec:
  template:
    metadata:
      labels:
        a: b
`,
    );
  });

  it('replace values of any kind, and nulls where a map belongs', () => {
    const tree = {
      'kustomization.yaml': 'resources: [d.yaml]\nlabels: [{pairs: {a: b}, includeTemplates: true}]\n',
      'd.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: {a: {b: c}, d: e}
spec:
  template:
`,
    };
    expectBuild(
      tree,
      `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    a: b
    d: e
  name: api
spec:
  template:
    metadata:
      labels:
        a: b
`,
    );
  });

  it('that were added in several places at once are changed in all of them by a patch of one', () => {
    const base = {
      'base/kustomization.yaml': 'resources: [d.yaml]\nlabels: [{pairs: {app: api}, includeSelectors: true}]\n',
    };
    const overlay = (patch: string) => ({
      'overlay/kustomization.yaml': `resources: [../base]\npatches:\n- target: {kind: Deployment}\n  patch: '${patch}'\nlabels: [{pairs: {app: new}}]\n`,
      ...base,
      'base/d.yaml': deployment,
    });
    const expected = (inside: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: new
  name: api
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${inside}
  template:
    metadata:
      labels:
        app: ${inside}
    spec:
      containers: []
`;
    expectBuild(
      overlay('{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {replicas: 2}}'),
      expected('new'),
    );
    expectBuild(overlay('[{"op": "add", "path": "/spec/replicas", "value": 2}]'), expected('api'));
  });

  it('know what asked for them, and what they were', () => {
    const root = buildTree({
      'overlay/kustomization.yaml': 'resources: [../base]\nlabels: [{pairs: {app: new}}]\n',
      'base/kustomization.yaml': 'resources: [s.yaml]\ncommonAnnotations: {team: core}\n',
      'base/s.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s, labels: {app: old}}\n',
    });
    expect(describeOrigin(scalarAt(root, 'Service metadata.labels.app'))).toEqual([
      'labels overlay/kustomization.yaml:2:24 new',
      'written base/s.yaml:3:35 old',
    ]);
    expect(describeOrigin(scalarAt(root, 'Service metadata.annotations.team'))).toEqual([
      'annotations base/kustomization.yaml:2:27 core',
    ]);
  });

  it('need maps', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [s.yaml]\nlabels: [{pairs: {a: b}}]\n',
        's.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s, labels: [x]}\n',
      },
      's.yaml:3:29: the step for labels needs a map in `metadata/labels` of Service `s`, but this is a list; correct the object, or the path that leads here',
    );
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [d.yaml]\nlabels: [{pairs: {a: b}, includeTemplates: true}]\n',
        'd.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: text}\n',
      },
      'd.yaml:4:18: the step for labels needs a map or list in `spec/template/metadata/labels` of Deployment `d`, but this is a single value; correct the object, or the path that leads here',
    );
  });

  it('cannot be asked for in two ways', () => {
    expectRefusal(
      {
        'kustomization.yaml':
          'resources: [d.yaml]\nlabels:\n- pairs: {a: b}\n  fields:\n  - {path: metadata/labels, create: false}\n',
        'd.yaml': deployment,
      },
      'kustomization.yaml:5:5: the field `metadata/labels` has `create: false` here, but `create: true` elsewhere, and kustomize refuses the two together; write `create: true` or remove this entry',
    );
  });

  it('with a key that YAML reads as a number are refused', () => {
    expectRefusal(
      { 'kustomization.yaml': 'resources: [d.yaml]\ncommonAnnotations: {"123": x}\n', 'd.yaml': deployment },
      'kustomization.yaml:2:21: the key 123 is not a string; quote it',
    );
  });
});
