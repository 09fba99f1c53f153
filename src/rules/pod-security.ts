import { groupBy } from '../collections/group-by.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findSecurityGaps, type SecurityGap, type SecurityLevel } from '../model/fields/pod-security.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';
import { isJob, type Workload } from '../objects/workload.ts';
import { joinWords } from '../text/join-words.ts';

/** Pods of a release that their namespace's Pod Security Standard refuses. */
export const podSecurity: Rule = {
  id: 'pod-security',
  severity: 'error',
  category: 'service',
  docs: {
    summary: "The namespace's Pod Security Standard refuses the pods of the migration Job or the service",
    symptom:
      'The Job exists and never starts a pod: `kubectl describe job` shows `FailedCreate … is forbidden: violates PodSecurity "restricted:latest"`. The service waits for it until its rollout times out. `kubectl apply` printed only a warning.',
    why: 'A namespace with the label `pod-security.kubernetes.io/enforce` refuses pods that do not meet this level, one by one, after the Job or Deployment was accepted. Deployments are often adapted to it, while the migration Job, or the init container that waits for it, is forgotten. The rule compares the pods of a release with the Namespace of the same build.\n\nNot reported:\n\n- a namespace that the build does not contain\n- `enforce-version` before 1.25\n- requirements for AppArmor, SELinux and sysctls',
    fix: 'Give the pod and each of its containers a security context:\n\n```yaml\nspec:\n  template:\n    spec:\n      securityContext:\n        runAsNonRoot: true\n        seccompProfile:\n          type: RuntimeDefault\n      containers:\n        - name: migrate\n          securityContext:\n            allowPrivilegeEscalation: false\n            capabilities:\n              drop: [ALL]\n```\n\nThe image needs a user other than root, by `USER` in its Dockerfile or `runAsUser`.',
    links: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    const standards = model.listed.filter(({ kind }) => kind === 'Namespace').flatMap(readStandard);
    for (const workload of concernedWorkloads(model)) {
      const standard = standards.find(({ namespace }) => namespace === workload.object.namespace.value);
      const gaps = standard === undefined ? [] : findSecurityGaps(workload.pod, standard.level);
      const [first] = gaps;
      if (standard !== undefined && first !== undefined) reportGaps(workload, standard, first, gaps, report);
    }
  },
};

/** What a Namespace requires of its pods. */
interface Standard {
  readonly namespace: string | undefined;
  readonly level: SecurityLevel;
  /** The value of the label. */
  readonly label: Present<string>;
}

function readStandard({ name, labels }: KubernetesObject): Standard[] {
  const label = labels.get(enforce);
  const minor = /^v1\.(\d+)$/.exec(labels.get(`${enforce}-version`)?.value ?? '')?.[1];
  if (label === undefined || Number(minor) < 25) return [];
  const level = levels.find((each) => each === label.value);
  return level === undefined ? [] : [{ namespace: name.value, level, label }];
}

const enforce = 'pod-security.kubernetes.io/enforce';

const levels: readonly SecurityLevel[] = ['baseline', 'restricted'];

function reportGaps(
  workload: Workload,
  { namespace = '', label }: Standard,
  { view: { place, path } }: SecurityGap,
  gaps: readonly SecurityGap[],
  report: Report,
): void {
  const effect = isJob(workload) ? 'the Job never starts a pod' : 'no new pod starts';
  report({
    message: `${describeObject(workload.object)} does not meet the Pod Security Standard \`${label.value}\`, which namespace \`${namespace}\` enforces: ${describeGaps(gaps)}. The API server refuses its pods, so ${effect}.`,
    at: place.at,
    related: joinRelated(historyOf(place, 'security context'), [{ at: label.place.at, note: 'enforced here' }]),
    object: referTo(workload.object),
    field: path,
    hint: gaps.every(({ verb }) => verb === 'lacks')
      ? 'Add these fields to the `securityContext` of the container; `runAsNonRoot` and `seccompProfile` also count in that of the pod.'
      : 'Remove what the standard does not allow, and add what is missing to the `securityContext`.',
  });
}

/** ``container `migrate` lacks `runAsNonRoot: true`; it has `hostNetwork: true` ``. */
function describeGaps(gaps: readonly SecurityGap[]): string {
  const bySubject = groupBy(gaps, ({ container, verb }) => [
    `${container === undefined ? 'it' : `container \`${container}\``} ${verb}`,
  ]);
  return [...bySubject]
    .map(([subject, own]) => `${subject} ${joinWords(own.map(({ setting }) => `\`${setting}\``))}`)
    .join('; ');
}
