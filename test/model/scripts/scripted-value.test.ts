import { describe, expect, test } from 'vitest';
import {
  isTaggedElsewhere,
  isWrittenByScript,
  mayBeFilledByScript,
} from '../../../src/model/scripts/scripted-value.ts';
import { treeWith } from './tree-with-script.ts';

describe('scripted-value', () => {
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
    ["kustomize build . | sed 's/^/    /'", {}, false],
    ["kustomize build . | sed -n 's/^ *image: *//p'", {}, false],
    ['kustomize build . | sed "s/image: .*/x/"', {}, true],
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
