import type { Resource } from '../../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject } from '../../objects/kubernetes-object.ts';
import type { Place } from '../../objects/place.ts';
import { View } from '../../objects/view.ts';
import { type LabelSelector, readLabelSelector } from './label-selector.ts';

/** A NetworkPolicy: what the pods that it selects may send to or receive from. Policies add up. */
export interface NetworkPolicy {
  readonly object: KubernetesObject;
  /** Where it selects pods; undefined for one that may be of any namespace. */
  readonly namespace: string | undefined;
  readonly selects: LabelSelector;
  readonly selectorPlace: Place;
  /** What may reach the pods; undefined if the policy does not restrict this. */
  readonly ingress: readonly PolicyRule[] | undefined;
  /** What the pods may reach; undefined if the policy does not restrict this. */
  readonly egress: readonly PolicyRule[] | undefined;
}

/** One entry of `ingress` or `egress`. */
export interface PolicyRule {
  /** Empty: everything. */
  readonly peers: readonly Peer[];
  /** Empty: all ports. */
  readonly ports: readonly PolicyPort[];
  readonly place: Place;
}

/** Who is on the other side: pods, by their own labels and those of their namespace, or addresses. */
export interface Peer {
  readonly pods: LabelSelector | undefined;
  /** Undefined for a peer in the policy's own namespace. */
  readonly namespaces: LabelSelector | undefined;
  readonly isAddress: boolean;
}

/** A port or a range of ports; `first` is undefined for a named port. */
export interface PolicyPort {
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** The kinds that allow traffic. */
export const policyKinds: ReadonlySet<string> = new Set([
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
]);

/** Reads a policy; undefined for any other object. Those that are not Kubernetes' own are taken to allow everything. */
export function readNetworkPolicy(resource: Resource): NetworkPolicy | undefined {
  if (!policyKinds.has(resource.kind)) return undefined;
  return resource.apiVersion.startsWith('networking.k8s.io/') ? readRules(resource) : openPolicy(resource);
}

function openPolicy(resource: Resource): NetworkPolicy {
  const view = View.ofResource(resource);
  const everything: PolicyRule[] = [{ peers: [], ports: [], place: view.place }];
  return {
    object: readObject(resource),
    namespace: undefined,
    selects: { keys: new Set(), matches: () => true },
    selectorPlace: view.place,
    ingress: everything,
    egress: everything,
  };
}

function readRules(resource: Resource): NetworkPolicy {
  const spec = View.ofResource(resource).get('spec');
  const [ingress, egress, podSelector] = [spec.get('ingress'), spec.get('egress'), spec.get('podSelector')];
  const types = spec
    .get('policyTypes')
    .texts()
    .map(({ value }) => value);
  // Without `policyTypes` every policy restricts ingress, and one with egress rules also egress.
  const restrictsIngress = types.length === 0 || types.includes('Ingress');
  const restrictsEgress = types.length === 0 ? egress.items().length > 0 : types.includes('Egress');
  const object = readObject(resource);
  return {
    object,
    namespace: object.namespace.value,
    selects: readLabelSelector(podSelector),
    selectorPlace: podSelector.keyPlace,
    ingress: restrictsIngress ? ingress.items().map((rule) => readRule(rule, 'from')) : undefined,
    egress: restrictsEgress ? egress.items().map((rule) => readRule(rule, 'to')) : undefined,
  };
}

function readRule(rule: View, peers: 'from' | 'to'): PolicyRule {
  return {
    peers: rule.get(peers).items().map(readPeer),
    ports: rule.get('ports').items().map(readPort),
    place: rule.get(peers).keyPlace,
  };
}

function readPeer(peer: View): Peer {
  const [pods, namespaces] = [peer.get('podSelector'), peer.get('namespaceSelector')];
  return {
    pods: pods.exists ? readLabelSelector(pods) : undefined,
    namespaces: namespaces.exists ? readLabelSelector(namespaces) : undefined,
    isAddress: peer.get('ipBlock').exists,
  };
}

function readPort(port: View): PolicyPort {
  const first = port.get('port').number().value;
  return { first, last: port.get('endPort').number().value ?? first };
}
