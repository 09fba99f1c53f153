import { describe, expect, test } from 'vitest';
import { findImagePolicy } from '../../src/objects/image-policy.ts';
import { spanText } from '../../src/objects/place.ts';
import { listNames } from '../../src/text/list-names.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

describe('image-policy', () => {
  const marker = '# {"$imagepolicy": "flux-system:shop:tag"}';

  /** The policy of a container's image, and the comment that names it. */
  function policyOf(image: string): string | undefined {
    const { workloads } = modelFromYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    image: ${image}`,
    );
    const container = firstOf(workloads.flatMap(({ pod }) => pod.containers));
    const found = findImagePolicy(container.image.place);
    return found && `${found.policy} in ${spanText(found.at)}`;
  }

  test.each([
    [`shop:v1 ${marker}\n`, `flux-system:shop in ${marker}`],
    [`shop:v1 ${marker}`, `flux-system:shop in ${marker}`],
    ['shop:v1 #{"$imagepolicy":"a:b"}\n', 'a:b in #{"$imagepolicy":"a:b"}'],
    ['shop:v1 # { "$imagepolicy" : "a:b:name" }\n', 'a:b in # { "$imagepolicy" : "a:b:name" }'],
    ['shop:v1\n', undefined],
    ['shop:v1', undefined],
    [`shop:v1\n    tty: true ${marker}\n`, undefined],
    ['shop:v1 # {"$imagepolicy": "shop"}\n', undefined],
    ['shop:v1 # an image\n', undefined],
  ])('%j: %s', (image, expected) => expect(policyOf(image)).toBe(expected));
});

describe('list-names', () => {
  const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
  const ten = '`n0`, `n1`, `n2`, `n3`, `n4`, `n5`, `n6`, `n7`, `n8`, `n9`';

  test.each([
    [1, '`n0`'],
    [10, ten],
    [11, `${ten} and 1 more`],
    [12, `${ten} and 2 more`],
  ])('%i', (count, expected) => expect(listNames(names.slice(0, count))).toBe(expected));
});
