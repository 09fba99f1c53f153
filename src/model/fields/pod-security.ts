import { containerViews } from '../../objects/container-views.ts';
import { securityField } from '../../objects/security-field.ts';
import type { View } from '../../objects/view.ts';
import type { PodTemplate } from '../../objects/workload.ts';

/** A level of the Pod Security Standards that allows less than everything. */
export type SecurityLevel = 'baseline' | 'restricted';

/** A field of a pod that its level of the Pod Security Standards does not allow. */
export interface SecurityGap {
  /** The field, or its nearest parent if it is missing. */
  readonly view: View;
  /** Whether the field must be as in `setting`, or must not. */
  readonly verb: 'lacks' | 'has';
  /** The field as YAML: `allowPrivilegeEscalation: false`. */
  readonly setting: string;
  /** The container that lacks it; undefined for a field of the pod. */
  readonly container: string | undefined;
}

/**
 * Why the Pod Security admission refuses a pod, as the standards of Kubernetes 1.25 and later define it:
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/. AppArmor, SELinux, sysctls and `procMount` are
 * not checked, and neither are pods for Windows, which have other rules.
 */
export function findSecurityGaps({ view: pod }: PodTemplate, level: SecurityLevel): SecurityGap[] {
  if (pod.get('os', 'name').text().value === 'windows') return [];
  const containers = containerViews(pod);
  const ofLevel = level === 'baseline' ? baselineGaps : restrictedGaps;
  return [
    ...podGaps(pod, level),
    ...containers.flatMap((container) =>
      ofLevel(container.get('securityContext'), pod.get('securityContext')).map((gap) => ({
        ...gap,
        container: container.get('name').text().value,
      })),
    ),
  ];
}

type Gap = Omit<SecurityGap, 'container'>;

function lacks(view: View, setting: string): Gap {
  return { view, verb: 'lacks', setting };
}

function has(view: View, setting: string): Gap {
  return { view, verb: 'has', setting };
}

function podGaps(pod: View, level: SecurityLevel): SecurityGap[] {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC']
    .filter((field) => pod.get(field).boolean().value === true)
    .map((field) => has(pod.get(field), `${field}: true`));
  const volumes = pod
    .get('volumes')
    .items()
    .flatMap((volume) => {
      const kind = volume.keys().find((key) => key !== 'name' && !isAllowedVolume(key, level));
      return kind === undefined ? [] : [has(volume.get(kind), `volumes: ${kind}`)];
    });
  return [...shared, ...volumes].map((gap) => ({ ...gap, container: undefined }));
}

function isAllowedVolume(kind: string, level: SecurityLevel): boolean {
  return level === 'baseline' ? kind !== 'hostPath' : restrictedVolumes.has(kind);
}

function baselineGaps(context: View): Gap[] {
  return [...privilegedGaps(context), ...addedCapabilities(context, baselineCapabilities)];
}

function restrictedGaps(context: View, ofPod: View): Gap[] {
  const escalation = context.get('allowPrivilegeEscalation');
  const drop = context.get('capabilities', 'drop');
  const nonRoot = securityField(context, ofPod, 'runAsNonRoot');
  const seccomp = securityField(context, ofPod, 'seccompProfile', 'type');
  const user = securityField(context, ofPod, 'runAsUser');
  const gaps: Gap[] = [...privilegedGaps(context), ...addedCapabilities(context, restrictedCapabilities)];
  if (escalation.boolean().value !== false) gaps.push(lacks(escalation, 'allowPrivilegeEscalation: false'));
  if (!drop.texts().some(({ value }) => value === 'ALL')) gaps.push(lacks(drop, 'capabilities.drop: [ALL]'));
  if (nonRoot.boolean().value !== true) gaps.push(lacks(nonRoot, 'runAsNonRoot: true'));
  if (!/^(RuntimeDefault|Localhost)$/.test(seccomp.text().value ?? ''))
    gaps.push(lacks(seccomp, 'seccompProfile.type: RuntimeDefault'));
  if (user.number().value === 0) gaps.push(has(user, 'runAsUser: 0'));
  return gaps;
}

function privilegedGaps(context: View): Gap[] {
  const privileged = context.get('privileged');
  return privileged.boolean().value === true ? [has(privileged, 'privileged: true')] : [];
}

function addedCapabilities(context: View, allowed: ReadonlySet<string>): Gap[] {
  const added = context.get('capabilities', 'add').items();
  const refused = added.filter((view) => !allowed.has(view.text().value ?? ''));
  return refused.map((view) => has(view, `capabilities.add: [${view.text().value ?? ''}]`));
}

const restrictedVolumes: ReadonlySet<string> = new Set(
  'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret'.split(' '),
);

const restrictedCapabilities: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

const baselineCapabilities: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);
