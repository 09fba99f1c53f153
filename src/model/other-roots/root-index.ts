import { groupBy } from '../../collections/group-by.ts';
import { once, oncePer } from '../../collections/once.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import type { ImageAutomationKind, ImageAutomationObject } from '../../objects/image-automation.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { canBeEqual, isSymbolic } from '../../objects/symbolic.ts';
import type { Job } from '../../objects/workload.ts';
import type { Access, AccessRole, ServiceAccount } from '../access/access.ts';
import { sealedSource } from '../access/sealed-source.ts';
import type { FluxNeighbour } from '../flux/flux-neighbour.ts';
import { type NetworkPolicy, policyKinds } from '../network/network-policy.ts';
import type { RootParts } from '../root-parts.ts';
import { type Elsewhere, nothingElsewhere } from './elsewhere.ts';

/**
 * Indexes what the roots of a run apply to the cluster, so that a thousand roots need not each search all others. Runs
 * after edits share one, so that a model from an earlier run looks things up in the current roots.
 */
export class RootIndex {
  #parts: readonly RootParts[] = [];
  #elsewhere: Elsewhere<RootParts> = { ...nothingElsewhere, holding: () => [], binding: () => [] };
  #indexes = indexRoots([]);
  /** The Flux Kustomizations of all roots. */
  fluxNeighbours: readonly FluxNeighbour[] = [];

  /**
   * Moves on to the roots of a run.
   * @param elsewhere further roots, built only when something is looked up in them
   */
  update(parts: readonly RootParts[], elsewhere: Elsewhere<RootParts>): void {
    this.#parts = parts;
    this.#elsewhere = elsewhere;
    this.#indexes = indexRoots(parts);
  }

  /** See {@link OtherRoots.jobsNamed}. */
  jobsOfOthers(root: RootParts, name: string | undefined): Job[] {
    const isWanted = ({ object }: Job) => name === undefined || canBeEqual(object.name.value ?? '', name);
    const own = name === undefined || isSymbolic(name) ? this.#parts : this.#rootsWithJob(name);
    const there = this.#elsewhere.holding('Job', name === undefined || isSymbolic(name) ? undefined : name);
    return others([...own, ...there], root).flatMap(({ jobs }) => jobs.filter(isWanted));
  }

  /** See {@link OtherRoots.accessOf}. */
  accessOfOthers(root: RootParts, account: string): Access[] {
    const { byAccount, toGroups } = this.#indexes.access();
    const there = this.#elsewhere.binding(account).filter(({ access }) => mayGrant(access, account));
    return others([...(byAccount.get(account) ?? []), ...toGroups, ...there], root).map(({ access }) => access);
  }

  /** See {@link OtherRoots.accountsNamed}. */
  accountsOfOthers(root: RootParts, name: string): ServiceAccount[] {
    const there = this.#elsewhere.holding('ServiceAccount', name);
    return others([...(this.#indexes.accounts().get(name) ?? []), ...there], root).flatMap(({ access }) =>
      access.accounts.filter((account) => nameOf(account) === name),
    );
  }

  /** See {@link OtherRoots.clusterRolesNamed}. */
  clusterRolesOfOthers(root: RootParts, name: string): AccessRole[] {
    const there = indexClusterRoles(this.#elsewhere.holding('ClusterRole', name));
    const variants = [...(this.#indexes.clusterRoles().get(name) ?? []), ...(there.get(name) ?? [])];
    return variants.flatMap((same) => same.find(({ parts }) => isOther(parts, root))?.role ?? []);
  }

  /** See {@link OtherRoots.networkPolicies}. */
  policiesOfOthers(root: RootParts, namespace: string | undefined): NetworkPolicy[] {
    const isAny = namespace === undefined || isSymbolic(namespace);
    const own = isAny ? this.#indexes.policies().all : this.#rootsWithPolicies(namespace);
    const there = [...policyKinds].flatMap((kind) => this.#elsewhere.holding(kind, undefined));
    const all = there.length === 0 ? own : this.#inOrder([...new Set([...own, ...there])]);
    return others(all, root).flatMap(({ networkPolicies }) =>
      networkPolicies().filter((policy) => sameNamespace(policy.namespace, namespace)),
    );
  }

  /** The ConfigMaps or Secrets of all roots, or those with a name. */
  configEverywhere(kind: ConfigKind, name: string | undefined): ConfigObject[] {
    const isWanted = (each: ConfigObject) => each.kind === kind && (name === undefined || each.name === name);
    const own = name === undefined ? this.#parts : (this.#indexes.config().get(`${kind}/${name}`) ?? []);
    const there = this.#elsewhere.holding(kind, name);
    const all = there.length === 0 ? own : this.#inOrder([...own, ...there]);
    return all.flatMap(({ config }) => config.filter(isWanted));
  }

  /** What all roots build from the file of a SealedSecret, by its {@link sealedSource}. */
  sealedEverywhere(source: string): ConfigObject[] {
    const there = this.#elsewhere.holding('Secret', undefined);
    return [...new Set([...(this.#indexes.sealed().get(source) ?? []), ...there])].flatMap(({ config }) =>
      config.filter((each) => sealedSource(each) === source),
    );
  }

  /** Flux's objects of a kind for image automation in all roots. */
  imageAutomation(kind: ImageAutomationKind): ImageAutomationObject[] {
    const there = this.#elsewhere.holding(kind, undefined);
    const own = this.#indexes.imageAutomation();
    const all = there.length === 0 ? own : this.#inOrder([...own, ...there]);
    return all.flatMap(({ imageAutomation }) => imageAutomation().filter(({ object }) => object.kind === kind));
  }

  #rootsWithPolicies(namespace: string): readonly RootParts[] {
    const { byNamespace } = this.#indexes.policies();
    return [...new Set([...(byNamespace.get(namespace) ?? []), ...(byNamespace.get(anyNamespace) ?? [])])];
  }

  #rootsWithJob(name: string): readonly RootParts[] {
    const { byName, symbolic } = this.#indexes.jobs();
    return [...new Set([...(byName.get(name) ?? []), ...symbolic])];
  }

  #inOrder(parts: readonly RootParts[]): RootParts[] {
    return [...parts].sort((a, b) => this.#elsewhere.positionOf(a.root) - this.#elsewhere.positionOf(b.root));
  }
}

/** Indexes of roots by what is looked up in them, each made on first use. */
function indexRoots(roots: readonly RootParts[]) {
  return {
    access: once(() => ({
      byAccount: groupBy(roots, ({ access }) => findGrantees(access).accounts),
      // Roots that grant rights to groups or users, which any account may belong to.
      toGroups: roots.filter(({ access }) => findGrantees(access).hasOthers),
    })),
    accounts: once(() => groupBy(roots, ({ access }) => [...new Set(access.accounts.map(nameOf))])),
    clusterRoles: once(() => indexClusterRoles(roots)),
    jobs: once(() => ({
      byName: groupBy(roots, ({ jobs }) => jobs.map(nameOf)),
      symbolic: roots.filter(({ jobs }) => jobs.some((job) => isSymbolic(nameOf(job)))),
    })),
    policies: once(() => ({
      all: roots.filter(({ networkPolicies }) => networkPolicies().length > 0),
      byNamespace: groupBy(roots, ({ networkPolicies }) => networkPolicies().map(namespaceOf)),
    })),
    config: once(() => groupBy(roots, ({ config }) => config.map(({ kind, name }) => `${kind}/${name}`))),
    imageAutomation: once(() => roots.filter(({ imageAutomation }) => imageAutomation().length > 0)),
    sealed: once(() =>
      groupBy(roots, ({ config }) => [...new Set(config.flatMap((each) => sealedSource(each) ?? []))]),
    ),
  };
}

/** Stands for the namespaces of policies that may be in any. */
const anyNamespace = '';

function namespaceOf({ namespace }: NetworkPolicy): string {
  return namespace === undefined || isSymbolic(namespace) ? anyNamespace : namespace;
}

function nameOf({ object }: Pick<Job, 'object'>): string {
  return object.name.value ?? '';
}

/** Drops the root itself and its siblings. */
function others(among: readonly RootParts[], root: RootParts): RootParts[] {
  return among.filter((other) => isOther(other, root));
}

/** Whether a root is neither another one itself nor its sibling. */
function isOther(other: RootParts, root: RootParts): boolean {
  return other !== root && !isSibling(other, root);
}

/** Whether a root is another overlay of the same workloads, which goes to another cluster or namespace. */
function isSibling(other: RootParts, root: RootParts): boolean {
  for (const id of root.workloadIds) if (other.workloadIds.has(id)) return true;
  return false;
}

/** A ClusterRole, and the root that has it. */
interface ClusterRole {
  readonly role: AccessRole;
  readonly parts: RootParts;
}

/** The ClusterRoles of roots by their name. Those that allow the same are together: each cluster may have a copy. */
function indexClusterRoles(roots: readonly RootParts[]): ReadonlyMap<string, readonly (readonly ClusterRole[])[]> {
  const all = roots.flatMap((parts) =>
    parts.access.roles.filter(({ clusterWide }) => clusterWide).map((role) => ({ role, parts })),
  );
  const byName = groupBy(all, ({ role }) => [nameOf(role)]);
  return new Map(
    [...byName].map(([name, same]) => [name, [...groupBy(same, ({ role }) => [rightsOf(role)]).values()]]),
  );
}

/** What a role allows or gathers, as a text. */
function rightsOf({ rules, gathers }: AccessRole): string {
  const values = rules.map(({ verbs, apiGroups, resources, resourceNames }) =>
    [verbs, apiGroups, resources, resourceNames].map((list) => list.map(({ value }) => value)),
  );
  return JSON.stringify([values, gathers?.map((labels) => [...labels])]);
}

/** Whether a binding may be for an account of this name. */
function mayGrant(access: Access, account: string): boolean {
  const { accounts, hasOthers } = findGrantees(access);
  return hasOthers || accounts.includes(account);
}

/** Whom the bindings of a root are for: accounts by name, and whether there are groups or users. */
interface Grantees {
  readonly accounts: readonly string[];
  readonly hasOthers: boolean;
}

/** Found once per root, since runs after edits share most roots with the run before. */
const findGrantees = oncePer((access: Access): Grantees => {
  const subjects = access.bindings.flatMap((binding) => binding.subjects);
  return {
    accounts: [...new Set(subjects.flatMap(({ name }) => name.value ?? []))],
    hasOthers: subjects.some(({ kind }) => kind !== 'ServiceAccount'),
  };
});
