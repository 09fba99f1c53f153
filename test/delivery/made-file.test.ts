import { expect, test } from 'vitest';
import { deployTextsReader } from '../../src/delivery/scripts/find-deploy-scripts.ts';
import { madeFileExcuser } from '../../src/delivery/scripts/made-file.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { buildFiles } from '../kustomize/build-files.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

const [absent] = buildFiles(
  { '/repo/k8s/app/kustomization.yaml': 'resources: [csv.yaml]\n' },
  '/repo/k8s/app',
).problems;

/** What is said of a file that does not exist, beside a script. */
function excuse(script: string): string {
  const files = placeFiles('/repo', { 'hack/generate.sh': script, '.git/HEAD': 'ref: refs/heads/main' });
  const sources = new SourceCache(memoryFileSystem(files));
  const excuser = madeFileExcuser(sources, deployTextsReader(sources));
  return absent === undefined ? '' : `${excuser(absent).kind}: ${excuser(absent).message}`;
}

test.each([
  ['cp out/csv.yaml $root/k8s/app/csv.yaml'],
  ['cp -f "out/csv.yaml" "k8s/app/csv.yaml" && kustomize build k8s/app'],
  ['operator-sdk print > k8s/app/csv.yaml'],
  ['operator-sdk print | tee k8s/app/csv.yaml'],
  ['render --output=k8s/app/csv.yaml'],
  ['render -o k8s/app/csv.yaml'],
])('a script makes it: %s', (script) => {
  expect(excuse(script)).toBe(
    'incomplete: `csv.yaml` is left out, since a script or pipeline of the repository makes it and it is not here; what it would add is not checked',
  );
});

test.each([
  ['rm k8s/app/csv.yaml'],
  ['cp k8s/app/csv.yaml out'],
  ['cp out/csv.yaml k8s/other-app/csv.yaml'],
  ['cat k8s/app/csv.yaml > out/all.yaml'],
  [`cp ${'x '.repeat(100_000)} k8s/app/csv.yaml`],
])('no script makes it: %.40s', (script) => {
  expect(excuse(script)).toBe('error: `csv.yaml` does not exist; create it or remove this entry');
});

test('operator-sdk makes the description of a bundle, whatever the scripts say', () => {
  const files = { '/repo/config/manifests/kustomization.yaml': 'resources: [bases/shop.clusterserviceversion.yaml]\n' };
  const [bundle] = buildFiles(files, '/repo/config/manifests').problems;
  const sources = new SourceCache(memoryFileSystem(placeFiles('/repo', { 'a.sh': 'true' })));
  const excuser = madeFileExcuser(sources, deployTextsReader(sources));
  expect(bundle && excuser(bundle).message).toBe(
    '`bases/shop.clusterserviceversion.yaml` is left out, since `operator-sdk generate kustomize manifests` makes it and it is not here; what it would add is not checked',
  );
});
