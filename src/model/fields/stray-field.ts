import { editDistance } from '../../edit-distance.ts';
import { containerViews } from '../../objects/container-views.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';

/** A field that Kubernetes does not have at its place. */
export interface StrayField {
  readonly view: View;
  readonly key: string;
  /** The field of the same object that was most likely meant; undefined for one that belongs elsewhere. */
  readonly meant: string | undefined;
  /** What has a field of this name, as a sentence calls it: a path between backquotes, `the container`, or an item of a list. */
  readonly home: string | undefined;
}

/** A map of a workload, and the fields that it may have. */
type Level = readonly [map: View, fields: ReadonlySet<string>];

/**
 * The fields of a workload, its pod template, containers and their environment that are misspelt or at the wrong level.
 * Any other unknown field may be of a later Kubernetes than 1.35, whose names these are.
 */
export function findStrayFields({ object, view }: Workload): StrayField[] {
  const ownFields = specFields.get(object.kind);
  if (ownFields === undefined) return [];
  const spec = view.get('spec');
  const template = spec.get('template');
  const pod = template.get('spec');
  const containers = containerViews(pod);
  const levels: Level[] = [
    [view.get('metadata'), metadataFields],
    [template.get('metadata'), metadataFields],
    [spec, ownFields],
    [template, templateFields],
    [pod, podFields],
    ...containers.flatMap((container): Level[] => [
      [container, containerFields],
      ...container
        .get('env')
        .items()
        .map((entry): Level => [entry, envFields]),
      ...container
        .get('envFrom')
        .items()
        .map((entry): Level => [entry, envFromFields]),
    ]),
  ];
  return levels.flatMap((level) => straysOf(level, ownFields));
}

function straysOf([object, fields]: Level, ownFields: ReadonlySet<string>): StrayField[] {
  return object.keys().flatMap((key): StrayField[] => {
    if (fields.has(key)) return [];
    const meant = [...fields].find((field) => isSlip(key, field));
    const home = meant === undefined ? homeOf(key, ownFields) : undefined;
    return meant === undefined && home === undefined ? [] : [{ view: object.get(key), key, meant, home }];
  });
}

/** Where a field of this name belongs: the outermost of the places that have one. */
function homeOf(key: string, ownFields: ReadonlySet<string>): string | undefined {
  if (/^[\w.-]+\.[\w-]+\/\w/.test(key)) return '`metadata.annotations`';
  if (movableMetadata.has(key)) return '`metadata`';
  if (ownFields.has(key)) return '`spec`';
  if (podFields.has(key)) return '`spec.template.spec`';
  if (containerFields.has(key)) return 'the container';
  if (valueFromFields.has(key)) return '`valueFrom`';
  return envFromFields.has(key) ? 'an item of `envFrom`' : undefined;
}

/** Whether a key is a typo of a field. No two fields of the same object differ by so little. */
function isSlip(key: string, field: string): boolean {
  return editDistance(key.toLowerCase(), field.toLowerCase()) <= (field.length < 6 ? 1 : 2);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

const metadataFields = words(`
  annotations creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation labels
  managedFields name namespace ownerReferences resourceVersion selfLink uid`);

/** The fields of `metadata` that no other map of a workload has. */
const movableMetadata = words('annotations generateName labels namespace');

const templateFields = words('metadata spec');

const podFields = words(`
  activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks
  ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets
  initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims
  resources restartPolicy runtimeClassName schedulerName schedulingGates securityContext serviceAccount serviceAccountName
  setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints
  volumes workloadRef`);

const containerFields = words(`
  args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources
  restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath
  terminationMessagePolicy tty volumeDevices volumeMounts workingDir`);

const envFields = words('name value valueFrom');

const valueFromFields = words('configMapKeyRef fieldRef fileKeyRef resourceFieldRef secretKeyRef');

const envFromFields = words('configMapRef prefix secretRef');

/** The fields of `spec` by kind. */
const specFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Job',
    words(`
      activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector
      maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template
      ttlSecondsAfterFinished`),
  ],
  [
    'Deployment',
    words('minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template'),
  ],
  [
    'StatefulSet',
    words(`
      minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas revisionHistoryLimit
      selector serviceName template updateStrategy volumeClaimTemplates`),
  ],
  ['DaemonSet', words('minReadySeconds revisionHistoryLimit selector template updateStrategy')],
]);
