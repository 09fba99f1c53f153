import { describe, expect, test } from 'vitest';
import { describeSource, readEnvironment } from '../../../src/model/environment/environment.ts';
import { spanText } from '../../../src/objects/place.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  readonly env?: string;
  readonly envFrom?: string;
  readonly objects?: readonly string[];
}

/** Every variable of the container, and the imports that the tree does not hold. */
function describeEnvironment({ env = '[]', envFrom = '[]', objects = [] }: Written): string[] {
  const model = modelFromYaml(
    [
      `apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: shop}
spec:
  containers:
    - name: main
      env: ${env}
      envFrom: ${envFrom}`,
      ...objects,
    ].join('\n---\n'),
  );
  return model.workloads.flatMap(({ pod, object }) =>
    pod.containers.flatMap((container) => {
      const { variables, unknownImports } = readEnvironment(container, { object }, model.config);
      return [
        ...[...variables.values()].flatMap(({ name, value, secret, source, place, path, setting }) => [
          `${name}: ${value === undefined ? 'not in the tree' : JSON.stringify(value)}${secret ? ', secret' : ''}`,
          `  ${describeSource(source)}; at ${spanText(place.at)}, ${path.replace('spec.containers[0].', '')}`,
          ...(setting ? [`  setting ${spanText(setting.place.at)}`] : []),
        ]),
        ...unknownImports.map(
          ({ objectKind, object: { value }, prefix, optional }) =>
            `not in the tree: ${objectKind} ${value}, prefix "${prefix}"${optional ? ', optional' : ''}`,
        ),
      ];
    }),
  );
}

const map = (name: string, data: string, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {${data}}`;
const secret = (name: string, rest: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: shop}\n${rest}`;
const fromMap = (name: string, more = ''): string => `[{configMapRef: {name: ${name}${more}}}]`;
const keyOf = (object: string, key: string, more = ''): string => `{name: ${object}, key: ${key}${more}}`;

testCases<Written>(
  import.meta.dirname,
  'environment',
  {
    'values of its own': { env: '[{name: A, value: one}, {name: B}, {name: C, value: ""}, {value: nameless}]' },
    'a later entry of the same name counts': { env: '[{name: A, value: one}, {name: A, value: two}]' },
    'values of values before': {
      env: '[{name: HOST, value: db}, {name: URL, value: "postgres://$(HOST)/$(NAME)"}, {name: NAME, value: shop}]',
    },
    'values that are escaped': { env: '[{name: A, value: one}, {name: B, value: "$$(A) $A $(A) $()"}]' },
    'values of a Secret’s values': {
      env: `[{name: PASS, valueFrom: {secretKeyRef: ${keyOf('db', 'pass')}}}, {name: URL, value: "u:$(PASS)@db"}, {name: OTHER, value: "x$(URL)"}]`,
      objects: [secret('db', 'stringData: {pass: hidden}')],
    },
    'values of values that are not in the tree': {
      env: `[{name: PASS, valueFrom: {secretKeyRef: ${keyOf('db', 'pass')}}}, {name: URL, value: "u:$(PASS)@db"}]`,
    },
    'names with dots and dashes': { env: '[{name: a.b-c, value: one}, {name: B, value: "$(a.b-c)"}]' },
    'a key of a ConfigMap': {
      env: `[{name: A, valueFrom: {configMapKeyRef: ${keyOf('settings', 'a')}}}]`,
      objects: [map('settings', 'a: one')],
    },
    'a key of a ConfigMap elsewhere': {
      env: `[{name: A, valueFrom: {configMapKeyRef: ${keyOf('settings', 'a')}}}]`,
      objects: [
        map('settings', 'a: one', 'other'),
        map('settings', 'a: two'),
        secret('settings', 'stringData: {a: no}'),
      ],
    },
    'a key that is not there': {
      env: `[{name: A, valueFrom: {configMapKeyRef: ${keyOf('settings', 'b')}}}]`,
      objects: [map('settings', 'a: one')],
    },
    'an optional key that is not there': {
      env: `[{name: A, valueFrom: {configMapKeyRef: ${keyOf('settings', 'b', ', optional: true')}}}]`,
      objects: [map('settings', 'a: one')],
    },
    'an optional key that is there': {
      env: `[{name: A, valueFrom: {configMapKeyRef: ${keyOf('settings', 'a', ', optional: true')}}}]`,
      objects: [map('settings', 'a: one')],
    },
    'an optional key of an object that is not there': {
      env: `[{name: A, valueFrom: {secretKeyRef: ${keyOf('db', 'a', ', optional: true')}}}]`,
    },
    'an optional key of an object that may have it': {
      env: `[{name: A, valueFrom: {secretKeyRef: ${keyOf('db', 'a', ', optional: true')}}}]`,
      objects: [
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop}\nspec: {dataFrom: [{extract: {key: db}}]}',
      ],
    },
    'references without names': {
      env: '[{name: A, valueFrom: {secretKeyRef: {}}}, {name: B, valueFrom: {configMapKeyRef: {name: x}}}]',
    },
    'fields of the pod': { env: '[{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]' },
    'everything of a ConfigMap': {
      envFrom: fromMap('settings'),
      objects: [map('settings', 'A: one, B: two')],
    },
    'everything with a prefix': {
      envFrom: '[{configMapRef: {name: settings}, prefix: APP_}]',
      objects: [map('settings', 'A: one')],
    },
    'everything of what is not there': {
      envFrom: '[{configMapRef: {name: settings, optional: true}}, {secretRef: {name: db}, prefix: P_}, {}]',
    },
    'everything of what is not there wholly': {
      envFrom: '[{secretRef: {name: db}}]',
      objects: [
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop}\nspec: {data: [{secretKey: A}], dataFrom: [{extract: {key: db}}]}',
      ],
    },
    'a later import counts, and env counts more': {
      env: '[{name: C, value: own}]',
      envFrom: '[{configMapRef: {name: one}}, {configMapRef: {name: two}}]',
      objects: [map('one', 'A: one, B: one, C: one'), map('two', 'B: two')],
    },
    'values of what was imported': {
      env: '[{name: URL, value: "x$(A)"}]',
      envFrom: fromMap('one'),
      objects: [map('one', 'A: one')],
    },
  },
  describeEnvironment,
);

describe('config-object', () => {
  const meta = 'metadata: {name: db}';
  test.each([
    ['ConfigMap', `${meta}\ndata: {a: one, b: "2"}`, ['ConfigMap db', 'a: one', 'b: 2']],
    [
      'ConfigMap',
      `${meta}\ndata: {a: "ENC[AES256_GCM,data:x]", b: "my ENC[x]"}`,
      ['ConfigMap db', 'a', 'b: my ENC[x]'],
    ],
    ['Secret', `${meta}\ndata: {a: b25l}\nstringData: {b: two}`, ['Secret db', 'a: one', 'b: two']],
    ['Secret', `${meta}\ndata: {a: b25l}\nstringData: {a: two}`, ['Secret db', 'a: two']],
    ['Secret', `${meta}\ndata: {a: b25l}\nstringData: {b: two}\nsops: {mac: x}`, ['Secret db', 'a', 'b']],
    ['SealedSecret', `${meta}\nspec: {encryptedData: {a: x, b: y}}`, ['Secret db', 'a', 'b']],
    [
      'SealedSecret',
      `${meta}\nspec: {encryptedData: {a: x}, template: {metadata: {name: other}}}`,
      ['Secret other', 'a'],
    ],
    [
      'SealedSecret',
      `${meta}\nspec: {encryptedData: {a: x}, template: {data: {b: "y {{ .a }}"}}}`,
      ['Secret db', 'a', 'and more'],
    ],
    ['ExternalSecret', `${meta}\nspec: {data: [{secretKey: a}, {}]}`, ['Secret db', 'a']],
    ['ExternalSecret', `${meta}\nspec: {data: [{secretKey: a}], target: {name: other}}`, ['Secret other', 'a']],
    ['ExternalSecret', `${meta}\nspec: {dataFrom: [{extract: {key: x}}]}`, ['Secret db', 'and more']],
    [
      'ExternalSecret',
      `${meta}\nspec: {data: [{secretKey: a}], target: {template: {data: {b: c}}}}`,
      ['Secret db', 'a', 'and more'],
    ],
    ['Service', `${meta}\ndata: {a: one}`, []],
  ])('%s %s', (kind, rest, expected) => {
    const { config } = modelFromYaml(`apiVersion: v1\nkind: ${kind}\n${rest}`);
    const found = config.flatMap(({ kind: made, name, keys, allKeysKnown }) => [
      `${made} ${name}`,
      ...[...keys].map(([key, { value }]) => (value === undefined ? key : `${key}: ${value}`)),
      ...(allKeysKnown ? [] : ['and more']),
    ]);
    expect(found).toEqual(expected);
  });
});
