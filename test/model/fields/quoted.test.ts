import { describe, expect, test } from 'vitest';
import { findQuotedInWorkload } from '../../../src/model/fields/quoted.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

describe('quoted', () => {
  test('numbers and booleans in quotes: in the spec, the pod, ports, variables and imports', () => {
    const { workloads } = modelFromYaml(`apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  backoffLimit: "0"
  template:
    spec:
      hostNetwork: "true"
      containers:
        - name: main
          image: a
          ports: [{containerPort: "80", name: "80"}]
          env:
            - {name: A, value: "1"}
            - {name: B, valueFrom: {secretKeyRef: {name: b, key: "1", optional: "true"}}}
            - {name: C, configMapKeyRef: {optional: "false"}}
            - {name: D, other: {optional: "false"}}
          envFrom: [{configMapRef: {name: c, optional: "true"}}]
`);
    expect(workloads.flatMap(findQuotedInWorkload).map(({ path }) => path)).toEqual([
      'spec.backoffLimit',
      'spec.template.spec.hostNetwork',
      'spec.template.spec.containers[0].ports[0].containerPort',
      'spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.optional',
      'spec.template.spec.containers[0].env[2].configMapKeyRef.optional',
      'spec.template.spec.containers[0].envFrom[0].configMapRef.optional',
    ]);
  });
});
