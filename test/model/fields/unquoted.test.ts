import { describe, expect, test } from 'vitest';
import { findUnquotedInWorkload } from '../../../src/model/fields/unquoted.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

describe('unquoted', () => {
  test.each([
    [
      'data: {A: 1, B: "1", C: 1e3, D: true, E: text, F: 0x1f, G: ~, H: 1_0, I: 2024-11-01}',
      'data.A data.C data.D data.F data.H',
    ],
    ['data: {}', ''],
    ['', ''],
  ])('a ConfigMap: %s', (data, paths) => {
    const { config } = modelFromYaml(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${data}\n`);
    expect(config.flatMap(({ unquoted }) => unquoted()).map(({ path }) => path)).toEqual(
      paths.split(' ').filter(Boolean),
    );
  });

  test('a Secret: its texts, and not what is encoded', () => {
    const { config } = modelFromYaml(
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {PORT: 5432}\ndata: {N: 1234}\n',
    );
    expect(config.flatMap(({ unquoted }) => unquoted()).map(({ path }) => path)).toEqual(['stringData.PORT']);
  });

  test('a workload: metadata, commands, arguments and variables', () => {
    const { workloads } = modelFromYaml(`apiVersion: batch/v1
kind: Job
metadata: {name: a, labels: {version: 1.0}, annotations: {ok: "1"}}
spec:
  backoffLimit: 0
  template:
    metadata: {annotations: {scrape: true}}
    spec:
      initContainers: [{name: wait, image: a, args: [job, 5432, "1"]}]
      containers: [{name: main, image: a, command: [sleep, 1], env: [{name: A, value: 1}, {name: B, value: "1"}]}]
`);
    expect(workloads.flatMap(findUnquotedInWorkload).map(({ path }) => path)).toEqual([
      'metadata.labels.version',
      'spec.template.metadata.annotations.scrape',
      'spec.template.spec.initContainers[0].args[1]',
      'spec.template.spec.containers[0].command[1]',
      'spec.template.spec.containers[0].env[0].value',
    ]);
  });
});
