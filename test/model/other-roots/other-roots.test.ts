import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

const job = (name: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: shop}]}}}`;
const service = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {initContainers: [{name: wait, image: groundnuty/k8s-wait-for:v2.0, args: [job-wr, migrate]}], containers: [{name: main, image: shop}]}}}`;
const binding = (name: string, ...subjects: readonly string[]): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: ${name}}\nsubjects: [${subjects.join(', ')}]\nroleRef: {kind: ClusterRole, name: view}`;
const account = (name: string): string => `{kind: ServiceAccount, name: ${name}}`;

/** The models of trees, each a list of objects. */
function modelsOf(...trees: readonly (readonly string[])[]): RootModel[] {
  const roots = trees.map((objects, index) => rootFromYaml(objects.join('\n---\n'), `/tree/${index}`));
  return modelRoots(roots, { dialect: '5.8' });
}

function bindingsFor(model: RootModel | undefined, name: string): string[] {
  return (model?.otherRoots.accessOf(name) ?? []).flatMap(({ bindings }) =>
    bindings.map(({ object }) => object.name.value ?? ''),
  );
}

describe('other-roots', () => {
  test('the Jobs of other trees, and not one’s own', () => {
    const [first, second] = modelsOf([service('shop'), job('own')], [job('migrate'), job('other')]);
    expect(first?.otherRoots.jobsNamed(undefined).map(({ object }) => object.name.value)).toEqual(['migrate', 'other']);
    expect(second?.otherRoots.jobsNamed(undefined).map(({ object }) => object.name.value)).toEqual(['own']);
    expect(second?.otherRoots.accessOf('shop')).toEqual([]);
  });

  test('another build of the same workloads is not beside', () => {
    const [first] = modelsOf(
      [service('shop')],
      [service('shop'), job('migrate'), binding('there', account('shop'))],
      [job('other')],
    );
    expect(first?.otherRoots.jobsNamed(undefined).map(({ object }) => object.name.value)).toEqual(['other']);
    expect(bindingsFor(first, 'shop')).toEqual([]);
  });

  test('the Jobs that may go by a name', () => {
    const [model] = modelsOf(
      [service('shop')],
      [job('migrate'), job('other')],
      [job('"migrate-\u0024{TAG}"'), job('"mine-\u0024{TAG}"')],
      [job('migrate')],
    );
    const namesOf = (name: string) => model?.otherRoots.jobsNamed(name).map(({ object }) => object.name.value);
    expect(namesOf('migrate')).toEqual(['migrate', 'migrate']);
    expect(namesOf('migrate-1')).toEqual(['migrate-\u0024{TAG}']);
    expect(namesOf('migrate-\u0024{VERSION}')).toEqual(['migrate-\u0024{TAG}']);
    expect(namesOf('none')).toEqual([]);
  });

  test('the accounts of a name', () => {
    const accountIn = (name: string, namespace: string): string =>
      `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: ${namespace}}`;
    const [model] = modelsOf(
      [service('shop'), accountIn('shop', 'own')],
      [accountIn('shop', 'one'), accountIn('web', 'one'), accountIn('shop', 'two')],
      [service('shop'), accountIn('shop', 'sibling')],
      [accountIn('shop', 'three')],
    );
    const namespacesOf = (name: string) =>
      model?.otherRoots.accountsNamed(name).map(({ object }) => object.namespace.value);
    expect(namespacesOf('shop')).toEqual(['one', 'two', 'three']);
    expect(namespacesOf('web')).toEqual(['one']);
    expect(namespacesOf('none')).toEqual([]);
  });

  test('rights for an account, a group or a user', () => {
    const [model] = modelsOf(
      [service('shop'), binding('own', account('shop'))],
      [binding('one', account('shop'), account('web'))],
      [binding('two', account('shop'))],
      [binding('group', '{kind: Group, name: all}')],
      [binding('mixed', account('web'), '{kind: User, name: anna}')],
      [binding('nameless', '{kind: ServiceAccount}')],
      [binding('nobody')],
    );
    expect(bindingsFor(model, 'shop')).toEqual(['one', 'two', 'group', 'mixed']);
    expect(bindingsFor(model, 'other')).toEqual(['group', 'mixed']);
    expect(bindingsFor(model, 'undefined')).toEqual(['group', 'mixed']);
  });
});
