import { describe, expect, test } from 'vitest';
import { formattedFields } from '../../../src/model/fields/field-formats.ts';
import { fieldsOf, typeOf } from '../../../src/model/fields/kubernetes-fields.ts';

describe('kubernetes-fields', () => {
  test('says what a field holds, and which are required', () => {
    const { shapes, required } = fieldsOf('ContainerPort');
    expect([...shapes].map(([field, { holds }]) => [field, holds])).toEqual([
      ['containerPort', 'number'],
      ['hostIP', 'text'],
      ['hostPort', 'number'],
      ['name', 'text'],
      ['protocol', 'text'],
    ]);
    expect(required).toEqual(['containerPort']);
  });

  test.each([
    ['Container', 'args', { holds: 'list', of: { holds: 'text' } }],
    ['Container', 'env', { holds: 'list', of: { holds: 'fields', type: 'EnvVar' } }],
    ['Container', 'restartPolicyRules', { holds: 'any' }],
    ['CSIVolumeSource', 'volumeAttributes', { holds: 'map', of: { holds: 'text' } }],
    ['ResourceFieldSelector', 'divisor', { holds: 'amount' }],
    ['JobSpec', 'suspend', { holds: 'boolean' }],
    ['Job', 'status', undefined],
  ])('%s.%s', (type, field, shape) => {
    expect(fieldsOf(type).shapes.get(field)).toEqual(shape);
  });

  test('knows what values a field, the items of a list and the keys and values of a map may have', () => {
    expect(fieldsOf('ContainerPort').shapes.get('protocol')).toMatchObject({
      format: { takes: '`TCP`, `UDP` or `SCTP`' },
    });
    expect(fieldsOf('PersistentVolumeClaimSpec').shapes.get('accessModes')).toMatchObject({
      holds: 'list',
      of: { holds: 'text', format: { takes: expect.stringContaining('`ReadWriteOnce`') } },
    });
    expect(fieldsOf('ResourceRequirements').shapes.get('limits')).toMatchObject({
      holds: 'map',
      of: { holds: 'amount', format: { takes: expect.stringContaining('quantities') } },
      keys: { takes: expect.stringContaining('`cpu`') },
    });
  });

  test('every format is for a field of its type', () => {
    const strays = formattedFields().filter(([type, field]) => !fieldsOf(type).shapes.has(field));
    expect(strays).toEqual([]);
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
