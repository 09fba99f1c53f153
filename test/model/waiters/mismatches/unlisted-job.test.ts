import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../../src/model/model-roots.ts';
import { nothingUnlisted } from '../../../../src/model/unlisted.ts';
import { explainUnlistedJob } from '../../../../src/model/waiters/mismatches/unlisted-job.ts';
import { buildTree } from '../../../kustomize/build-tree.ts';
import { firstOf } from '../../../support/first-of.ts';
import { modelFromYaml } from '../../../support/root-from-yaml.ts';

/** What is said of a waiter for `shop-migration`, which a replacement may change, if only a file beside the tree has this Job. */
function explain(job: string, listed: readonly string[] = [], replacements = ''): string[] | undefined {
  const jobOf = (name: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{name: main, image: x}]}}}\n`;
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration]}], containers: [{name: main, image: x}]}\n';
  const root = buildTree({
    'kustomization.yaml': `resources: [all.yaml]\n${replacements}`,
    'all.yaml': [
      pod,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: names}\ndata: {job: built}\n',
      ...listed.map(jobOf),
    ].join('---\n'),
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  const match = firstOf(model.matches);
  if (match.target.kind !== 'name') throw new Error('it waits for a name');
  const beside = modelFromYaml(jobOf(job)).jobs;
  const found = explainUnlistedJob({ unlisted: { ...nothingUnlisted, jobs: () => beside } }, match, match.target.name);
  return found && [found.clause, ...found.related.map(({ note }) => note), found.hint];
}

const explanation = [
  'it is in `manifests.yaml`, which this build does not list',
  'Job `shop-migration` is named here',
  'List `manifests.yaml` under `resources`, unless it is applied separately.',
];

describe('unlisted-job', () => {
  test('a Job of that name', () => expect(explain('shop-migration')).toEqual(explanation));
  test('a Job of another name', () => expect(explain('other')).toBeUndefined());
  test('beside the only Job of the build, which has another name', () => {
    expect(explain('shop-migration', ['report'])).toEqual(explanation);
  });
  test('beside one with a similar name in the build', () => {
    expect(explain('shop-migration', ['shop-migration-v2'])).toBeUndefined();
  });
  test('of the name in the file, or of that which a replacement writes', () => {
    const replacements =
      'replacements: [{source: {kind: ConfigMap, name: names, fieldPath: data.job}, targets: [{select: {kind: Pod}, fieldPaths: [spec.initContainers.0.args.1]}]}]\n';
    expect(explain('shop-migration', [], replacements)?.[0]).toBe(explanation[0]);
    expect(explain('built', [], replacements)).toEqual([
      explanation[0],
      'Job `built` is named here',
      'argument set here',
      'by this value',
      explanation[2],
    ]);
  });
});
