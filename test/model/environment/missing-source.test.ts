// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.

import type { Applier } from '../../../src/config/config.ts';
import type { BuildProblem } from '../../../src/kustomize/problem.ts';
import { findMissingSources } from '../../../src/model/environment/missing-source.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';
import { testCases } from '../../support/test-cases.ts';

interface Written {
  /** The fields of the only container, or of several. */
  readonly containers: string;
  readonly objects?: readonly string[];
  /** What another root builds. */
  readonly other?: readonly string[];
  readonly isBroken?: boolean;
  readonly applier?: Applier;
  readonly namespace?: string;
}

function describeMissing({
  containers,
  objects = [],
  other = [],
  isBroken = false,
  applier,
  namespace = 'shop',
}: Written): string[] {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: ${namespace}}\nspec: {containers: [${containers}]}`;
  const root = rootFromYaml([pod, ...objects].join('\n---\n'));
  const broken = root.files.map((file): BuildProblem => {
    return { kind: 'error', message: 'x', at: { file, start: 0, end: 1 }, related: [] };
  });
  const model = firstOf(
    modelRoots([{ ...root, problems: isBroken ? broken : [] }, rootFromYaml(other.join('\n---\n'), '/other')], {
      dialect: '5.8',
      ...(applier && { applier }),
    }),
  );
  return model.workloads.flatMap((workload) =>
    findMissingSources(model, workload, workload.pod.containers).map(
      ({ container, kind, field, what, object, clause, hint, near }) =>
        `${container.name.value}: ${what} ${field.value} at ${field.path}, of ${kind} ${object}, which ${clause}; ${hint} Near is ${near.name}`,
    ),
  );
}

const map = (name: string, data = '', metadata = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop${metadata}}\ndata: {${data}}`;
const secret = (name: string): string =>
  map(name).replace('kind: ConfigMap', 'kind: Secret').replace('data: {}', 'stringData: {url: x}');
const from = (name: string, more = ''): string => `{name: main, envFrom: [{configMapRef: {name: ${name}${more}}}]}`;
const key = (object: string, name: string, more = ''): string =>
  `{name: main, env: [{name: X, valueFrom: {configMapKeyRef: {name: ${object}, key: ${name}${more}}}}]}`;

testCases<Written>(
  import.meta.dirname,
  'missing-source',
  {
    'a variable in a name': { containers: from('$(settings)'), objects: [map('settings')] },
    'a variable in a name for an object that is not there': { containers: from('$(settings)') },
    'an object that is there': { containers: from('settings'), objects: [map('settings')] },
    'an object that is made elsewhere': { containers: from('settings') },
    'a slip in its name': { containers: from('setings'), objects: [map('settings')] },
    'a slip in its name, for another kind': { containers: from('setings'), objects: [secret('settings')] },
    'a slip in its name, of two letters': { containers: from('settingsxy'), objects: [map('settings')] },
    'a slip in a longer name, of two letters': {
      containers: from('inventory-setigs'),
      objects: [map('inventory-settings')],
    },
    'a slip in a longer name, of three letters': {
      containers: from('inventory-setis'),
      objects: [map('inventory-settings')],
    },
    'eleven letters, two of them wrong': { containers: from('abcdefghiyz'), objects: [map('abcdefghijk')] },
    'ten letters, two of them wrong': { containers: from('abcdefghyz'), objects: [map('abcdefghij')] },
    'a slip in a short name': { containers: from('shopp'), objects: [map('shop')] },
    'a slip in six letters': { containers: from('shoppx'), objects: [map('shoppy')] },
    'a slip in five letters': { containers: from('shopx'), objects: [map('shopy')] },
    'another number': { containers: from('settings-1'), objects: [map('settings-2')] },
    'a slip in the name of what another root builds': {
      containers: from('setings'),
      objects: [map('settings')],
      other: [map('setings')],
    },
    'the same name of another kind in another root': {
      containers: from('setings'),
      objects: [map('settings')],
      other: [secret('setings')],
    },
    'another name in another root': { containers: from('setings'), objects: [map('settings')], other: [map('set')] },
    'a tree of which not all is built': { containers: from('setings'), objects: [map('settings')], isBroken: true },
    'an object in another namespace': {
      containers: from('settings'),
      objects: [map('settings').replace('namespace: shop', 'namespace: web')],
    },
    'an object in another namespace, which something copies': {
      containers: from('settings'),
      objects: [
        map('settings', '', ', annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}').replace(
          'namespace: shop',
          'namespace: web',
        ),
      ],
    },
    'an object in another namespace, of another kind': {
      containers: from('settings'),
      objects: [secret('settings').replace('namespace: shop', 'namespace: web')],
    },
    'a key that is there': { containers: key('settings', 'level'), objects: [map('settings', 'level: x')] },
    'a key that is not there': { containers: key('settings', 'level'), objects: [map('settings', 'other: x')] },
    'a slip in a key': { containers: key('settings', 'loglevl'), objects: [map('settings', 'loglevel: x')] },
    'a slip in a key, while not all is built': {
      containers: key('settings', 'loglevl'),
      objects: [map('settings', 'loglevel: x')],
      isBroken: true,
    },
    'a slip in the name, for a key': { containers: key('setings', 'level'), objects: [map('settings', 'level: x')] },
    'a key of what an ExternalSecret may fetch': {
      containers: key('settings', 'level').replace('configMapKeyRef', 'secretKeyRef'),
      objects: [
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: settings, namespace: shop}\nspec: {dataFrom: [{extract: {key: x}}]}',
      ],
    },
    'a key that the object of another root lacks': {
      containers: key('settings', 'level'),
      other: [map('settings', 'other: x')],
    },
    ...Object.fromEntries(
      Object.entries<Partial<Written>>({
        lacks: {},
        'lacks, in another namespace': { namespace: 'web' },
        'lacks, in a namespace that is a variable': {
          namespace: '"${NAMESPACE}"',
          other: [map('settings', 'other: x').replace('namespace: shop', 'namespace: "${NAMESPACE}"')],
        },
        'lacks, in a namespace that is not known': { namespace: 'null' },
        has: { other: [map('settings', 'level: x')] },
        'lacks, where the whole object is taken': { containers: from('settings') },
      }).map(([title, written]) => [
        `a key that the object of another Flux Kustomization ${title}`,
        {
          applier: 'flux' as const,
          containers: key('settings', 'level'),
          other: [map('settings', 'other: x')],
          ...written,
        },
      ]),
    ),
    'a key of an object of another kind': { containers: key('settings', 'url'), objects: [secret('settings')] },
    'a key of an object of another kind, as a ConfigMap': {
      containers: key('settings', 'level').replace('configMapKeyRef', 'secretKeyRef'),
      objects: [map('settings', 'level: x')],
    },
    'a key that an object of another kind lacks': {
      containers: key('settings', 'level'),
      objects: [secret('settings')],
    },
    'a key of an object of another kind and name': { containers: key('settings', 'url'), objects: [secret('other')] },
    'a key of an object of another kind, while not all is built': {
      containers: key('settings', 'url'),
      objects: [secret('settings')],
      isBroken: true,
    },
    'a key of an object of another kind, while another root has it': {
      containers: key('settings', 'url'),
      objects: [secret('settings')],
      other: [map('settings', 'url: x')],
    },
    'an optional object': { containers: from('setings', ', optional: true'), objects: [map('settings')] },
    'an optional key': {
      containers: key('settings', 'level', ', optional: true'),
      objects: [map('settings', 'other: x')],
    },
    'no name': { containers: from('""'), objects: [map('settings')] },
    'a name that Flux fills': { containers: from('"settings${X}"'), objects: [map('settings')] },
    'a key that Flux fills': { containers: key('settings', '"${X}"'), objects: [map('settings', 'other: x')] },
    'no key': { containers: key('settings', '""').replace(', key: ""', ''), objects: [map('settings', 'other: x')] },
    'the same slip twice': {
      containers: `${from('setings')}, ${from('setings').replace('main', 'second')}`,
      objects: [map('settings')],
    },
    'two keys that are not there': {
      containers: `${key('settings', 'level')}, ${key('settings', 'depth').replace('main', 'second')}`,
      objects: [map('settings', 'other: x')],
    },
    'the same key of two objects': {
      containers: `${key('settings', 'level')}, ${key('switches', 'level').replace('main', 'second')}`,
      objects: [map('settings', 'other: x'), map('switches', 'other: x')],
    },
  },
  describeMissing,
);
