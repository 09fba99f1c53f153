// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { findMissedDeletion, isDeletedByScript } from '../../../src/model/scripts/scripted-deletion.ts';
import type { Job } from '../../../src/objects/workload.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { deliveryByScript } from '../../support/delivery-by-script.ts';
import { firstOf } from '../../support/first-of.ts';
import { retriedJob } from '../../support/manifests.ts';
import { treeWith } from './tree-with-script.ts';

/** An overlay, with a script and a comment in the base's kustomization. */
function overlayWith(script: string, { overlay = '', comment = '' } = {}): { model: RootModel; job: Job } {
  const root = buildTree({
    'overlay/kustomization.yaml': `resources: [../base]\n${overlay}`,
    'base/kustomization.yaml': `${comment}\nresources: [job.yaml]\n`,
    'base/job.yaml': retriedJob('shop-migration'),
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8', delivery: () => deliveryByScript(script) }));
  return { model, job: firstOf(model.jobs) };
}

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
    ["docker_build('web', '.')\ndocker_build('shop', '.')", {}, true],
    ['echo', { above: '# Before each release: `kubectl delete job shop-migration`\n' }, true],
    ['kubectl delete job shop-migration -n other', { namespace: 'shop' }, false],
    ['kubectl delete job shop-migration -n shop', { namespace: 'shop' }, true],
    ['echo', { above: '# kubectl delete job shop-migration -n other\n', namespace: 'shop' }, true],
    ['echo', { above: '# kubectl delete -f manifests.yaml\n' }, true],
    ['echo', { above: '# kubectl delete job web-migration\n' }, false],
    ['echo', { above: '# kubectl get job shop-migration\n' }, false],
    ['echo', { above: '# Apply it under a new name (or delete it first) on each release.\n' }, true],
    ['echo', { above: '# Remove the old Job\n# before each release.\n' }, true],
    ['echo', { above: '# Do not delete it: the history is wanted.\n' }, false],
    ['echo', { above: '# The first release deletes it.\n' }, false],
    ['kubectl delete jobs -l app=shop', { labels: 'app: shop' }, true],
    ['kubectl delete jobs -l app=load-test', { labels: 'app: shop' }, false],
    ['kubectl delete jobs -l app=load-test', {}, false],
    ['kubectl delete jobs -l "app=$APP"', {}, true],
    ['kubectl delete jobs -l app=shop', { podLabels: 'app: shop' }, true],
    ['kubectl delete job shop-migration', { namespace: 'shop' }, true],
    ['kubectl delete job shop-migration -n other', {}, true],
    ['kubectl delete job shop-migration -n other', { namespace: '"${NAMESPACE}"' }, true],
    ['echo', {}, false],
    [undefined, { above: '# kubectl delete job shop-migration\n' }, false],
  ] as const)('%s deletes the Job, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(isDeletedByScript(model, job)).toBe(expected);
  });
});

describe('scripted-deletion: a Job in a base', () => {
  const [wholeBase, wholeOverlay] = ['base', 'overlay'].map(
    (folder) => `kubectl delete -k ${folder}\nkubectl apply -k ${folder}`,
  );
  const renamed = 'nameSuffix: -v1';
  test.each([
    ['with all that the base builds', wholeBase, {}, true],
    ['with all that the overlay builds', wholeOverlay, {}, true],
    ['with all that another folder builds', 'kubectl delete -k other\nkubectl apply -k other', {}, false],
    ['with the base, under an earlier name', wholeBase, { overlay: renamed }, false],
    ['with the overlay, under an earlier name', wholeOverlay, { overlay: renamed }, true],
    ...[
      ['kubectl delete -k .', true],
      ['kubectl  -n  shop  delete  -k .', true],
      ['Run `kubectl delete --kustomize .` before each release', true],
      ['kubectl delete job shop-migration', false],
      ['kubectl get -k .', false],
      ['mykubectl delete -k .', false],
    ].map(
      ([comment, expected]) =>
        [`as a comment says: ${comment}`, 'echo', { comment: `# ${comment}` }, expected] as const,
    ),
  ] as const)('is deleted %s', (_, script = '', settings, expected) => {
    const { model, job } = overlayWith(script, settings);
    expect(isDeletedByScript(model, job)).toBe(expected);
  });

  test.each([
    ['the earlier name alone', 'kubectl delete job shop-migration', renamed, 'shop-migration'],
    [
      'the earlier name and another Job',
      'kubectl delete job report\nkubectl delete job shop-migration',
      renamed,
      'shop-migration',
    ],
    ['both names', 'kubectl delete job shop-migration shop-migration-v1', renamed, undefined],
    ['the name, which stays', 'kubectl delete job shop-migration', '', undefined],
    ['another name', 'kubectl delete job report', renamed, undefined],
    [
      'the earlier name in another namespace',
      'kubectl delete job shop-migration -n other',
      `${renamed}\nnamespace: shop`,
      undefined,
    ],
    [
      'the earlier name in its namespace',
      'kubectl delete job shop-migration -n shop',
      `${renamed}\nnamespace: shop`,
      'shop-migration',
    ],
  ])('a script deletes it under %s', (_, script, overlay, expected) => {
    const { model, job } = overlayWith(script, { overlay });
    expect(findMissedDeletion(model, job)).toBe(expected);
  });
});
