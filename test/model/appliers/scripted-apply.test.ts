import { describe, expect, test } from 'vitest';
import { isAppliedByScript, isMadeByScript, isStagedByScript } from '../../../src/model/appliers/scripted-apply.ts';
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
});
