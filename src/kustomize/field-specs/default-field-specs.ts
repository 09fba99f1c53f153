import type { Dialect } from '../dialect.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
import type { FieldSpec } from './field-spec.ts';
import type { NameReference } from './transformer-config.ts';

/**
 * The fields that transformers change by default, as in kustomize 5.7 and 5.8; what 5.8.2 has changed says so
 * (`api/internal/konfig/builtinpluginconsts`). A type is written `Kind`, followed by its group or version if kustomize
 * names one; `*` is any type.
 */

/** The path to the pod spec in each kind that has one. */
const podSpecs = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
} as const;

type PodKind = keyof typeof podSpecs;

/** The metadata of an object, and of the pods and jobs that it creates. */
function metadataField(field: 'labels' | 'annotations'): FieldSpec[] {
  const template = `spec/template/metadata/${field}`;
  return [
    create(`metadata/${field}`, '*'),
    create(template, 'ReplicationController v1', 'Deployment', 'ReplicaSet', 'DaemonSet'),
    create(template, field === 'labels' ? 'StatefulSet apps' : 'StatefulSet', 'Job batch'),
    create(`spec/jobTemplate/metadata/${field}`, 'CronJob batch'),
    create(`spec/jobTemplate/spec/template/metadata/${field}`, 'CronJob batch'),
  ].flat();
}

/** The selectors that `commonLabels` and `includeSelectors` change. A Job's is changed only if it exists. */
function selectors(): FieldSpec[] {
  const matching = 'labelSelector/matchLabels';
  const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/${matching}`,
    `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/${matching}`,
  ]);
  return [
    create('spec/selector', 'Service v1', 'ReplicationController v1'),
    create('spec/selector/matchLabels', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet apps'),
    [...affinities, `topologySpreadConstraints/${matching}`].flatMap((path) =>
      reach(`spec/template/spec/${path}`, 'Deployment apps', 'StatefulSet apps'),
    ),
    reach('spec/selector/matchLabels', 'Job batch', 'PodDisruptionBudget policy'),
    reach('spec/jobTemplate/spec/selector/matchLabels', 'CronJob batch'),
    reach('spec/podSelector/matchLabels', 'NetworkPolicy networking.k8s.io'),
    reach('spec/ingress/from/podSelector/matchLabels', 'NetworkPolicy networking.k8s.io'),
    reach('spec/egress/to/podSelector/matchLabels', 'NetworkPolicy networking.k8s.io'),
  ].flat();
}

export const nameFields = (): FieldSpec[] => reach('metadata/name', '*');

export const namespaceFields = (): FieldSpec[] => [
  ...create('metadata/name', 'Namespace'),
  ...create('spec/service/namespace', 'APIService apiregistration.k8s.io'),
  ...reach('spec/conversion/webhook/clientConfig/service/namespace', 'CustomResourceDefinition apiextensions.k8s.io'),
];

export const commonLabelFields = (): FieldSpec[] => [...selectors(), ...metadataField('labels'), ...claimLabels()];

/** The metadata of the volume claims that an object creates. */
const claimLabels = (): FieldSpec[] => create('spec/volumeClaimTemplates[]/metadata/labels', 'StatefulSet apps');

/** Since 5.8.2, `includeTemplates` leaves volume claims alone, whose templates cannot change. */
export const templateLabelFields = (dialect: Dialect): FieldSpec[] => [
  ...metadataField('labels'),
  ...(dialect === '5.8.2' ? [] : claimLabels()),
];

/** The fields of `includeVolumeClaimTemplates`, which 5.8.2 has added. */
export const volumeClaimTemplateLabelFields = (dialect: Dialect): FieldSpec[] =>
  dialect === '5.8.2' ? claimLabels() : [];

export const annotationFields = (): FieldSpec[] => metadataField('annotations');

export const replicaFields = (): FieldSpec[] =>
  create('spec/replicas', 'Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet');

/** 5.8.2 has added the volumes of CronJobs. Containers are found at any depth. */
export const imageFields = (dialect: Dialect): FieldSpec[] => [
  ...['spec', 'spec/template/spec'].flatMap((pod) => [
    ...create(`${pod}/containers[]/image`, '*'),
    ...create(`${pod}/initContainers[]/image`, '*'),
    ...create(`${pod}/volumes[]/image/reference`, '*'),
  ]),
  ...(dialect === '5.8.2' ? create('spec/jobTemplate/spec/template/spec/volumes[]/image/reference', '*') : []),
];

/** The fields in which `$(VAR)` is replaced with the value of one of the `vars`. */
export function variableFields(): FieldSpec[] {
  const inContainer = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];
  const fields = ['containers', 'initContainers'].flatMap((list) => inContainer.map((field) => `${list}/${field}`));
  const kinds: PodKind[] = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet'];
  return [
    ...inPodSpecs(fields, ...kinds),
    ...inPodSpecs(['volumes/nfs/server'], 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet'),
    // CronJobs have no such path (`spec` is missing), but kustomize lists it.
    ...reach('spec/jobTemplate/spec/template/volumes/nfs/server', 'CronJob'),
    ...reach('spec/volumeClaimTemplates/spec/nfs/server', 'StatefulSet'),
    ...reach('spec/nfs/server', 'PersistentVolume'),
    ...reach('spec/template/metadata/annotations', 'Deployment'),
    ...['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'].flatMap((path) => reach(path, 'Ingress')),
    ...['spec/ports/port', 'spec/ports/targetPort'].flatMap((path) => reach(path, 'Service')),
    ...reach('metadata/labels', '*'),
    ...reach('metadata/annotations', '*'),
  ];
}

/** The fields that hold the name of another object, by the type of that object. */
export function nameReferences(): NameReference[] {
  const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];
  const rbac = 'rbac.authorization.k8s.io';
  const webhooks = 'admissionregistration.k8s.io';
  return [
    ...scaled.map((kind) => referrers(kind, reach('spec/scaleTargetRef/name', 'HorizontalPodAutoscaler'))),
    referrers('ConfigMap v1', configMapReferrers()),
    referrers('Secret v1', secretReferrers()),
    referrers('Service v1', serviceReferrers()),
    referrers(`Role ${rbac}`, reach('roleRef/name', `RoleBinding ${rbac}`)),
    referrers(`ClusterRole ${rbac}`, reach('roleRef/name', `RoleBinding ${rbac}`, `ClusterRoleBinding ${rbac}`)),
    referrers('ServiceAccount v1', [
      ...reach('subjects', `RoleBinding ${rbac}`, `ClusterRoleBinding ${rbac}`),
      ...inPodSpecs(['serviceAccountName'], ...podKindsWithAccount),
    ]),
    referrers(
      'PersistentVolumeClaim v1',
      inPodSpecs(['volumes/persistentVolumeClaim/claimName'], ...podKindsWithAccount),
    ),
    referrers('PersistentVolume v1', [
      ...reach('spec/volumeName', 'PersistentVolumeClaim'),
      ...reach('rules/resourceNames', 'ClusterRole'),
    ]),
    referrers('StorageClass v1 storage.k8s.io', [
      ...reach('spec/storageClassName', 'PersistentVolume', 'PersistentVolumeClaim'),
      ...reach('spec/volumeClaimTemplates/spec/storageClassName', 'StatefulSet'),
    ]),
    referrers('PriorityClass v1 scheduling.k8s.io', inPodSpecs(['priorityClassName'], ...podKindsWithAccount)),
    // The version in the group makes this entry match nothing, in kustomize too.
    referrers('IngressClass v1 networking.k8s.io/v1', reach('spec/ingressClassName', 'Ingress')),
    referrers(
      `ValidatingAdmissionPolicy ${webhooks}`,
      reach('spec/policyName', `ValidatingAdmissionPolicyBinding ${webhooks}`),
    ),
  ];
}

const podKindsWithAccount: PodKind[] = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
];

const podKindsWithConfig: PodKind[] = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
];

function configMapReferrers(): FieldSpec[] {
  return [
    ...inPodSpecs(
      [
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ],
      ...podKindsWithConfig,
    ),
    ...reach('spec/configSource/configMap', 'Node'),
    ...reach('rules/resourceNames', 'Role', 'ClusterRole'),
    ...reach('metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', 'Ingress'),
  ];
}

function secretReferrers(): FieldSpec[] {
  const annotations = [
    'ingress.kubernetes.io\\/auth-secret',
    'nginx.ingress.kubernetes.io\\/auth-secret',
    'nginx.ingress.kubernetes.io\\/auth-tls-secret',
  ];
  return [
    ...inPodSpecs(
      [
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ],
      ...podKindsWithConfig,
    ),
    ...reach('spec/tls/secretName', 'Ingress'),
    ...annotations.flatMap((name) => reach(`metadata/annotations/${name}`, 'Ingress')),
    ...reach('imagePullSecrets/name', 'ServiceAccount'),
    ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].flatMap((name) =>
      reach(`parameters/${name}`, 'StorageClass'),
    ),
    ...reach('rules/resourceNames', 'Role', 'ClusterRole'),
    ...reach('spec/template/spec/containers/env/valueFrom/secretKeyRef/name', 'Service serving.knative.dev v1'),
    ...reach('spec/azureFile/secretName', 'PersistentVolume'),
  ];
}

function serviceReferrers(): FieldSpec[] {
  const backends = [
    'spec/rules/http/paths/backend/serviceName',
    'spec/backend/serviceName',
    'spec/rules/http/paths/backend/service/name',
    'spec/defaultBackend/service/name',
  ];
  const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
  return [
    ...reach('spec/serviceName', 'StatefulSet apps'),
    ...backends.flatMap((path) => reach(path, 'Ingress')),
    ...reach('spec/service/name', 'APIService apiregistration.k8s.io'),
    ...webhooks.flatMap((kind) => reach('webhooks/clientConfig/service', `${kind} admissionregistration.k8s.io`)),
  ];
}

/**
 * The fields inside the pod spec of each kind. The entries that include PodTemplate name the version of Pod, as
 * kustomize does.
 */
function inPodSpecs(fields: readonly string[], ...kinds: PodKind[]): FieldSpec[] {
  const versioned = kinds.includes('PodTemplate');
  return kinds.flatMap((kind) =>
    fields.flatMap((field) => reach(`${podSpecs[kind]}/${field}`, versioned && kind === 'Pod' ? 'Pod v1' : kind)),
  );
}

function referrers(type: string, specs: FieldSpec[]): NameReference {
  return { referred: parseType(type), referrers: specs };
}

function create(path: string, ...types: string[]): FieldSpec[] {
  return types.map((type) => ({ ...parseType(type), path, create: true }));
}

function reach(path: string, ...types: string[]): FieldSpec[] {
  return types.map((type) => ({ ...parseType(type), path, create: false }));
}

function parseType(type: string): GroupVersionKind {
  const [kind = '', ...rest] = type.split(' ');
  const isVersion = (word: string) => /^v\d+$/.test(word);
  return {
    group: rest.find((word) => !isVersion(word)) ?? '',
    version: rest.find(isVersion) ?? '',
    kind: kind === '*' ? '' : kind,
  };
}
