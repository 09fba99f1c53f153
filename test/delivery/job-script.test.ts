// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { describe, expect, test } from 'vitest';
import { readAzureJobs } from '../../src/delivery/pipelines/azure/pipelines.ts';
import { Repository } from '../../src/delivery/repository.ts';
import { writeJobScript } from '../../src/delivery/scripts/job-script.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

/** The scripts of the jobs of a pipeline. */
function scriptsOf(pipeline: string): string[] {
  const files = memoryFileSystem(placeFiles('/repo', { 'azure-pipelines.yml': pipeline }));
  return readAzureJobs(new Repository('/repo', new SourceCache(files))).map(writeJobScript);
}

describe('job-script', () => {
  test.each([
    [
      'Kubernetes@1',
      'command: delete, arguments: job shop --ignore-not-found',
      ['kubectl delete job shop --ignore-not-found'],
    ],
    [
      'Kubernetes@1',
      'command: apply, useConfigurationFile: true, configuration: k8s/job.yaml, namespace: shop',
      ['kubectl apply -f k8s/job.yaml -n shop'],
    ],
    [
      'Kubernetes@0',
      'secretType: generic, secretName: db, configMapName: settings',
      ['kubectl create secret generic db', 'kubectl create configmap settings'],
    ],
    [
      'kubernetesmanifest@1',
      'action: createSecret, secretType: generic, secretName: db',
      ['kubectl create secret generic db'],
    ],
    ['KubernetesManifest@1', 'action: createSecret, secretName: pull', ['kubectl create secret docker-registry pull']],
    ['KubernetesManifest@1', 'action: delete, arguments: job/shop', ['kubectl delete job/shop']],
    ['KubernetesManifest@1', 'action: bake, kustomizationPath: k8s', ['kustomize build k8s']],
    ['KubernetesManifest@1', "manifests: '$(bake.manifestsBundle)'", ['kubectl apply -f -']],
    [
      'KubernetesManifest@0',
      'manifests: "a.yaml\\nb.yaml", containers: registry/shop:v1',
      ['kustomize edit set image registry/shop:v1', 'kubectl apply -f a.yaml', 'kubectl apply -f b.yaml'],
    ],
    ['KubernetesManifest@1', 'action: scale, kind: deployment', []],
  ])('%s {%s}', (task, inputs, lines) => {
    expect(scriptsOf(`steps: [{task: ${task}, inputs: {${inputs}}}]`)).toEqual([lines.join('\n')]);
  });

  test('words with blanks and quotes, variables, each job of a matrix; only what may deploy', () => {
    const pipeline = [
      'variables: {job: shop-migration}',
      'jobs:',
      '  - job: deploy',
      '    strategy: {matrix: {a: {stage: one}, b: {stage: two}}}',
      '    steps:',
      '      - bash: |',
      '          npm ci',
      `          kubectl patch job $(job) -n $STAGE -p "it's {}"`,
    ].join('\n');
    expect(scriptsOf(pipeline)).toEqual([
      [
        String.raw`kubectl patch job shop-migration -n one -p 'it'\''s {}'`,
        String.raw`kubectl patch job shop-migration -n two -p 'it'\''s {}'`,
      ].join('\n'),
    ]);
  });

  test('no more than a script may have', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `a${index}: {tag: v${index}}`).join(', ');
    const commands = `kubectl apply -k ${'k'.repeat(10_000)}`;
    const [script = ''] = scriptsOf(`strategy: {matrix: {${rows}}}\nsteps:\n  - bash: ${commands}`);
    expect(script.split('\n').length).toBe(19);
  });
});
