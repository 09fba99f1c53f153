import { describe, expect, test } from 'vitest';
import { apiGroup, describeObject, referTo, sameNamespace } from '../../src/model/kubernetes-object.ts';
import { spanText } from '../../src/model/place.ts';
import { modelFromYaml } from './root-from-yaml.ts';

describe('kubernetes-object', () => {
  const [object] = modelFromYaml(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, namespace: y, annotations: {a: b}}',
  ).listed;
  const [bare] = modelFromYaml('apiVersion: v1\nkind: Service\nmetadata: {name: z}').listed;

  test('what it is called', () => {
    expect(object && [apiGroup(object), describeObject(object), referTo(object)]).toEqual([
      'apps',
      'Deployment `x`',
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'y', name: 'x' },
    ]);
    expect(bare && [apiGroup(bare), referTo(bare)]).toEqual([
      '',
      { apiVersion: 'v1', kind: 'Service', namespace: undefined, name: 'z' },
    ]);
  });

  test('its annotations, and where one is missing', () => {
    expect(
      object && [object.annotation('a').value, object.annotation('c').value, spanText(object.annotationsPlace.at)],
    ).toEqual(['b', undefined, 'annotations']);
    expect(bare && spanText(bare.annotationsPlace.at)).toBe('metadata');
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
