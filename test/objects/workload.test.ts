import { accountOf } from '../../src/model/access/grants.ts';
import { describeObject } from '../../src/objects/kubernetes-object.ts';
import { spanText } from '../../src/objects/place.ts';
import { allContainers, type Container, isJob, type Workload } from '../../src/objects/workload.ts';
import { modelFromYaml } from '../support/root-from-yaml.ts';
import { testCases } from '../support/test-cases.ts';

/** Everything that is read of the objects that run pods. */
function describeWorkloads(yaml: string): string[] {
  return modelFromYaml(yaml).workloads.flatMap((workload) => [
    `${describeObject(workload.object)}, replicas ${workload.replicas.value}, account ${accountOf(workload).name}`,
    ...(isJob(workload)
      ? [
          `  backoffLimit ${workload.backoffLimit.value}, ttl ${workload.ttlSeconds.value}, deadline ${workload.deadlineSeconds.value}, parallelism ${workload.parallelism.value}, completions ${workload.completions.value}, suspend ${workload.suspend.value}`,
        ]
      : []),
    ...describePod(workload),
  ]);
}

function describePod({ pod }: Workload): string[] {
  const pairs = (map: ReadonlyMap<string, { readonly value: string }>): string =>
    [...map].map(([key, { value }]) => `${key}=${value}`).join(' ');
  return [
    `  labels ${pairs(pod.labels)}; annotations ${pairs(pod.annotations)}; restartPolicy ${pod.restartPolicy.value}; deadline ${pod.deadlineSeconds.value}`,
    `  account at ${pod.serviceAccountName.path}; automount ${pod.automountToken.value}; mounts ${pod.mountsToken}`,
    ...allContainers(pod).flatMap(describeContainer),
  ];
}

function describeContainer(container: Container): string[] {
  const words = (list: readonly { readonly value: string }[]): string => list.map(({ value }) => value).join(' ');
  return [
    `  ${container.role} ${container.name.value} ${container.image.value} at ${container.path}: ${words(container.command)} | ${words(container.args)}${container.commandText.value === undefined ? '' : ` | as text ${container.commandText.value}`}`.trimEnd(),
    ...container.hooks.map(({ when, command }) => `    ${when}: ${words(command)}`),
    `    env ${container.env.map(({ name, source }) => `${name} ${source.kind}`).join(', ')}; envFrom ${container.envFrom.length}; config ${container.mountsConfig}; missing ones at ${spanText(container.environmentPlace.at)}`,
  ];
}

const spec = 'containers: [{name: main, image: shop}]';

testCases<string>(
  import.meta.dirname,
  'workload',
  {
    'a Deployment': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 2, template: {metadata: {labels: {a: b}, annotations: {c: d}}, spec: {${spec}}}}`,
    'a Pod': `apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {a: b}}\nspec: {activeDeadlineSeconds: 5, restartPolicy: Never, ${spec}}`,
    'a Pod of somebody else': `apiVersion: example.com/v1\nkind: Pod\nmetadata: {name: x}\nspec: {${spec}}`,
    'a ReplicationController': `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: x}\nspec: {template: {spec: {${spec}}}}`,
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
  describeWorkloads,
);
