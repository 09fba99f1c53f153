import { expect, test } from 'vitest';
import { type DeployTexts, deployTextsReader } from '../../src/delivery/scripts/find-deploy-scripts.ts';
import { unrestrictedBuildFinder } from '../../src/delivery/scripts/unrestricted-build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

function readTexts(files: Readonly<Record<string, string>>): DeployTexts {
  const paths = placeFiles('/repo', files);
  return deployTextsReader(new SourceCache(memoryFileSystem(paths)))('/repo');
}

function findIn(files: Readonly<Record<string, string>>): readonly string[] {
  return readTexts(files).scripts.map(({ text }) => text);
}

test('scripts are known by their names, files of pipelines by their folder, those without an ending by their first line', () => {
  expect(
    findIn({
      Makefile: 'make',
      'deploy.sh': 'sh',
      'notes.txt': 'text',
      'main.tf': 'data "kustomization_build" "shop" {}',
      'network.tf': 'resource "aws_vpc" "main" {}',
      'tree/job.yaml': 'no pipeline',
      '.github/workflows/ci.yaml': 'workflow',
      'scripts/release': '#!/usr/bin/env bash\nrelease',
      'scripts/LICENSE': 'no script',
      'src/release': '#!/bin/sh\nno folder of scripts',
      'node_modules/x/deploy.sh': 'somebody else',
      'tekton/tasks/deploy.yaml': 'task',
      'ansible/roles/shop/tasks/main.yml': 'role',
      'ansible/roles/shop/templates/job.yml': 'no task',
    }),
  ).toEqual([
    'workflow',
    'make',
    'role',
    'sh',
    'data "kustomization_build" "shop" {}',
    '#!/usr/bin/env bash\nrelease',
    'task',
  ]);
});

test('a file that is too long for a script is left out, whatever it is called', () => {
  const long = `#!/bin/sh\n${'#'.repeat(300_000)}`;
  expect(findIn({ 'a.sh': long, 'bin/b': long, 'c.sh': 'short' })).toEqual(['short']);
});

test('no more than 400 are read', () => {
  const names = Array.from({ length: 450 }, (_, index) => [`${index}.sh`, 'text'] as const);
  expect(findIn(Object.fromEntries(names))).toHaveLength(400);
});

test('of documents, what stands in their fences', () => {
  expect(
    readTexts({
      'README.md': 'Deploy:\n\n```sh\nkubectl apply -k .\n```\n',
      'docs/runbook.markdown': '```\nkubectl delete job shop-migrate\n```',
      'docs/design.md': 'kubectl applies it',
      'zz.sh': 'script',
    }),
  ).toEqual({
    scripts: [{ path: '/repo/zz.sh', text: 'script' }],
    documents: [
      { path: '/repo/README.md', examples: ['kubectl apply -k .'] },
      { path: '/repo/docs/runbook.markdown', examples: ['kubectl delete job shop-migrate'] },
    ],
  });
});

test('no more than 400 documents are read', () => {
  const names = Array.from({ length: 450 }, (_, index) => [`${index}.md`, '```\nkubectl get jobs\n```'] as const);
  expect(readTexts(Object.fromEntries(names)).documents).toHaveLength(400);
});

test.each([
  ['deploy.sh', 'kustomize build --load-restrictor LoadRestrictionsNone k8s | kubectl apply -f -', true],
  ['Makefile', 'deploy:\n\tkustomize build --load-restrictor=LoadRestrictionsNone k8s', true],
  ['skaffold.yaml', 'buildArgs: ["--load-restrictor", "LoadRestrictionsNone"]', true],
  ['README.md', '```sh\nkubectl kustomize --load-restrictor LoadRestrictionsNone k8s\n```\n', true],
  ['README.md', 'Do not pass --load-restrictor LoadRestrictionsNone.', false],
  ['deploy.sh', 'kustomize build --load-restrictor LoadRestrictionsRootOnly k8s', false],
  ['.github/workflows/deploy.yml', 'flux reconcile kustomization shop -n flux-system', true],
  ['deploy.sh', 'az k8s-configuration flux create --name shop --kustomization name=app path=./k8s', true],
  ['README.md', '```sh\nflux reconcile kustomization shop\n```', false],
  ['deploy.sh', 'kubectl apply -k k8s', false],
])('%s with `%s` builds without restrictions: %s', (name, text, expected) => {
  const files = placeFiles('/repo', { [name]: text, '.git/HEAD': 'ref: refs/heads/main' });
  const sources = new SourceCache(memoryFileSystem(files));
  const isUnrestricted = unrestrictedBuildFinder(sources, deployTextsReader(sources));
  expect(isUnrestricted('/repo/k8s')).toBe(expected);
  expect(isUnrestricted('/elsewhere')).toBe(false);
});
