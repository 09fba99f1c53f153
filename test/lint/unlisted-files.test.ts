import { expect, test } from 'vitest';
import { findUnbuiltFiles, findUnlistedFiles } from '../../src/discover/unlisted-files.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const job = 'kind: Job\n';

/** The files of `/k8s/jobs` that are unlisted beside a kustomization in `/k8s`. */
function findBeside(kustomization: string, find = findUnlistedFiles): string[] {
  const texts = {
    '/k8s/kustomization.yaml': kustomization,
    '/k8s/policies/migrate.yaml': 'kind: NetworkPolicy\n',
    '/k8s/jobs/migrate.yaml': job,
  };
  const read = ['/k8s/kustomization.yaml', '/k8s/policies/migrate.yaml'] as const;
  const files = read.map((path) => new SourceFile(path, texts[path]));
  return find(['/k8s/jobs'], files, { fileSystem: memoryFileSystem(texts) });
}

test.each([
  ['resources: [policies/other.yaml]\n', ['/k8s/jobs/migrate.yaml']],
  ['resources:\n  - policies/migrate.yaml\n', ['/k8s/jobs/migrate.yaml']],
  ['resources:\n  - ./policies/migrate.yaml\n', ['/k8s/jobs/migrate.yaml']],
  ['resources: []\n# jobs/migrate.yaml is applied by the pipeline.\n', []],
  ['resources: ["policies/migrate.yaml"]\n# `migrate.yaml` is applied by the pipeline.\n', []],
])('%j', (kustomization, unlisted) => expect(findBeside(kustomization)).toEqual(unlisted));

test.each([
  ['resources: []\n# jobs/migrate.yaml is applied by the pipeline.\n', ['/k8s/jobs/migrate.yaml']],
  ['resources: []\n  # - jobs/migrate.yaml\n', ['/k8s/jobs/migrate.yaml']],
  ['resources: [] # without jobs/migrate.yaml\n', ['/k8s/jobs/migrate.yaml']],
  ['patches: [{path: jobs/migrate.yaml}] # by hand\n', []],
])('%j, where comments do not count', (kustomization, unbuilt) =>
  expect(findBeside(kustomization, findUnbuiltFiles)).toEqual(unbuilt),
);
