import type { Access } from './access.ts';
import type { Elsewhere } from './elsewhere.ts';
import { once } from './once.ts';
import type { Job } from './workload.ts';

/** What a root brings to the cluster, as far as others ask for it. */
interface Bringing {
  readonly jobs: readonly Job[];
  readonly access: Access;
  readonly workloadIds: ReadonlySet<string>;
}

/** What the other given roots bring to the cluster, without those that are another build of the same workloads. */
export interface Beside {
  readonly jobs: readonly Job[];
  /** The roots' access rules of which a binding may be for an account of this name. */
  accessOf(account: string): readonly Access[];
}

/** What is beside a root where nobody asks. */
export const nothingBeside: Beside = { jobs: [], accessOf: () => [] };

/** All roots of a run, by what one may look for in another: with a thousand of them not each can look through all. */
export class Neighbourhood<T extends Bringing> {
  readonly #own: readonly T[];
  readonly #index: () => Index<T>;
  readonly #elsewhere: Elsewhere<T>;

  /** @param elsewhere further roots, asked for where somebody asks what is beside a root, and not before */
  constructor(own: readonly T[], elsewhere: Elsewhere<T>) {
    this.#own = own;
    this.#index = once(() => indexRoots(own));
    this.#elsewhere = elsewhere;
  }

  /** What is beside one of the roots, worked out when it is asked for. */
  beside(root: T): Beside {
    const others = (among: readonly T[]): T[] => among.filter((other) => other !== root && !isSibling(other, root));
    const jobs = once(() => others([...this.#own, ...this.#elsewhere.all()]).flatMap((other) => other.jobs));
    const accessOf = (account: string): readonly Access[] => {
      const { byAccount, toGroups } = this.#index();
      const there = this.#elsewhere.binding(account).filter(({ access }) => mayGrant(access, account));
      return others([...(byAccount.get(account) ?? []), ...toGroups, ...there]).map(({ access }) => access);
    };
    return {
      get jobs() {
        return jobs();
      },
      accessOf,
    };
  }
}

/** Whether a binding may be for an account of this name. */
function mayGrant(access: Access, account: string): boolean {
  const { accounts, hasOthers } = findGrantees(access);
  return hasOthers || accounts.includes(account);
}

interface Index<T> {
  readonly byAccount: ReadonlyMap<string, readonly T[]>;
  /** Those that give rights to groups or users, which may be anybody's. */
  readonly toGroups: readonly T[];
}

function indexRoots<T extends Bringing>(roots: readonly T[]): Index<T> {
  const byAccount = new Map<string, T[]>();
  const toGroups: T[] = [];
  for (const root of roots) {
    const { accounts, hasOthers } = findGrantees(root.access);
    if (hasOthers) toGroups.push(root);
    for (const account of accounts) {
      const known = byAccount.get(account);
      if (known === undefined) byAccount.set(account, [root]);
      else known.push(root);
    }
  }
  return { byAccount, toGroups };
}

/** Whom the bindings of a root are for: accounts by name, and whether there are groups or users among them. */
interface Grantees {
  readonly accounts: readonly string[];
  readonly hasOthers: boolean;
}

const knownGrantees = new WeakMap<Access, Grantees>();

/** Found once for a root, as runs that follow on edits have most roots from before. */
function findGrantees(access: Access): Grantees {
  const known = knownGrantees.get(access);
  if (known !== undefined) return known;
  const subjects = access.bindings.flatMap((binding) => binding.subjects);
  const grantees = {
    accounts: [...new Set(subjects.flatMap(({ name }) => name.value ?? []))],
    hasOthers: subjects.some(({ kind }) => kind !== 'ServiceAccount'),
  };
  knownGrantees.set(access, grantees);
  return grantees;
}

/** Another overlay of the same workloads goes to another cluster or namespace, and says nothing about this one. */
function isSibling(other: Bringing, root: Bringing): boolean {
  for (const id of root.workloadIds) if (other.workloadIds.has(id)) return true;
  return false;
}
