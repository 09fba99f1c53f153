import { describe, expect, test } from 'vitest';
import { findMountedStatements } from '../../../../src/model/migrations/files/mounted-statements.ts';
import { modelRoots } from '../../../../src/model/model-roots.ts';
import { buildTree } from '../../../kustomize/build-tree.ts';
import { firstOf } from '../../../support/first-of.ts';

/** The ConfigMap with the statements of a Job that mounts these. */
function statementsOf(mounted: readonly string[], kustomization: string): string | undefined {
  const root = buildTree({
    'kustomization.yaml': `resources: [all.yaml]\n${kustomization}`,
    'all.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration}
spec:
  template:
    spec:
      volumes: [${mounted.map((name) => `{name: ${name}, configMap: {name: ${name}}}`).join(', ')}]
      containers: [{name: main, image: postgres, command: [psql, -f, /sql/a.sql], volumeMounts: [${mounted.map((name) => `{name: ${name}, mountPath: /${name}}`).join(', ')}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: sql}
data: {readme.md: x, a.sql: "select 1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a.conf: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: unmounted}
data: {a.sql: x}
`,
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  return findMountedStatements(model, firstOf(model.migrations))?.object.name.value;
}

describe('mounted-statements', () => {
  const generated = 'configMapGenerator: [{name: generated, literals: [a.sql=x]}]\n';

  test.each<[string, string[], string, string | undefined]>([
    ['a ConfigMap with SQL among its keys', ['sql'], '', 'sql'],
    ['after another', ['settings', 'sql'], '', 'sql'],
    ['after one that the tree lacks', ['absent', 'sql'], '', 'sql'],
    ['without SQL', ['settings'], '', undefined],
    ['none', [], '', undefined],
    ['one with a hash in its name', ['generated'], generated, undefined],
    [
      'a generated one without',
      ['generated'],
      `${generated}generatorOptions: {disableNameSuffixHash: true}\n`,
      'generated',
    ],
  ])('%s', (_, mounted, kustomization, expected) => {
    expect(statementsOf(mounted, kustomization)).toBe(expected);
  });
});
