import { groupBy } from '../group-by.ts';
import { once, oncePer } from '../once.ts';
import type { Access } from './access/access.ts';
import type { FluxNeighbour } from './appliers/flux-neighbour.ts';
import { type Elsewhere, nothingElsewhere } from './elsewhere.ts';
import type { ConfigObject } from './objects/config-object.ts';
import type { ConfigKind } from './objects/env-entry.ts';
import { canBeEqual, isSymbolic } from './objects/symbolic.ts';
import type { Job } from './objects/workload.ts';
import type { RootParts } from './root-parts.ts';

/**
 * What the roots of a run bring to the cluster, by what one may look for in another: with a thousand of them not each can look
 * through all. Runs that follow on edits have one in common, so that models which are the same still ask what is there now.
 */
export class Surroundings {
  #parts: readonly RootParts[] = [];
  #elsewhere: Elsewhere<RootParts> = { ...nothingElsewhere, holding: () => [], binding: () => [] };
  #indexes = indexRoots([]);
  /** The Flux Kustomizations of all roots. */
  fluxNeighbours: readonly FluxNeighbour[] = [];

  /** @param elsewhere further roots, asked for where somebody asks what is beside a root, and not before */
  become(parts: readonly RootParts[], elsewhere: Elsewhere<RootParts>): void {
    this.#parts = parts;
    this.#elsewhere = elsewhere;
    this.#indexes = indexRoots(parts);
  }

  /** The Jobs of other roots that may go by a name, as {@link Beside} has it. */
  jobsBeside(root: RootParts, name: string | undefined): Job[] {
    const isAsked = ({ object }: Job) => name === undefined || canBeEqual(object.name.value ?? '', name);
    const own = name === undefined || isSymbolic(name) ? this.#parts : this.#rootsWithJob(name);
    const there = this.#elsewhere.holding('Job', name === undefined || isSymbolic(name) ? undefined : name);
    return others([...own, ...there], root).flatMap(({ jobs }) => jobs.filter(isAsked));
  }

  /** The access rules of other roots of which a binding may be for an account of this name. */
  accessBeside(root: RootParts, account: string): Access[] {
    const { byAccount, toGroups } = this.#indexes.access();
    const there = this.#elsewhere.binding(account).filter(({ access }) => mayGrant(access, account));
    return others([...(byAccount.get(account) ?? []), ...toGroups, ...there], root).map(({ access }) => access);
  }

  /** The settings of all roots, of one kind, and of a name where one is given. */
  configEverywhere(kind: ConfigKind, name: string | undefined): ConfigObject[] {
    const isAsked = (each: ConfigObject) => each.kind === kind && (name === undefined || each.name === name);
    const own = name === undefined ? this.#parts : (this.#indexes.config().get(`${kind}/${name}`) ?? []);
    const there = this.#elsewhere.holding(kind, name);
    const all = there.length === 0 ? own : this.#inOrder([...own, ...there]);
    return all.flatMap(({ config }) => config.filter(isAsked));
  }

  #rootsWithJob(name: string): readonly RootParts[] {
    const { byName, symbolic } = this.#indexes.jobs();
    return [...new Set([...(byName.get(name) ?? []), ...symbolic])];
  }

  #inOrder(parts: readonly RootParts[]): RootParts[] {
    return [...parts].sort((a, b) => this.#elsewhere.positionOf(a.root) - this.#elsewhere.positionOf(b.root));
  }
}

/** Roots by what is looked for in them, each index made when it is first asked for. */
function indexRoots(roots: readonly RootParts[]) {
  return {
    access: once(() => ({
      byAccount: groupBy(roots, ({ access }) => findGrantees(access).accounts),
      // Those that give rights to groups or users, which may be anybody's.
      toGroups: roots.filter(({ access }) => findGrantees(access).hasOthers),
    })),
    jobs: once(() => ({
      byName: groupBy(roots, ({ jobs }) => jobs.map(nameOf)),
      symbolic: roots.filter(({ jobs }) => jobs.some((job) => isSymbolic(nameOf(job)))),
    })),
    config: once(() => groupBy(roots, ({ config }) => config.map(({ kind, name }) => `${kind}/${name}`))),
  };
}

function nameOf({ object }: Job): string {
  return object.name.value ?? '';
}

/** Without the root itself and its siblings. */
function others(among: readonly RootParts[], root: RootParts): RootParts[] {
  return among.filter((other) => other !== root && !isSibling(other, root));
}

/** Another overlay of the same workloads goes to another cluster or namespace, and says nothing about this one. */
function isSibling(other: RootParts, root: RootParts): boolean {
  for (const id of root.workloadIds) if (other.workloadIds.has(id)) return true;
  return false;
}

/** Whether a binding may be for an account of this name. */
function mayGrant(access: Access, account: string): boolean {
  const { accounts, hasOthers } = findGrantees(access);
  return hasOthers || accounts.includes(account);
}

/** Whom the bindings of a root are for: accounts by name, and whether there are groups or users among them. */
interface Grantees {
  readonly accounts: readonly string[];
  readonly hasOthers: boolean;
}

/** Found once for a root, as runs that follow on edits have most roots from before. */
const findGrantees = oncePer((access: Access): Grantees => {
  const subjects = access.bindings.flatMap((binding) => binding.subjects);
  return {
    accounts: [...new Set(subjects.flatMap(({ name }) => name.value ?? []))],
    hasOthers: subjects.some(({ kind }) => kind !== 'ServiceAccount'),
  };
});
