// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as users write them.
import { describe, expect, test } from 'vitest';
import { findRefusedFields, findRefusedInRollout } from '../../../src/model/fields/refused/refused-field.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What the API server refuses in a workload with this `spec`. */
function refusedIn(spec: string, kind = 'Deployment', isServerSide = false): string[] {
  const groups: Readonly<Record<string, string>> = {
    Job: 'batch/v1',
    CronJob: 'batch/v1',
    Rollout: 'argoproj.io/v1alpha1',
  };
  const group = groups[kind] ?? 'apps/v1';
  const { workloads, standardObjects } = modelFromYaml(
    `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: shop}\nspec: ${spec}\n`,
  );
  const refused = [
    ...standardObjects().flatMap((each) => findRefusedFields(each, isServerSide)),
    ...workloads.flatMap(findRefusedInRollout),
  ];
  return refused.map(({ what, hint }) => `${what}. ${hint}`);
}

/** A pod template whose one container has these fields. */
function pod(container: string, more = ''): string {
  return `{template: {metadata: {labels: {app: shop}}, spec: {${more} containers: [{name: main, image: shop, ${container}}]}}}`;
}

function role(kind: string, rule: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: a}\nrules: [${rule}]`;
}

const from = 'valueFrom: {secretKeyRef: {name: a, key: b}}';

describe('refused-field', () => {
  test.each<[string, string, string[]]>([
    ['nothing', pod('env: [{name: A, value: b}]'), []],
    [
      'a value and a source',
      pod(`env: [{name: A, value: b, ${from}}]`),
      ['sets both `value` and `valueFrom` of variable `A` of container `main`. Remove one of them.'],
    ],
    ['an empty value and a source', pod(`env: [{name: A, value: "", ${from}}]`), []],
    ['a source alone', pod(`env: [{name: A, ${from}}]`), []],
    ['no source', pod('env: [{name: A, value: b, valueFrom: null}]'), []],
    [
      'two sources',
      pod('env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}, configMapKeyRef: {name: a, key: b}}}]'),
      ['takes variable `A` of container `main` from `secretKeyRef` and `configMapKeyRef`. Remove one of them.'],
    ],
    [
      'a source and none',
      pod('env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}, configMapKeyRef: null}}]'),
      [],
    ],
    [
      'keys beside a source that has none',
      pod('env: [{name: A, valueFrom: {configMapKeyRef: null, name: a, key: b}}]'),
      [],
    ],
    [
      'two imports in one',
      pod('envFrom: [{configMapRef: {name: a}, secretRef: {name: a}}]'),
      [
        'has `configMapRef` and `secretRef` in `spec.template.spec.containers[0].envFrom[0]`, of which Kubernetes takes one. Remove one of them.',
      ],
    ],
    [
      'two handlers of a probe and of a hook',
      pod('startupProbe: {exec: {}, httpGet: {}}, lifecycle: {preStop: {sleep: {}, exec: {}}}'),
      [
        'has `exec` and `httpGet` in `spec.template.spec.containers[0].startupProbe`, of which Kubernetes takes one. Remove one of them.',
        'has `sleep` and `exec` in `spec.template.spec.containers[0].lifecycle.preStop`, of which Kubernetes takes one. Remove one of them.',
      ],
    ],
    [
      'two kinds of a volume',
      pod('', 'volumes: [{name: a, emptyDir: {}, secret: {secretName: b}}],'),
      [
        'has `emptyDir` and `secret` in `spec.template.spec.volumes[0]`, of which Kubernetes takes one. Remove one of them.',
      ],
    ],
    ['privileges alone', pod('securityContext: {privileged: true}'), []],
    ['no privileges', pod('securityContext: {privileged: false, allowPrivilegeEscalation: false}'), []],
    [
      'privileges and none',
      pod('securityContext: {privileged: true, allowPrivilegeEscalation: false}'),
      ['has both `privileged: true` and `allowPrivilegeEscalation: false` in container `main`. Remove one of them.'],
    ],
    ['a mount without a name, which is another fault', pod('volumeMounts: [{mountPath: /a}]'), []],
    [
      'no image beside one that has one',
      '{template: {spec: {containers: [{name: main}, {name: other, image: a}]}}}',
      ['has no `image` in container `main`. Give the container an image.'],
    ],
    [
      'no image',
      '{template: {spec: {containers: [{name: main}]}}}',
      ['has no `image` in container `main`. Give the container an image.'],
    ],
    ['a volume', pod('volumeMounts: [{name: a, mountPath: /a}]', 'volumes: [{name: a, emptyDir: {}}],'), []],
    [
      'no volume',
      pod('volumeMounts: [{name: a, mountPath: /a}]', 'volumes: [{name: b, emptyDir: {}}],'),
      [
        'mounts volume `a` in container `main`, which its pod does not have. Add the volume to the pod, or remove the mount.',
      ],
    ],
    [
      'one path',
      pod('volumeMounts: [{name: a, mountPath: /a}, {name: a, mountPath: /a}]', 'volumes: [{name: a, emptyDir: {}}],'),
      ['mounts two volumes at `/a` in container `main`. Mount each volume at a path of its own.'],
    ],
    [
      'two paths',
      pod('volumeMounts: [{name: a, mountPath: /a}, {name: a, mountPath: /b}]', 'volumes: [{name: a, emptyDir: {}}],'),
      [],
    ],
  ])('%s', (_, spec, expected) => {
    expect(refusedIn(spec)).toEqual(expected);
  });

  const template = 'template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: main, image: shop}]}}';
  const made = [
    'sets `spec.selector`, which Kubernetes makes itself for each Job. Remove it: Kubernetes gives the pods of each Job labels of their own and selects them by these.',
  ];
  test.each<[string, string, string[]]>([
    ['labels', 'selector: {matchLabels: {app: shop}}', made],
    ['expressions', 'selector: {matchExpressions: [{key: app, operator: Exists}]}', made],
    ['nothing', 'selector: {matchLabels: {}}', []],
    ['labels that it asks to choose', 'selector: {matchLabels: {app: shop}}, manualSelector: true', []],
    [
      'labels that its pods do not have',
      'selector: {matchLabels: {app: web}}, manualSelector: true',
      [
        'selects its pods by `app: web`, which its pod template does not have. Give the pod template this label. A selector cannot be changed once the object exists.',
      ],
    ],
  ])('a Job selects %s', (_, selector, expected) => {
    expect(refusedIn(`{${selector}, ${template}}`, 'Job')).toEqual(expected);
  });

  test.each<[string, string, number]>([
    ['Deployment', '{app: shop}', 0],
    ['Deployment', '{app: shop, tier: web}', 1],
    ['StatefulSet', '{app: other}', 1],
    ['CronJob', '{app: other}', 0],
  ])('%s with a selector %s', (kind, labels, count) => {
    const spec = pod('').replace('{template', `{selector: {matchLabels: ${labels}}, template`);
    expect(refusedIn(spec, kind)).toHaveLength(count);
  });

  test('claims of a StatefulSet are volumes', () => {
    const spec = pod('volumeMounts: [{name: data, mountPath: /a}]');
    const claims = spec.replace('{template', '{volumeClaimTemplates: [{metadata: {name: data}}], template');
    expect([refusedIn(claims, 'StatefulSet'), refusedIn(spec, 'StatefulSet').length]).toEqual([[], 1]);
  });

  test('of a Rollout only the image', () => {
    expect(refusedIn('{template: {spec: {containers: [{name: main}]}}}', 'Rollout')).toEqual([
      'has no `image` in container `main`. Give the container an image.',
    ]);
    expect(refusedIn(pod('volumeMounts: [{name: a, mountPath: /a}]'), 'Rollout')).toEqual([]);
  });

  test.each<[string, string, string, string[]]>([
    ['Deployment', '{selector: {}}', '', ['has an empty `spec.selector`']],
    ['Deployment', '{selector: {matchExpressions: [{key: app, operator: Exists}]}}', '', []],
    ['Deployment', '{selector: {matchLabels: {app: "${APP}"}}}', '', []],
    [
      'Deployment',
      '{strategy: {type: Recreate, rollingUpdate: {}}}',
      '',
      ['has `rollingUpdate` beside `type: Recreate` in `spec.strategy`'],
    ],
    ['Deployment', '{strategy: {type: RollingUpdate, rollingUpdate: {}}}', '', []],
    ['Deployment', '{strategy: {rollingUpdate: {maxUnavailable: 0}}}', '', []],
    ['Deployment', '{strategy: {rollingUpdate: {maxUnavailable: 10%, maxSurge: 0}}}', '', []],
    [
      'StatefulSet',
      '{updateStrategy: {type: OnDelete, rollingUpdate: {}}}',
      '',
      ['has `rollingUpdate` beside `type: OnDelete` in `spec.updateStrategy`'],
    ],
    ['DaemonSet', '{updateStrategy: {type: OnDelete, rollingUpdate: {}}}', '', []],
    [
      'DaemonSet',
      '{}',
      'restartPolicy: OnFailure,',
      ['has `restartPolicy: OnFailure`, while the pods of a DaemonSet always restart'],
    ],
    ['DaemonSet', '{}', 'restartPolicy: "${POLICY}",', []],
    ['Job', '{completionMode: Indexed, completions: 1, maxFailedIndexes: 1}', '', []],
    ['Job', '{completionMode: "${MODE}", maxFailedIndexes: 1}', '', []],
    [
      'Job',
      '{maxFailedIndexes: 1}',
      '',
      ['has `spec.maxFailedIndexes`, which only a Job with `completionMode: Indexed` may have'],
    ],
    ['DaemonSet', '{updateStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}}', '', []],
    ['StatefulSet', '{updateStrategy: {type: RollingUpdate, rollingUpdate: {}}}', '', []],
    ['Deployment', '{strategy: {rollingUpdate: {maxUnavailable: 0%, maxSurge: 100%}}}', '', []],
    [
      'Deployment',
      '{strategy: {rollingUpdate: {maxUnavailable: 00%, maxSurge: 0}}}',
      '',
      ['allows neither a pod more (`maxSurge`) nor a pod less (`maxUnavailable`) during an update'],
    ],
    ['Deployment', '{selector: {matchExpressions: [{key: app, operator: Exists}], matchLabels: {app: shop}}}', '', []],
    [
      'Job',
      '{completionMode: NonIndexed, successPolicy: {}}',
      '',
      ['has `spec.successPolicy`, which only a Job with `completionMode: Indexed` may have'],
    ],
    ['Job', '{podFailurePolicy: {rules: [{onExitCodes: {containerName: main}}]}}', 'restartPolicy: Never,', []],
  ])('%s %s %s', (kind, spec, more, expected) => {
    const fields = spec.slice(1, -1);
    expect(
      refusedIn(pod('', more).replace('{', `{${fields}${fields === '' ? '' : ', '}`), kind).map(firstSentence),
    ).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['requests: {cpu: 1}, limits: {cpu: 1000m}', 'as much', []],
    ['requests: {cpu: 300m}, limits: {cpu: 0.3}', 'as much', []],
    [
      'requests: {memory: 1Gi}, limits: {memory: 1G}',
      'more',
      ['requests `1Gi` of memory in container `main`, more than its limit of `1G`'],
    ],
    ['requests: {memory: 1Gi}, limits: {memory: "${MEMORY}"}', 'unknown', []],
    ['requests: {memory: 1Gi}, limits: {memory: null}', 'no limit', []],
    ['requests: {memory: 1Gi}', 'no limits', []],
  ])('resources: %s (%s)', (resources, _, expected) => {
    expect(refusedIn(pod(`resources: {${resources}}`)).map(firstSentence)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['{name: a, restartPolicy: Always, readinessProbe: {}}', []],
    [
      '{name: a, lifecycle: {}, livenessProbe: null}',
      ['has `lifecycle` in init container `a`, which only a sidecar may have'],
    ],
    ['{name: main}', ['has two containers of the name `main`']],
    ['{name: ""}', []],
  ])('an init container: %s', (container, expected) => {
    const spec = pod('', `initContainers: [${container.replace(/\}$/, ', image: shop}')}],`);
    expect(refusedIn(spec).map(firstSentence)).toEqual(expected);
  });

  test('server-side apply takes a variable and a port once', () => {
    const spec = pod(
      'env: [{name: A, value: b}, {name: A}], ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 80, protocol: TCP}]',
    );
    expect(refusedIn(spec)).toEqual([]);
    expect(refusedIn(spec, 'Deployment', true).map(firstSentence)).toEqual([
      'sets variable `A` of container `main` twice, which the server-side apply of Flux does not take',
      'has port 80 of container `main` twice, which the server-side apply of Flux does not take',
    ]);
  });

  test.each<[string, string[]]>([
    ['apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}', []],
    ['apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80, nodePort: 0}]}', []],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 53, name: a, protocol: UDP}, {port: 53, name: b}, {port: 53, name: c, protocol: TCP}]}',
      ['has port 53 twice'],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80, nodePort: 30000}]}',
      ['has `spec.ports[0].nodePort`, which a Service of type `ClusterIP` may not have'],
    ],
    ['apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: Opaque', []],
    [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/tls',
      ['has no `tls.crt` or `tls.key`, which a Secret of type `kubernetes.io/tls` needs'],
    ],
    ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\nbinaryData: {b: YQ==}', []],
    [
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: a, namespace: b, apiGroup: ""}, {kind: User, name: c}]',
      [],
    ],
    [
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {kind: Role, name: view}\nsubjects: [{kind: ServiceAccount, name: a}]',
      [],
    ],
    [role('Role', '{apiGroups: [""], resources: [pods], verbs: [get]}'), []],
    [role('Role', '{resources: [pods], verbs: [get]}'), ['has no `apiGroups` in `rules[0]`']],
    [role('Role', '{apiGroups: [], resources: [pods, jobs], verbs: [get]}'), []],
    [role('Role', '{apiGroups: [batch], resources: [], verbs: [get]}'), ['has no `resources` in `rules[0]`']],
    [role('Role', '{apiGroups: batch, resources: [pods], verbs: [get]}'), []],
    [
      role('Role', '{nonResourceURLs: [/a], verbs: [get]}'),
      ['has `rules[0].nonResourceURLs`, which only a ClusterRole may have'],
    ],
    [role('ClusterRole', '{nonResourceURLs: [/a], verbs: [get]}'), []],
    [
      role('ClusterRole', '{nonResourceURLs: [/a], resources: [pods], verbs: [get]}'),
      ['has both paths and resources in `rules[0]`'],
    ],
  ])('%s', (text, expected) => {
    const objects = modelFromYaml(`${text}\n`).standardObjects();
    expect(objects.flatMap((each) => findRefusedFields(each, false)).map(({ what }) => what)).toEqual(expected);
  });
});

/** What is refused, without the hint. */
function firstSentence(text: string): string {
  return text.replace(/\. [A-Z].*/, '');
}
