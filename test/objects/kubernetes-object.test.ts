import { describe, expect, test } from 'vitest';
import {
  apiGroup,
  describeObject,
  type KubernetesObject,
  readObject,
  referTo,
  sameNamespace,
} from '../../src/objects/kubernetes-object.ts';
import { spanText } from '../../src/objects/place.ts';
import { buildTree } from '../kustomize/build-tree.ts';
import { firstOf } from '../support/first-of.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';

function objectOf(yaml: string): KubernetesObject {
  const object = firstOf(modelFromYaml(yaml).listed);
  return object;
}

describe('kubernetes-object', () => {
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, namespace: y, labels: {c: d}, annotations: {a: b}}';
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: z}';

  test.each([
    [deployment, 'apps', 'Deployment `x`', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'y', name: 'x' }],
    [service, '', 'Service `z`', { apiVersion: 'v1', kind: 'Service', namespace: undefined, name: 'z' }],
  ])('what it is called: %s', (yaml, group, described, reference) => {
    const object = objectOf(yaml);
    expect([apiGroup(object), describeObject(object), referTo(object)]).toEqual([group, described, reference]);
  });

  test('its labels and annotations, and where one is missing', () => {
    const object = objectOf(deployment);
    const values = (map: KubernetesObject['labels']): unknown => [...map].map(([key, { value }]) => [key, value]);
    expect([values(object.labels), values(object.annotations)]).toEqual([[['c', 'd']], [['a', 'b']]]);
    expect([object.annotation('a').value, object.annotation('c').value]).toEqual(['b', undefined]);
    expect(spanText(object.annotationsPlace.at)).toBe('annotations');
    expect(spanText(objectOf(service).annotationsPlace.at)).toBe('metadata');
  });

  test('where one is missing, beside those that all objects of the kustomization get', () => {
    const { resources } = buildTree({
      'kustomization.yaml': 'resources: [service.yaml]\ncommonAnnotations: {team: shop}\n',
      'service.yaml': service,
    });
    const [object] = resources.map((resource) => readObject(resource));
    expect(object?.annotations.get('team')?.value).toBe('shop');
    expect(object && spanText(object.annotationsPlace.at)).toBe('metadata');
    expect(object?.annotation('c').missing).toEqual(['annotations', 'c']);
  });

  test('what it was called before, and what lists it', () => {
    const { resources } = buildTree({
      'kustomization.yaml': 'resources: [base]\nnamePrefix: dev-\nnameSuffix: -v2\n',
      'base/kustomization.yaml': 'resources: [service.yaml]\nnamePrefix: web-\nnamespace: shop\n',
      'base/service.yaml': service,
    });
    expect(
      resources.map((resource) => {
        const { name, earlierNames, prefixes, suffixes, listedIn } = readObject(resource);
        return { name: name.value, earlierNames, prefixes, suffixes, listedIn: listedIn.map(spanText) };
      }),
    ).toEqual([
      {
        name: 'dev-web-z-v2',
        earlierNames: ['z', 'web-z', 'dev-web-z'],
        prefixes: ['web-', 'dev-'],
        suffixes: ['-v2'],
        listedIn: ['base', 'service.yaml'],
      },
    ]);
  });

  test('a name that stays is no earlier one', () => {
    const [resource] = buildTree({
      'kustomization.yaml': 'resources: [service.yaml]\nnamespace: shop\n',
      'service.yaml': service,
    }).resources;
    expect(resource?.previousIds.map(({ name }) => name)).toContain('z');
    expect(resource && readObject(resource).earlierNames).toEqual([]);
  });

  test.each([
    ['a', 'a', true],
    ['a', 'b', false],
    [undefined, 'b', true],
    ['a', undefined, true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    ['a', '${NAMESPACE}', true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    ['${NAMESPACE}', 'b', true],
  ])('namespaces %s and %s may be one: %s', (a, b, expected) => expect(sameNamespace(a, b)).toBe(expected));
});
