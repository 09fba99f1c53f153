import { describe, expect, test } from 'vitest';
import { apiGroup, describeObject, referTo, sameNamespace } from '../../src/model/kubernetes-object.ts';
import { narrowPlace, type Place, placeOfPart, spanText, writtenText } from '../../src/model/place.ts';
import { View } from '../../src/model/view.ts';
import { accountOf, allContainers, type Container, isJob, type Workload } from '../../src/model/workload.ts';
import { expectTold } from './expect-told.ts';
import { modelFromYaml, rootFromYaml } from './root-from-yaml.ts';

/** Everything that is read of the objects that run pods. */
function tell(yaml: string): string[] {
  return modelFromYaml(yaml).workloads.flatMap((workload) => [
    `${describeObject(workload.object)}, replicas ${workload.replicas.value}, account ${accountOf(workload)}`,
    ...(isJob(workload)
      ? [
          `  backoffLimit ${workload.backoffLimit.value}, ttl ${workload.ttlSeconds.value}, deadline ${workload.deadlineSeconds.value}, parallelism ${workload.parallelism.value}, completions ${workload.completions.value}, suspend ${workload.suspend.value}`,
        ]
      : []),
    ...tellPod(workload),
  ]);
}

function tellPod({ pod }: Workload): string[] {
  const told = (map: ReadonlyMap<string, { readonly value: string }>): string =>
    [...map].map(([key, { value }]) => `${key}=${value}`).join(' ');
  return [
    `  labels ${told(pod.labels)}; annotations ${told(pod.annotations)}; restartPolicy ${pod.restartPolicy.value}; deadline ${pod.deadlineSeconds.value}`,
    `  account at ${pod.serviceAccountName.path}; automount ${pod.automountToken.value}; mounts ${pod.mountsToken}`,
    ...allContainers(pod).flatMap(tellContainer),
  ];
}

function tellContainer(container: Container): string[] {
  const words = (list: readonly { readonly value: string }[]): string => list.map(({ value }) => value).join(' ');
  return [
    `  ${container.role} ${container.name.value} ${container.image.value} at ${container.path}: ${words(container.command)} | ${words(container.args)}${container.commandText.value === undefined ? '' : ` | as text ${container.commandText.value}`}`.trimEnd(),
    ...container.hooks.map(({ when, command }) => `    ${when}: ${words(command)}`),
    `    env ${container.env.map(({ name, source }) => `${name} ${source.kind}`).join(', ')}; envFrom ${container.envFrom.length}; config ${container.mountsConfig}; missing ones at ${spanText(container.environmentPlace.at)}`,
  ];
}

const spec = 'containers: [{name: main, image: shop}]';

expectTold<string>(
  'workload',
  {
    'a Deployment': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 2, template: {metadata: {labels: {a: b}, annotations: {c: d}}, spec: {${spec}}}}`,
    'a Pod': `apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {a: b}}\nspec: {activeDeadlineSeconds: 5, restartPolicy: Never, ${spec}}`,
    'a Pod of somebody else': `apiVersion: example.com/v1\nkind: Pod\nmetadata: {name: x}\nspec: {${spec}}`,
    'another kind with a template': `apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: x}\nspec: {template: {spec: {${spec}}}}`,
    'a CronJob': `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec: {jobTemplate: {spec: {backoffLimit: 1, template: {spec: {${spec}}}}}}`,
    'another kind with a template of Jobs': `apiVersion: example.com/v1\nkind: Cron\nmetadata: {name: x}\nspec: {jobTemplate: {spec: {template: {spec: {${spec}}}}}}`,
    'a Job': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\nspec: {backoffLimit: 1, ttlSecondsAfterFinished: 2, activeDeadlineSeconds: 3, parallelism: 4, completions: 5, suspend: true, template: {spec: {${spec}}}}`,
    'a Job that says little': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\nspec: {backoffLimit: "", suspend: "yes", parallelism: many, completions: "2", template: {spec: {${spec}}}}`,
    'a Job of somebody else': `apiVersion: example.com/v1\nkind: Job\nmetadata: {name: x}\nspec: {template: {spec: {${spec}}}}`,
    'no containers': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {}}}',
    'no pods': 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: []}',
    accounts: [
      'serviceAccountName: one',
      'serviceAccount: two',
      'serviceAccountName: one, serviceAccount: two',
      'automountServiceAccountToken: false',
      'automountServiceAccountToken: true',
    ]
      .map((fields, index) => `apiVersion: v1\nkind: Pod\nmetadata: {name: x${index}}\nspec: {${fields}, ${spec}}`)
      .join('\n---\n'),
    'tokens that are mounted': [
      'projected: {sources: [{configMap: {name: a}}, {serviceAccountToken: {path: t}}]}',
      'projected: {sources: [{configMap: {name: a}}]}',
      'emptyDir: {}',
    ]
      .map(
        (volume, index) =>
          `apiVersion: v1\nkind: Pod\nmetadata: {name: x${index}}\nspec: {volumes: [{name: v, ${volume}}], ${spec}}`,
      )
      .join('\n---\n'),
    'settings that are mounted': [
      'configMap: {name: a}',
      'secret: {secretName: a}',
      'projected: {sources: []}',
      'csi: {driver: a}',
      'emptyDir: {}',
    ]
      .map(
        (volume, index) =>
          `apiVersion: v1\nkind: Pod\nmetadata: {name: x${index}}\nspec: {volumes: [{name: v, ${volume}}], containers: [{name: main, volumeMounts: [{name: other}, {name: v}]}, {name: second, volumeMounts: [{name: w}]}]}`,
      )
      .join('\n---\n'),
    'containers in order': `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {initContainers: [{name: one}, {name: two, restartPolicy: Always}, {name: three, restartPolicy: Never}], containers: [{name: four, restartPolicy: Always}, {name: five}]}`,
    'what a container runs': `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, command: [b, 1, true, null, [c]], args: [d]}, {name: e, command: f g}]}`,
    hooks: `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, lifecycle: {postStart: {exec: {command: [b, c]}}, preStop: {exec: {command: [d]}}}}, {name: e, lifecycle: {preStop: {httpGet: {port: 1}}}}]}`,
    'the environment': `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, env: [{name: B, value: c}], envFrom: [{configMapRef: {name: d}}]}, {name: e, env: [{name: F, valueFrom: {secretKeyRef: {name: g, key: h}}}]}, {name: i}]}`,
  },
  tell,
);

describe('view', () => {
  const [resource] = rootFromYaml(`apiVersion: v1
kind: Odd
metadata:
  name: x
  annotations: {example.com/a: b}
spec:
  list: [{name: first, value: 1}, two, {value: 3}]
  nothing: null
  number: "0x10"
  blank: " "
`).resources;
  if (resource === undefined) throw new Error('there is an object');
  const view = View.ofResource(resource);

  test.each([
    [['spec', 'number'], 'spec.number', '"0x10"', []],
    [['spec', 'list'], 'spec.list', 'list', []],
    [['spec', 'nothing'], 'spec.nothing', 'nothing', []],
    [['spec', 'nothing', 'more'], 'spec.nothing.more', 'nothing', ['more']],
    [['spec', 'gone', 'far'], 'spec.gone.far', 'spec', ['gone', 'far']],
    [['status', 'gone'], 'status.gone', 'Odd', ['status', 'gone']],
    [['metadata', 'annotations', 'example.com/a'], 'metadata.annotations["example.com/a"]', 'b', []],
    [['metadata', 'name', 'x'], 'metadata.name.x', 'name', ['x']],
  ])('%j', (keys, path, place, missing) => {
    const field = view.get(...keys).text();
    expect([field.path, spanText(field.place.at), field.missing]).toEqual([path, place, missing]);
  });

  test('items, entries and their places', () => {
    const items = view.get('spec', 'list').items();
    expect(items.map(({ path }) => path)).toEqual(['spec.list[0]', 'spec.list[1]', 'spec.list[2]']);
    expect(items.map(({ place }) => spanText(place.at))).toEqual(['first', 'two', 'list']);
    expect(items[0]?.get('value').path).toBe('spec.list[0].value');
    expect(view.get('spec').items()).toEqual([]);
    expect(view.get('spec', 'list').entries()).toEqual([]);
    expect(
      view
        .get('metadata')
        .entries()
        .map(([key]) => key),
    ).toEqual(['name', 'annotations']);
    expect(
      view
        .get('spec', 'list')
        .texts()
        .map(({ value }) => value),
    ).toEqual(['two']);
    expect([...view.get('spec').textMap().keys()]).toEqual(['number', 'blank']);
  });

  test('numbers and booleans', () => {
    expect(view.get('spec', 'number').number().value).toBe(16);
    expect(view.get('spec', 'blank').number().value).toBeUndefined();
    expect(view.get('spec', 'list').number().value).toBeUndefined();
    expect(view.get('spec', 'number').boolean().value).toBeUndefined();
    expect(view.get('spec', 'nothing').exists).toBe(false);
    expect(view.path).toBe('');
  });
});

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

describe('place', () => {
  const [file] = rootFromYaml("kind: X\na: 'one two one'\nb: three\n").files;
  if (file === undefined) throw new Error('there is a file');
  const placeOf = (text: string): Place => {
    const start = file.text.indexOf(text);
    return { at: { file, start, end: start + text.length }, steps: [] };
  };

  test.each([
    ["'one two one'", 'two', 'two'],
    ["'one two one'", 'one', "'one two one'"],
    ["'one two one'", 'three', "'one two one'"],
    ["'one two one'", '', "'one two one'"],
    ['three', 'three', 'three'],
  ])('%s narrowed to %s is %s', (text, part, expected) => {
    expect(spanText(narrowPlace(placeOf(text), part).at)).toBe(expected);
  });

  test('a part is where the last step has it', () => {
    const [one, three] = [placeOf("'one two one'"), placeOf('three')];
    const place: Place = {
      at: three.at,
      steps: [
        { by: 'written', at: one.at },
        { by: 'replacement', at: three.at },
      ],
    };
    expect(spanText(placeOfPart(place, 'two').at)).toBe('two');
    expect(spanText(placeOfPart(place, 'thre').at)).toBe('thre');
    expect(placeOfPart(place, 'four')).toBe(place);
  });

  test.each([
    ["'one two one'", 'one two one'],
    ['three', 'three'],
    ['X', 'X'],
    ["'one", "'one"],
  ])('%s is written %s', (text, expected) => expect(writtenText(placeOf(text).at)).toBe(expected));
});
