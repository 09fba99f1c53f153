import { describe, expect, test } from 'vitest';
import { configMap, followTree, showProblems } from '../tree.ts';

/** A cluster that Flux builds from the OCI repository `oci://ghcr.io/acme/shop-manifests`, whose folder is `path`. */
function cluster(path: string, more = ''): Record<string, string> {
  return {
    '.git/HEAD': '',
    'clusters/prod/shop.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: shop, namespace: flux-system}
spec: {url: oci://ghcr.io/acme/shop-manifests, ref: {tag: latest}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  path: ${path}
  prune: true
  sourceRef: {kind: OCIRepository, name: shop}
${more}`,
    'deploy/kustomization.yaml': 'resources: [config.yaml]\n',
    'deploy/config.yaml': configMap('a', '{}', 'shop'),
    'deploy/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
    'deploy/base/kustomization.yaml': 'resources: [config.yaml]\n',
    'deploy/base/config.yaml': configMap('b', '{}', 'shop'),
  };
}

/** A pipeline that runs commands in the top of the repository. */
const pipeline = (...commands: readonly string[]) => ({
  '.github/workflows/release.yml': `on: push\njobs:\n  push:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${commands.map((each) => `      - run: ${each}\n`).join('')}`,
});

/** The folder that Flux builds, or why there is none. */
function built(files: Record<string, string>, options = {}): string[] {
  const { flux } = followTree(files, options);
  return [...flux.values()].flatMap((root) => {
    const problems = showProblems([root], 80);
    return problems.length > 0 ? problems : root.path.replace('/repo/', '');
  });
}

const push = 'flux push artifact oci://ghcr.io/acme/shop-manifests:$(git rev-parse HEAD) --path=./deploy --source=x';
const elsewhere =
  'incomplete clusters/prod/shop.yaml:shop Flux Kustomization `shop` is built from OCIRepository `shop` (oci://ghcr.io/acme';

describe('an OCIRepository that a pipeline of the repository fills', () => {
  test.each([
    ['by flux', push],
    ['by flux in another folder', push.replace('./deploy', '../deploy').replace(/^/, 'cd clusters && ')],
    ['by oras', 'oras push ghcr.io/acme/shop-manifests:v1 ./deploy:application/vnd.cncf.flux.content.v1.tar+gzip'],
    ['of an owner that only GitHub knows', push.replace('acme', '${{ github.repository_owner }}')],
    ['of a registry in a variable', push.replace('ghcr.io/acme', '$REGISTRY')],
    ['in capitals', push.replace('acme', 'Acme')],
  ])('%s', (_, command) => {
    expect(built({ ...cluster('./'), ...pipeline(command) })).toEqual(['deploy']);
    expect(built({ ...cluster('./overlays/prod'), ...pipeline(command) })).toEqual(['deploy/overlays/prod']);
  });

  test.each([
    ['another repository', push.replace('shop-manifests', 'cart-manifests')],
    ['another owner', push.replace('acme', 'others')],
    ['a longer name', push.replace('shop-manifests', 'shop-manifests-old')],
    ['a longer name in part from a variable', push.replace('acme/shop', '$OWNER/big-shop')],
    ['a variable alone', push.replace('oci://ghcr.io/acme/shop-manifests', 'oci://$TARGET')],
    ['a folder that does not exist', push.replace('./deploy', './dist')],
  ])('not %s', (_, command) => {
    expect(built({ ...cluster('./'), ...pipeline(command) })).toEqual([elsewhere]);
  });

  test('two folders: the one that has the path; none if both have it', () => {
    const two = pipeline(push, push.replace('./deploy', './clusters'));
    expect(built({ ...cluster('./overlays/prod'), ...two })).toEqual(['deploy/overlays/prod']);
    expect(built({ ...cluster('./'), ...two })).toEqual([elsewhere]);
  });

  test('the same folder twice', () => {
    expect(built({ ...cluster('./'), ...pipeline(push, push) })).toEqual(['deploy']);
  });

  test('what the user says comes first', () => {
    const files = { ...cluster('./'), ...pipeline(push), 'other/a.yaml': configMap('c', '{}', 'shop') };
    expect(built(files, { sources: { shop: '/repo/other' } })).toEqual(['other']);
  });
});
