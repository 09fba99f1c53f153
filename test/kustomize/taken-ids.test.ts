import { expect, test } from 'vitest';
import { buildFiles, configMap, namesOf, problemsOf } from './build-files.ts';

const component = (text: string): string => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${text}`;

/** A root with one ConfigMap, and components one after the other. */
function buildWith(components: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const paths = Object.keys(components).map((name) => `- ../${name}\n`);
  return buildFiles(
    {
      '/root/kustomization.yaml': `resources: [a.yaml]\ncomponents:\n${paths.join('')}`,
      '/root/a.yaml': configMap('a'),
      ...Object.fromEntries(
        Object.entries(components).map(([name, text]) => [`/${name}/kustomization.yaml`, component(text)]),
      ),
      ...files,
    },
    '/root',
  );
}

test('a name that a component has changed is free for the next one', () => {
  const built = buildWith(
    { rename: 'namePrefix: p-\n', add: 'resources: [a.yaml]\n' },
    { '/add/a.yaml': configMap('a') },
  );
  expect(problemsOf(built)).toEqual([]);
  expect(namesOf(built)).toEqual(['ConfigMap/a', 'ConfigMap/p-a']);
});

test('and the name that it has given is taken', () => {
  const built = buildWith(
    { rename: 'namePrefix: p-\n', add: 'resources: [p.yaml]\n' },
    { '/add/p.yaml': configMap('p-a') },
  );
  expect(problemsOf(built)).toEqual([
    expect.stringContaining('ConfigMap.v1.[noGrp]/p-a.[noNs] is already in this build'),
  ]);
});

test('what a component generates is taken for the next one', () => {
  const built = buildWith(
    {
      generate: 'configMapGenerator:\n- {name: b, literals: [c=d], options: {disableNameSuffixHash: true}}\n',
      add: 'resources: [b.yaml]\n',
    },
    { '/add/b.yaml': configMap('b') },
  );
  expect(problemsOf(built)).toEqual([
    expect.stringContaining('ConfigMap.v1.[noGrp]/b.[noNs] is already in this build'),
  ]);
});

test('what a component deletes is free for the next one', () => {
  const patch = '{"$patch": "delete", "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}';
  const built = buildWith(
    { remove: `patches:\n- patch: '${patch}'\n`, add: 'resources: [a.yaml]\n' },
    { '/add/a.yaml': configMap('a') },
  );
  expect(problemsOf(built)).toEqual([]);
  expect(namesOf(built)).toEqual(['ConfigMap/a']);
});

test('objects are listed where the component is, whether it only adds them or changes others too', () => {
  const built = buildWith(
    { add: 'resources: [b.yaml]\n', change: 'namePrefix: p-\nresources: [c.yaml]\n' },
    { '/add/b.yaml': configMap('b'), '/change/c.yaml': configMap('c') },
  );
  const listed = built.resources.map(({ name, listedIn }) => [
    name,
    ...listedIn.map(({ file, start, end }) => file.text.slice(start, end)),
  ]);
  expect(listed).toEqual([
    ['p-a', 'a.yaml'],
    ['p-b', '../add', 'b.yaml'],
    ['p-c', '../change', 'c.yaml'],
  ]);
});

test('two Namespaces, since `namespace` gives both its own name', () => {
  const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
  const absent = 'configMapGenerator:\n- {name: b, behavior: merge, literals: [c=d]}\n';
  const built = buildFiles(
    {
      '/root/kustomization.yaml': `namespace: shop-test\nresources: [../base, namespace.yaml]\n${absent}`,
      '/root/namespace.yaml': namespace('shop-test'),
      '/base/kustomization.yaml': 'namespace: shop\nresources: [namespace.yaml]\n',
      '/base/namespace.yaml': namespace('shop'),
    },
    '/root',
  );
  expect(problemsOf(built)).toEqual([
    expect.stringContaining('ConfigMap `b`'),
    expect.stringContaining('since `namespace` gives every Namespace the same name; remove one of them'),
  ]);
});
