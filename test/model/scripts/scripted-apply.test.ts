import { describe, expect, test } from 'vitest';
import {
  findBuildForKubectl,
  isAppliedByFleet,
  isAppliedByScript,
  isAppliedByTerraform,
  isCreatedByScript,
  isHandedToKubectl,
  isMadeByScript,
  isResumedByScript,
  isStagedByScript,
} from '../../../src/model/scripts/scripted-apply.ts';
import { treeWith } from './tree-with-script.ts';

describe('scripted-apply', () => {
  test.each([
    ['kubectl apply -k .', {}, true],
    ['kubectl apply -k .', { applier: 'kubectl' }, false],
    ['kubectl apply -k .', { applier: 'flux' }, false],
    ['kubectl apply -k .', { isDocument: true }, true],
    ['echo', {}, false],
    [undefined, {}, false],
  ] as const)('%s applies the tree, with %j: %s', (script, settings, expected) => {
    expect(isAppliedByScript(treeWith(script, settings).model)).toBe(expected);
  });

  test.each([
    ['kubectl create secret generic db', {}, true],
    ['kubectl create secret generic db', { applier: 'flux' }, true],
    ['kubectl create secret generic other', {}, false],
    [undefined, {}, false],
  ] as const)('%s makes the Secret, with %j: %s', (script, settings, expected) => {
    expect(isMadeByScript(treeWith(script, settings).model, 'db')).toBe(expected);
  });

  test.each([
    ['kubectl apply -f job.yaml\nkubectl wait job/x\nkubectl apply -k .', {}, true],
    ['kubectl apply -f job.yaml\nkubectl wait job/x\nkubectl apply -k .', { applier: 'flux' }, false],
    ['kubectl apply -k .\nkubectl wait job/x', {}, false],
    [undefined, {}, false],
  ] as const)('%s applies in parts, with %j: %s', (script, settings, expected) => {
    expect(isStagedByScript(treeWith(script, settings).model)).toBe(expected);
  });

  const apply = 'kubectl apply -k .';
  test.each([
    [apply, {}, { isHanded: true, isBuilt: true }],
    [apply, { isDocument: true }, { isHanded: false, isBuilt: true }],
    [apply, { applier: 'kubectl' }, { isHanded: true, isBuilt: false }],
    [apply, { applier: 'argocd' }, { isHanded: false, isBuilt: false }],
    [apply, { applier: 'argocd', isDocument: true }, { isHanded: false, isBuilt: false }],
    [apply, { applier: 'flux' }, { isHanded: false, isBuilt: false }],
    ['kubectl apply -f manifests.yaml', {}, { isHanded: false, isBuilt: false }],
    [undefined, {}, { isHanded: false, isBuilt: false }],
  ] as const)('%s hands over what kustomize builds, with %j: %j', (script, settings, expected) => {
    const { model } = treeWith(script, settings);
    expect({ isHanded: isHandedToKubectl(model), isBuilt: findBuildForKubectl(model) !== undefined }).toEqual(expected);
  });

  test.each([
    ['object', false, false],
    ['marks', false, true],
    ['marks', true, false],
  ] as const)(
    'what Argo CD applies by %s is handed to kubectl (by a document: %s): %s',
    (rank, isDocument, expected) => {
      const { model } = treeWith(apply, { isDocument });
      expect(isHandedToKubectl({ ...model, applier: { ...model.applier, kind: 'argocd', rank } })).toBe(expected);
    },
  );

  test.each([
    ['kubectl create -f manifests.yaml', {}, true],
    ['kubectl create -f manifests.yaml', { applier: 'argocd', isDocument: true }, false],
    ['kubectl create -f other.yaml', {}, false],
    ['kubectl create -f other.yaml\nkubectl create -f manifests.yaml', {}, true],
    [undefined, {}, false],
  ] as const)('%s creates the Job, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(isCreatedByScript(model, job.object)).toBe(expected);
  });

  const patch = (name: string) => `kubectl patch job ${name} -p '{"spec":{"suspend":false}}'`;
  test.each([
    [patch('shop-migration'), {}, true],
    [patch('other'), {}, false],
    [`${patch('other')}\n${patch('shop-migration')}`, {}, true],
    [patch('shop-migration'), { applier: 'flux' }, false],
    [undefined, {}, false],
  ] as const)('%s resumes the Job, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(isResumedByScript(model, job)).toBe(expected);
  });

  const terraform = (...folders: readonly string[]) =>
    `data "kustomization_build" "shop" {\n${folders.map((folder) => `  path = "${folder}"\n`).join('')}}\n`;
  test.each([
    [terraform('/tree'), {}, true],
    [terraform('/other', '/tree'), {}, true],
    [terraform('/other'), {}, false],
    [terraform('/tree'), { applier: 'kubectl' }, false],
    [terraform('/tree'), { isDocument: true }, false],
    [undefined, {}, false],
  ] as const)('%s builds and applies the tree, with %j: %s', (script, settings, expected) => {
    expect(isAppliedByTerraform(treeWith(script, settings).model)).toBe(expected);
  });

  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { applier: 'kubectl' }, false],
  ] as const)('Fleet applies the tree if there is a file for it (%s), with %j: %s', (hasFleet, settings, expected) => {
    const { model } = treeWith('echo', settings);
    const { delivery } = model;
    expect(isAppliedByFleet({ ...model, delivery: delivery && { ...delivery, hasFleet } })).toBe(expected);
    expect(isAppliedByFleet(treeWith(undefined, settings).model)).toBe(false);
  });
});
