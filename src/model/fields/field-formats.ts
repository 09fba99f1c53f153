import { readQuantity } from '../../objects/quantity.ts';
import { isLabelKey, isLabelValue, isNameWord, isSubdomain } from '../../text/object-name.ts';
import { isCronSchedule } from './cron-schedule.ts';
import { type Format, nameLike, numberFrom, numberOrText, oneOf, textLike } from './format.ts';

/**
 * What the API server of Kubernetes 1.35 takes in fields of these types, by the type and the name of the field. It is
 * that of the items for a list, and of the values for a map; that of its keys is the format of `field{}`.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/validation/validation.go
 */
export function formatOf(type: string, field: string): Format | undefined {
  return formats[type]?.[field];
}

/** The types and names of the fields that have a format. */
export function formattedFields(): (readonly [type: string, field: string])[] {
  return Object.entries(formats).flatMap(([type, fields]) =>
    Object.keys(fields).map((field) => [type, field.replace('{}', '')] as const),
  );
}

/** What the API server takes as the name of an object. */
export function nameFormatOf(kind: string): Format {
  if (/^(?:Cluster)?Role(?:Binding)?$/.test(kind)) return pathName;
  if (kind === 'Service') return plainName;
  if (kind === 'Job') return jobName;
  return kind === 'CronJob' ? cronJobName : dottedName;
}

/** A name without dots, of a container or a namespace. */
export const plainName = nameLike(
  isNameWord,
  63,
  'lower-case letters, digits and `-`, with a letter or digit at both ends',
);

/** A name that may have dots, of most objects. */
const dottedName = dotted(253);

/** The name of a ConfigMap or Secret where a container refers to it. */
export const configName = dotted(253);

/** Its pods carry the name of a Job as a label. */
const jobName = dotted(63);

/** The name of its Jobs ends with a time. */
const cronJobName = dotted(52);

function dotted(longest: number): Format {
  return nameLike(
    isSubdomain,
    longest,
    'lower-case letters, digits, `-` and `.`, with a letter or digit on both sides of a `.` and at both ends',
  );
}

/** A name of a role or binding. */
const pathName: Format = {
  accepts: (value) => !/[/%]|^\.\.?$/.test(value),
  takes: 'names without `/` and `%`',
  isName: true,
};

const portName: Format = {
  accepts: (value) => value === '' || (value.length <= 15 && /^(?!-)(?!.*--)(?=.*[a-z])[a-z0-9-]+(?<!-)$/.test(value)),
  takes: 'names of at most 15 lower-case letters, digits and single `-`, with a letter among them',
};

const port = numberFrom(1, 65535);

const labelKey = textLike(
  isLabelKey,
  317,
  'up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, after a domain and `/` if there is one',
);

/** Capitals may stand in its domain, too. */
const annotationKey: Format = { ...labelKey, accepts: (key, isText) => labelKey.accepts(key.toLowerCase(), isText) };

const labelValue: Format = {
  ...textLike(isLabelValue, 63, 'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends'),
  hintFor: () => 'Write a value that a label may have, or put this one into an annotation.',
};

const dataKey = textLike((key) => /^(?!\.\.?$|\.\.)[\w.-]+$/.test(key), 253, 'letters, digits, `-`, `_` and `.`');

/** Older API servers refuse more. */
const variableName: Format = {
  accepts: (value) => /^[\x20-\x3c\x3e-\x7e]*$/.test(value),
  takes: 'characters of ASCII other than `=`',
};

const quantity: Format = {
  accepts: (value, isText) => !value.startsWith('-') && (!isText || readQuantity(value) !== undefined),
  takes: 'quantities such as `256Mi`, `1.5Gi`, `500M` or `250m`',
  hintFor: (value) =>
    /^\d+(?:\.\d+)? ?[KMGTPE]?B$/i.test(value)
      ? 'Leave out the `B`: `Mi` is 1024 × 1024 bytes, `M` is a million.'
      : undefined,
  meantBy: (value) => {
    const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?([KMGTPE]i)$/i.exec(value) ?? [];
    return amount && `${amount}${unit.slice(0, 1).toUpperCase()}i`;
  },
};

/** The name of what a container asks for. */
export const resourceName: Format = {
  ...oneOf('cpu', 'memory', 'ephemeral-storage'),
  accepts: (value) => /\/|^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/.test(value),
  takes: '`cpu`, `memory`, `ephemeral-storage`, or names with a domain and `/`',
};

const percentage: Format = {
  accepts: (value) => /^\d+%$/.test(value),
  takes: 'percentages such as `25%`',
};

/** A number that YAML reads as octal with a 0 before it. */
const fileMode: Format = {
  accepts: (value, isText) => isText || !/^-|^[1-9]\d*$/.test(value) || (Number(value) >= 0 && Number(value) <= 0o777),
  takes: 'modes from 0 to 0777',
  hintFor: (value) =>
    /^[0-7]{3}$/.test(value) ? `Write \`0${value}\`: without the 0 it is a decimal number.` : undefined,
};

const relativePath: Format = {
  accepts: (value) => !/^\/|(?:^|\/)\.\.(?:\/|$)/.test(value),
  takes: 'relative paths without `..`',
};

const schedule: Format = {
  accepts: (value) => value === '' || (isCronSchedule(value) && !value.includes('TZ')),
  takes: 'five fields for minute, hour, day, month and weekday (0 to 6), or a word such as `@daily`',
};

const podFields = oneOf(
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
);

const podField: Format = {
  ...podFields,
  takes: 'fields of a pod such as `metadata.name`, `spec.nodeName` and `status.podIP`',
  accepts: (value) => podFields.accepts(value, true) || /^metadata\.(?:labels|annotations)\['.+'\]$/.test(value),
};

const notNegative = numberFrom(0);
const userId = numberFrom(0, 2_147_483_647);
const protocol = oneOf('TCP', 'UDP', 'SCTP');
const setOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
const portNumberOrName = numberOrText(port, portName);
const profileType = oneOf('RuntimeDefault', 'Unconfined', 'Localhost');
const honored = oneOf('Honor', 'Ignore');
const kept = oneOf('Retain', 'Delete');
const traffic = oneOf('Cluster', 'Local');
const fileModes = { defaultMode: fileMode };
const updates = { type: oneOf('RollingUpdate', 'OnDelete') };
const surge = {
  maxSurge: numberOrText(notNegative, percentage),
  maxUnavailable: numberOrText(notNegative, percentage),
};
const container = {
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  name: plainName,
  restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
};

/** The formats of the fields of each type; a key `field{}` is for the keys of a map. */
const formats: Readonly<Record<string, Readonly<Record<string, Format>>>> = {
  AppArmorProfile: { type: profileType },
  ConfigMap: { 'binaryData{}': dataKey, 'data{}': dataKey },
  ConfigMapEnvSource: { name: configName },
  ConfigMapKeySelector: { key: dataKey, name: configName },
  ConfigMapVolumeSource: fileModes,
  Container: container,
  ContainerPort: { containerPort: port, hostPort: numberFrom(0, 65535), name: portName, protocol },
  CronJobSpec: {
    concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace'),
    failedJobsHistoryLimit: notNegative,
    schedule,
    startingDeadlineSeconds: notNegative,
    successfulJobsHistoryLimit: notNegative,
  },
  DaemonSetSpec: { minReadySeconds: notNegative, revisionHistoryLimit: notNegative },
  DaemonSetUpdateStrategy: updates,
  DeploymentSpec: {
    minReadySeconds: notNegative,
    progressDeadlineSeconds: notNegative,
    replicas: notNegative,
    revisionHistoryLimit: notNegative,
  },
  DeploymentStrategy: { type: oneOf('Recreate', 'RollingUpdate') },
  DownwardAPIVolumeFile: { mode: fileMode, path: relativePath },
  DownwardAPIVolumeSource: fileModes,
  EmptyDirVolumeSource: { sizeLimit: quantity },
  EnvFromSource: { prefix: variableName },
  EnvVar: { name: variableName },
  GRPCAction: { port },
  HTTPGetAction: { port: portNumberOrName, scheme: oneOf('HTTP', 'HTTPS') },
  HostPathVolumeSource: {
    type: oneOf('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'),
  },
  JobSpec: {
    activeDeadlineSeconds: notNegative,
    backoffLimit: notNegative,
    backoffLimitPerIndex: notNegative,
    completionMode: oneOf('NonIndexed', 'Indexed'),
    completions: notNegative,
    maxFailedIndexes: notNegative,
    parallelism: notNegative,
    podReplacementPolicy: oneOf('TerminatingOrFailed', 'Failed'),
    ttlSecondsAfterFinished: notNegative,
  },
  KeyToPath: { mode: fileMode, path: relativePath },
  LabelSelector: { matchLabels: labelValue, 'matchLabels{}': labelKey },
  LabelSelectorRequirement: { operator: oneOf(...setOperators) },
  NodeSelectorRequirement: { operator: oneOf(...setOperators, 'Gt', 'Lt') },
  ObjectFieldSelector: { fieldPath: podField },
  ObjectMeta: { 'annotations{}': annotationKey, labels: labelValue, 'labels{}': labelKey },
  PersistentVolumeClaimSpec: {
    accessModes: oneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'),
    volumeMode: oneOf('Filesystem', 'Block'),
  },
  PodFailurePolicyOnExitCodesRequirement: { operator: oneOf('In', 'NotIn') },
  PodFailurePolicyOnPodConditionsPattern: { status: oneOf('True', 'False', 'Unknown') },
  PodFailurePolicyRule: { action: oneOf('FailJob', 'FailIndex', 'Ignore', 'Count') },
  PodOS: { name: oneOf('linux', 'windows') },
  PodSecurityContext: {
    fsGroup: userId,
    fsGroupChangePolicy: oneOf('OnRootMismatch', 'Always'),
    runAsGroup: userId,
    runAsUser: userId,
    supplementalGroups: userId,
  },
  PodSpec: {
    activeDeadlineSeconds: numberFrom(1, 2_147_483_647),
    dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    hostname: plainName,
    nodeSelector: labelValue,
    'nodeSelector{}': labelKey,
    preemptionPolicy: oneOf('PreemptLowerPriority', 'Never'),
    priorityClassName: dottedName,
    restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
    serviceAccountName: dottedName,
    subdomain: plainName,
  },
  Probe: {
    failureThreshold: notNegative,
    initialDelaySeconds: notNegative,
    periodSeconds: notNegative,
    successThreshold: notNegative,
    terminationGracePeriodSeconds: numberFrom(1),
    timeoutSeconds: notNegative,
  },
  ProjectedVolumeSource: fileModes,
  ResourceRequirements: {
    limits: quantity,
    'limits{}': resourceName,
    requests: quantity,
    'requests{}': resourceName,
  },
  RoleRef: { apiGroup: oneOf('rbac.authorization.k8s.io'), kind: oneOf('Role', 'ClusterRole') },
  RollingUpdateDaemonSet: surge,
  RollingUpdateDeployment: surge,
  SeccompProfile: { type: profileType },
  Secret: { 'data{}': dataKey, 'stringData{}': dataKey },
  SecretEnvSource: { name: configName },
  SecretKeySelector: { key: dataKey, name: configName },
  SecretVolumeSource: fileModes,
  SecurityContext: { procMount: oneOf('Default', 'Unmasked'), runAsGroup: userId, runAsUser: userId },
  ServiceAccountTokenProjection: { expirationSeconds: numberFrom(600, 2 ** 32), path: relativePath },
  ServicePort: { name: plainName, nodePort: numberFrom(0, 65535), port, protocol, targetPort: portNumberOrName },
  ServiceSpec: {
    externalTrafficPolicy: traffic,
    internalTrafficPolicy: traffic,
    ipFamilies: oneOf('IPv4', 'IPv6'),
    ipFamilyPolicy: oneOf('SingleStack', 'PreferDualStack', 'RequireDualStack'),
    selector: labelValue,
    'selector{}': labelKey,
    sessionAffinity: oneOf('None', 'ClientIP'),
    type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: kept, whenScaled: kept },
  StatefulSetSpec: {
    minReadySeconds: notNegative,
    podManagementPolicy: oneOf('OrderedReady', 'Parallel'),
    replicas: notNegative,
    revisionHistoryLimit: notNegative,
  },
  StatefulSetUpdateStrategy: updates,
  Subject: { kind: oneOf('ServiceAccount', 'User', 'Group') },
  TCPSocketAction: { port: portNumberOrName },
  Toleration: { effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute') },
  TopologySpreadConstraint: {
    maxSkew: numberFrom(1),
    nodeAffinityPolicy: honored,
    nodeTaintsPolicy: honored,
    whenUnsatisfiable: oneOf('DoNotSchedule', 'ScheduleAnyway'),
  },
  Volume: { name: plainName },
  VolumeMount: {
    mountPropagation: oneOf('None', 'HostToContainer', 'Bidirectional'),
    subPath: relativePath,
    subPathExpr: relativePath,
  },
  VolumeResourceRequirements: { limits: quantity, requests: quantity },
  WeightedPodAffinityTerm: { weight: numberFrom(1, 100) },
};
