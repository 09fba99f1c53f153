import { oncePer } from '../../collections/once.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { selectsLabels } from '../../objects/pod-selector.ts';
import type { ServiceObject } from '../../objects/service-object.ts';
import type { Workload } from '../../objects/workload.ts';
import { findDatabaseNamespaces, findDatabaseServices } from '../databases/database-service.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Dependency } from '../releases/dependency.ts';
import { dependentsOf } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import type { JobWaiter } from '../waiters/waiter.ts';
import type { NetworkPolicy, PolicyRule } from './network-policy.ts';
import { coversPort, isForNamesOnly, isForOthersOnly, mayReachApiServer } from './rule-ports.ts';
import { type Pods, podsOf, Traffic } from './traffic.ts';

/** Traffic that a release needs and network policies block. */
export type BlockedTraffic =
  /** The database lets the service in and not the migration, or the other way round. */
  | (BlockedPods & {
      readonly kind: 'ingress';
      readonly database: KubernetesObject;
      /** What lets the others in. */
      readonly policy: NetworkPolicy;
      readonly rule: PolicyRule;
    })
  /** The service may connect to its database and the migration may not, or the other way round. */
  | (BlockedPods & {
      readonly kind: 'egress';
      /** What lets the others out. */
      readonly policy: NetworkPolicy;
      /** What keeps the pods in. */
      readonly closing: NetworkPolicy;
    })
  /** The pods that wait for the Job may not ask the API server about it. */
  | { readonly kind: 'api server'; readonly waiter: JobWaiter; readonly closing: NetworkPolicy };

/** A migration or a service that cannot reach the database that both use. */
interface BlockedPods {
  readonly migration: Migration;
  readonly blocked: Workload;
  /** The other one, which can. */
  readonly allowed: Workload;
}

/**
 * Finds the traffic of a release that the network policies of a build block. A policy of another build may still allow
 * it, so a migration counts as blocked only if some policy of this build allows the same traffic for its service, and a
 * service only if one does so for its migration.
 */
export function findBlockedTraffic(model: RootModel): BlockedTraffic[] {
  const policies = model.networkPolicies();
  if (!policies.some(opensAnything) || !model.completeButSettings) return [];
  const blocked = blockedBy(policies, model);
  // Looking into other roots may mean building them.
  if (blocked.length === 0) return [];
  const namespaces = new Set(model.workloads.map(({ object }) => object.namespace.value));
  const elsewhere = [...namespaces].flatMap((namespace) => model.otherRoots.networkPolicies(namespace));
  return blockedBy([...policies, ...elsewhere], model);
}

function opensAnything({ ingress = [], egress = [] }: NetworkPolicy): boolean {
  return ingress.length > 0 || egress.length > 0;
}

function blockedBy(policies: readonly NetworkPolicy[], model: RootModel): BlockedTraffic[] {
  const traffic = new Traffic(policies, model.listed);
  return [
    ...model.migrations.flatMap((migration) => blockedPods(model, traffic, migration)),
    ...blockedWaiters(model, traffic),
  ];
}

/** The migration, or else the services that wait for it or have its settings. */
function blockedPods(model: RootModel, traffic: Traffic, migration: Migration): BlockedTraffic[] {
  const { job } = migration;
  const services = dependentsOf(model.releases, migration);
  const all = services.map(({ workload }) => workload);
  const found = findBlock(model, traffic, job, all);
  if (found !== undefined) return [{ ...found, migration, blocked: job }];
  return services.flatMap(({ workload, dependsOn }): BlockedTraffic[] => {
    const isSure = dependsOn.some((each) => each.migration === migration && sureTies.has(each.how));
    const block = isSure ? findBlock(model, traffic, workload, [job]) : undefined;
    return block === undefined ? [] : [{ ...block, migration, blocked: workload }];
  });
}

const sureTies: ReadonlySet<Dependency['how']> = new Set(['waiter', 'environment']);

type Block =
  | Omit<Extract<BlockedTraffic, { kind: 'ingress' }>, 'migration' | 'blocked'>
  | Omit<Extract<BlockedTraffic, { kind: 'egress' }>, 'migration' | 'blocked'>;

/** What keeps the pods of a workload from their database, while those of one of the others reach it. */
function findBlock(
  model: RootModel,
  traffic: Traffic,
  workload: Workload,
  others: readonly Workload[],
): Block | undefined {
  if (workload.pod.onHostNetwork) return undefined;
  const databases = findDatabases(model, workload);
  return (
    blockedIngress(traffic, workload, others, databases) ??
    blockedEgress(traffic, workload, others, { databases, namespaces: findDatabaseNamespaces(model, workload) })
  );
}

/** A database of the build, and its pods. */
interface Database {
  readonly object: KubernetesObject;
  readonly pods: Pods;
  readonly ports: readonly (number | undefined)[];
}

function findDatabases(model: RootModel, workload: Workload): Database[] {
  const objects = new Set(findDatabaseServices(model, workload));
  return model.serviceObjects
    .filter(({ object }) => objects.has(object))
    .flatMap((service) => {
      const server = findServer(model)(service);
      return server === undefined ? [] : [{ object: service.object, pods: podsOf(server), ports: service.targetPorts }];
    });
}

/** The workload whose pods a Service selects; the first of several. */
const findServer = oncePer(({ workloads }: RootModel) =>
  oncePer((service: ServiceObject) => workloads.find((workload) => selects(service, workload))),
);

function selects(service: ServiceObject, { object, pod }: Workload): boolean {
  return service.object.namespace.value === object.namespace.value && selectsLabels(service, pod.labels);
}

function blockedIngress(
  traffic: Traffic,
  workload: Workload,
  others: readonly Workload[],
  databases: readonly Database[],
): Block | undefined {
  const findOpeningFor = (from: Workload, { pods, ports }: Database) =>
    findOpening(
      traffic.restricting(pods, 'ingress'),
      'ingress',
      (rule, policy) => coversPort(rule, ports) && traffic.covers(rule, policy, podsOf(from)),
    );
  const isOpen = (database: Database): boolean =>
    traffic.restricting(database.pods, 'ingress').length === 0 || findOpeningFor(workload, database) !== undefined;
  // Its settings may name a proxy besides the database itself, and the pods may use either.
  if (databases.some(isOpen)) return undefined;
  for (const database of databases) {
    for (const allowed of others) {
      const opening = findOpeningFor(allowed, database);
      if (opening) return { kind: 'ingress', allowed, database: database.object, ...opening };
    }
  }
  return undefined;
}

function blockedEgress(
  traffic: Traffic,
  workload: Workload,
  others: readonly Workload[],
  { databases, namespaces }: { databases: readonly Database[]; namespaces: readonly string[] },
): Block | undefined {
  const mayLeadThere = (rule: PolicyRule, policy: NetworkPolicy): boolean =>
    namespaces.length === 0 || namespaces.some((namespace) => traffic.mayLeadInto(rule, policy, namespace));
  const reachesDatabase = (rule: PolicyRule, policy: NetworkPolicy): boolean =>
    !isForNamesOnly(rule) &&
    (databases.length === 0
      ? !isForOthersOnly(rule) && mayLeadThere(rule, policy)
      : databases.some(({ pods, ports }) => coversPort(rule, ports) && traffic.covers(rule, policy, pods)));
  const [closing, ...rest] = traffic.restricting(podsOf(workload), 'egress');
  if (closing === undefined || findOpening([closing, ...rest], 'egress', reachesDatabase)) return undefined;
  for (const allowed of others) {
    const opening = findOpening(traffic.restricting(podsOf(allowed), 'egress'), 'egress', reachesDatabase);
    if (opening) return { kind: 'egress', allowed, policy: opening.policy, closing };
  }
  return undefined;
}

/** Each waiting workload once. Pods that no policy lets out at all must get their egress from elsewhere. */
function blockedWaiters({ matches }: RootModel, traffic: Traffic): BlockedTraffic[] {
  const waiters = new Map(matches.map(({ waiter }) => [waiter.workload, waiter]));
  return [...waiters].flatMap(([workload, waiter]): BlockedTraffic[] => {
    const policies = workload.pod.onHostNetwork ? [] : traffic.restricting(podsOf(workload), 'egress');
    const [closing] = policies;
    const isOpened = findOpening(policies, 'egress', (rule) => !isForNamesOnly(rule)) !== undefined;
    if (closing === undefined || !isOpened || findOpening(policies, 'egress', mayReachApiServer)) return [];
    return [{ kind: 'api server', waiter, closing }];
  });
}

function findOpening(
  policies: readonly NetworkPolicy[],
  direction: 'ingress' | 'egress',
  opens: (rule: PolicyRule, policy: NetworkPolicy) => boolean,
): { policy: NetworkPolicy; rule: PolicyRule } | undefined {
  for (const policy of policies) {
    const rule = policy[direction]?.find((each) => opens(each, policy));
    if (rule !== undefined) return { policy, rule };
  }
  return undefined;
}
