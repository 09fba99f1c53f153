// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell.
import { describe, expect, test } from 'vitest';
import type { Applier } from '../../../src/model/appliers/applier.ts';
import {
  isAppliedByScript,
  isDeletedByScript,
  isMadeByScript,
  isStagedByScript,
  isTaggedElsewhere,
  isWrittenByScript,
  mayBeFilledByScript,
} from '../../../src/model/appliers/deployment.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import type { Job } from '../../../src/objects/workload.ts';
import { deliveryByScript } from '../../support/delivery-by-script.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** A tree with a migration Job, in a repository whose only script is this. */
function treeWith(
  script: string | undefined,
  { applier, above = '', isDocument = false }: { applier?: Applier; above?: string; isDocument?: boolean } = {},
): { model: RootModel; job: Job } {
  const delivery = script === undefined ? undefined : deliveryByScript(script, isDocument);
  const model = modelFromYaml(
    `${above}
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "registry/web/shop:v1", command: [npx, prisma, migrate, deploy]}]}}}
`,
    { delivery: () => delivery, ...(applier && { applier }) },
  );
  const job = firstOf(model.jobs);
  return { model, job };
}

describe('deployment', () => {
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
    ['kubectl delete job shop-migration', {}, true],
    ['kubectl delete job web-migration', {}, false],
    ['kubectl delete job shop-migration', { applier: 'flux' }, false],
    ['kubectl delete -f manifests.yaml', {}, true],
    ['kubectl delete -f other.yaml', {}, false],
    ["docker_build('shop', '.')", {}, true],
    ["docker_build('registry/web/shop', '.')", {}, true],
    ["docker_build('web', '.')", {}, false],
    ['echo', { above: '# Before each release: `kubectl delete job shop-migration`\n' }, true],
    ['echo', { above: '# kubectl delete -f manifests.yaml\n' }, true],
    ['echo', { above: '# kubectl delete job web-migration\n' }, false],
    ['echo', { above: '# kubectl get job shop-migration\n' }, false],
    ['echo', {}, false],
    [undefined, { above: '# kubectl delete job shop-migration\n' }, false],
  ] as const)('%s deletes the Job, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(isDeletedByScript(model, job)).toBe(expected);
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

  test.each([
    ['kustomize edit set image shop=registry/web/shop:$TAG', {}, true],
    ['kustomize edit set image shop=registry/web/shop:$TAG', { applier: 'flux' }, false],
    ['kustomize edit set image shop=registry/web/shop:$TAG', { isDocument: true }, false],
    ['kubectl set image job/shop-migration main=registry/web/shop:$TAG', {}, true],
    ['kubectl set image deployment/shop-migration main=registry/web/shop:$TAG', {}, false],
    ['kustomize edit set image web=registry/web/web:$TAG', {}, false],
    ["docker_build('shop', '.')", {}, true],
    ['sed -i "s/shop:v1/shop:$TAG/" manifests.yaml', {}, true],
    ['sed -i "s/shop:v1/shop:$TAG/" other.yaml', {}, false],
    ['sed -i "s/shop:v2/shop:$TAG/" manifests.yaml', {}, false],
    ['sed -i "s/newTag: v1/newTag: $TAG/" manifests.yaml', {}, true],
    ['sed -i "s/newTag: \\"v1/newTag: \\"$TAG/" manifests.yaml', {}, true],
    ['sed -i "s/image: \\"registry/x/" manifests.yaml', {}, true],
    ['sed -i "s#newName: registry/web/shop#x#" manifests.yaml', {}, true],
    ['echo', {}, false],
    [undefined, {}, false],
  ] as const)('%s tags the image, with %j: %s', (script, settings, expected) => {
    const { model, job } = treeWith(script, settings);
    expect(job.pod.containers.map(({ image }) => isTaggedElsewhere(model, job, image))).toEqual([expected]);
  });

  test.each([
    ['sed -i s/__NAME__/x/ manifests.yaml', {}, true, true],
    ['sed -i s/__NAME__/x/ manifests.yaml', { applier: 'flux' }, false, false],
    ['sed -i s/__OTHER__/x/ manifests.yaml', {}, false, false],
    ['sed -i s/__NAME__/x/ package.json', {}, false, false],
    ['sed -i s/__NAME__/x/ package.json manifests.yaml', {}, true, true],
    ['sed -i s/__NAME__/x/ built.yaml', {}, true, true],
    ['sed s/__NAME__/x/ package.json > built.yaml', {}, false, false],
    ['sed s/__NAME__/x/ < package.json', {}, false, false],
    ['sed -i s/__NAME__/x/ $FILE', {}, true, true],
    ['kustomize build . | sed s/__NAME__/x/ | kubectl apply -f -', {}, true, true],
    ['envsubst < manifests.yaml', {}, false, true],
    ['envsubst < manifests.yaml', { applier: 'flux' }, false, false],
    ['echo', {}, false, false],
    [undefined, {}, false, false],
  ] as const)('%s writes __NAME__, with %j: %s; may fill it: %s', (script, settings, writes, fills) => {
    const { model, job } = treeWith(script, settings);
    const { place } = job.object.name;
    expect([isWrittenByScript(model, '__NAME__', place), mayBeFilledByScript(model, '__NAME__', place)]).toEqual([
      writes,
      fills,
    ]);
  });
});
