import { oncePer } from '../../collections/once.ts';
import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isJob, type Workload } from '../../objects/workload.ts';
import type { LabelSelector, Labels } from './label-selector.ts';
import type { NetworkPolicy, Peer, PolicyRule } from './network-policy.ts';

/** Pods as network policies see them. */
export interface Pods {
  readonly labels: Labels;
  readonly namespace: string | undefined;
}

/** A workload's pods, with the labels that controllers add. */
export const podsOf = oncePer((workload: Workload): Pods => {
  const { object, pod } = workload;
  const labels = new Map([...pod.labels].map(([key, { value }]) => [key, value]));
  if (isJob(workload)) {
    for (const prefix of ['', 'batch.kubernetes.io/']) {
      labels.set(`${prefix}job-name`, object.name.value ?? '');
      labels.set(`${prefix}controller-uid`, '');
    }
  }
  return { labels, namespace: object.namespace.value };
});

/** The traffic that a build's network policies allow. Traffic that they may allow counts as allowed. */
export class Traffic {
  readonly #policies: readonly NetworkPolicy[];
  readonly #namespaces: readonly KubernetesObject[];

  /** @param objects of the build, with the Namespaces among them */
  constructor(policies: readonly NetworkPolicy[], objects: readonly KubernetesObject[]) {
    this.#policies = policies;
    this.#namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  }

  /** The policies that restrict what reaches some pods, or what these reach. */
  restricting(pods: Pods, direction: 'ingress' | 'egress'): NetworkPolicy[] {
    return this.#policies.filter(
      (policy) =>
        policy[direction] !== undefined &&
        sameNamespace(policy.namespace, pods.namespace) &&
        policy.selects.matches(pods.labels),
    );
  }

  /** Whether a rule of a policy covers some pods on the other side. */
  covers({ peers }: PolicyRule, policy: NetworkPolicy, other: Pods): boolean {
    return peers.length === 0 || peers.some((peer) => this.#isPeer(peer, policy, other));
  }

  /** Whether a rule of a policy may lead to some pods of a namespace, whatever their labels. */
  mayLeadInto({ peers }: PolicyRule, { namespace }: NetworkPolicy, other: string): boolean {
    if (peers.length === 0) return true;
    return peers.some(({ namespaces, isAddress }) => {
      if (isAddress) return true;
      return namespaces === undefined ? sameNamespace(namespace, other) : this.#mayBeIn(namespaces, other);
    });
  }

  #isPeer({ pods, namespaces, isAddress }: Peer, { namespace }: NetworkPolicy, other: Pods): boolean {
    // Pods have addresses, too.
    if (isAddress) return true;
    if (pods?.matches(other.labels) === false) return false;
    return namespaces === undefined
      ? sameNamespace(namespace, other.namespace)
      : this.#mayBeIn(namespaces, other.namespace);
  }

  #mayBeIn(namespaces: LabelSelector, name: string | undefined): boolean {
    if (name === undefined) return true;
    const described = this.#namespaces.find((namespace) => namespace.name.value === name);
    const isKnown = described !== undefined || [...namespaces.keys].every((key) => key === nameLabel);
    const labels = [...(described?.labels ?? [])].map(([key, { value }]) => [key, value] as const);
    return !isKnown || namespaces.matches(new Map([...labels, [nameLabel, name]]));
  }
}

/** The label that every namespace has. */
const nameLabel = 'kubernetes.io/metadata.name';
