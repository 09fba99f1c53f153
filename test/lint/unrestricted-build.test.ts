import { expect, test } from 'vitest';
import { lintFiles, rulesWithFiles } from '../support/lint-files.ts';

const tree = {
  '.git/HEAD': '',
  'k8s/kustomization.yaml': 'configMapGenerator: [{name: shop, files: [../shop.conf]}]\n',
  'shop.conf': 'level=info\n',
};

test.each([
  ['kubectl apply -k k8s', ['build-error k8s/kustomization.yaml']],
  ['kustomize build --load-restrictor LoadRestrictionsNone k8s | kubectl apply -f -', []],
])('a kustomization with a file outside its folder, beside a script with `%s`', async (script, found) => {
  expect(rulesWithFiles(await lintFiles({ ...tree, 'deploy.sh': script }))).toEqual(found);
});

test('what is refused for another reason is reported all the same', async () => {
  const files = {
    ...tree,
    'k8s/kustomization.yaml': 'configMapGenerator: [{name: shop, files: [../other.conf]}]\n',
    'deploy.sh': 'kustomize build --load-restrictor=LoadRestrictionsNone k8s',
  };
  expect(rulesWithFiles(await lintFiles(files))).toEqual(['build-error k8s/kustomization.yaml']);
});
