import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateKubernetesFields } from '../../../scripts/generate-kubernetes-fields.mjs';
import { fieldsOf, typeOf } from '../../../src/model/fields/kubernetes-fields.ts';

describe('the table of fields', () => {
  test('is what the generator makes of kubernetes-types', () => {
    for (const [path, text] of Object.entries(generateKubernetesFields())) {
      expect(
        readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'),
        `${path}: run node scripts/generate-kubernetes-fields.mjs`,
      ).toBe(text);
    }
  });

  test('says what a field holds, and which are required', () => {
    const { shapes, required } = fieldsOf('ContainerPort');
    expect(Object.fromEntries(shapes)).toEqual({
      containerPort: { holds: 'number' },
      hostIP: { holds: 'text' },
      hostPort: { holds: 'number' },
      name: { holds: 'text' },
      protocol: { holds: 'text' },
    });
    expect(required).toEqual(['containerPort']);
  });

  test.each([
    ['Container', 'args', { holds: 'list', of: { holds: 'text' } }],
    ['Container', 'env', { holds: 'list', of: { holds: 'fields', type: 'EnvVar' } }],
    ['Container', 'restartPolicyRules', { holds: 'any' }],
    ['ObjectMeta', 'labels', { holds: 'map', of: { holds: 'text' } }],
    ['ResourceRequirements', 'limits', { holds: 'map', of: { holds: 'amount' } }],
    ['HTTPGetAction', 'port', { holds: 'amount' }],
    ['JobSpec', 'suspend', { holds: 'boolean' }],
    ['Job', 'status', undefined],
  ])('%s.%s', (type, field, shape) => {
    expect(fieldsOf(type).shapes.get(field)).toEqual(shape);
  });

  test.each([
    ['batch/v1', 'Job', 'Job'],
    ['batch.volcano.sh/v1alpha1', 'Job', undefined],
    ['v1', 'ServiceAccount', 'ServiceAccount'],
    ['apps.kruise.io/v1beta1', 'StatefulSet', undefined],
    ['rbac.authorization.k8s.io/v1', 'Role', 'Role'],
    ['v1', 'Probe', undefined],
  ])('the type of a %s %s', (apiVersion, kind, type) => {
    expect(typeOf({ apiVersion, kind })).toBe(type);
  });
});
