import { expect, test } from 'vitest';
import { modelFromYaml } from '../support/root-from-yaml.ts';

test('unlisted: a model that was made without the files beside its root', () => {
  const { unlisted } = modelFromYaml('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: release}\n');
  expect(unlisted.access()).toEqual({ roles: [], bindings: [], accounts: [] });
  expect([unlisted.jobs(), unlisted.services(), unlisted.madeSecrets(), unlisted.filesIn('/tree')]).toEqual([
    [],
    [],
    [],
    [],
  ]);
});
