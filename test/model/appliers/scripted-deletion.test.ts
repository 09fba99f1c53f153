import { describe, expect, test } from 'vitest';
import { isDeletedByScript } from '../../../src/model/appliers/scripted-deletion.ts';
import { treeWith } from './tree-with-script.ts';

describe('scripted-deletion', () => {
  test.each([
    ['kubectl delete job shop-migration', {}, true],
    ['kubectl delete job web-migration', {}, false],
    ['kubectl delete job shop-migration', { applier: 'flux' }, false],
    ['kubectl delete -f manifests.yaml', {}, true],
    ['kubectl delete -f other.yaml', {}, false],
    ["docker_build('shop', '.')", {}, true],
    ["docker_build('registry/web/shop', '.')", {}, true],
    ["docker_build('web', '.')", {}, false],
    ['echo', { above: '# Before each release: `kubectl delete job shop-migration`\n' }, true],
    ['kubectl delete job shop-migration -n other', { namespace: 'shop' }, false],
    ['kubectl delete job shop-migration -n shop', { namespace: 'shop' }, true],
    ['echo', { above: '# kubectl delete job shop-migration -n other\n', namespace: 'shop' }, true],
    ['echo', { above: '# kubectl delete -f manifests.yaml\n' }, true],
    ['echo', { above: '# kubectl delete job web-migration\n' }, false],
    ['echo', { above: '# kubectl get job shop-migration\n' }, false],
    ['echo', {}, false],
    [undefined, { above: '# kubectl delete job shop-migration\n' }, false],
  ] as const)('%s deletes the Job, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(isDeletedByScript(model, job)).toBe(expected);
  });
});
