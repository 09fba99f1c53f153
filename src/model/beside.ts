import type { Access } from './access.ts';
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
  readonly #roots: readonly T[];
  readonly #byAccount = new Map<string, T[]>();
  /** Those that give rights to groups or users, which may be anybody's. */
  readonly #toGroups: T[] = [];

  constructor(roots: readonly T[]) {
    this.#roots = roots;
    for (const root of roots) this.#noteSubjects(root);
  }

  /** What is beside one of the roots, worked out when it is asked for. */
  beside(root: T): Beside {
    const others = (among: readonly T[]): T[] => among.filter((other) => other !== root && !isSibling(other, root));
    const roots = this.#roots;
    let found: readonly Job[] | undefined;
    return {
      get jobs() {
        found ??= others(roots).flatMap(({ jobs }) => jobs);
        return found;
      },
      accessOf: (account) =>
        others([...(this.#byAccount.get(account) ?? []), ...this.#toGroups]).map(({ access }) => access),
    };
  }

  #noteSubjects(root: T): void {
    const subjects = root.access.bindings.flatMap((binding) => binding.subjects);
    if (subjects.some(({ kind }) => kind !== 'ServiceAccount')) this.#toGroups.push(root);
    for (const account of new Set(subjects.map(({ name }) => name.value))) {
      if (account === undefined) continue;
      const known = this.#byAccount.get(account);
      if (known === undefined) this.#byAccount.set(account, [root]);
      else known.push(root);
    }
  }
}

/** Another overlay of the same workloads goes to another cluster or namespace, and says nothing about this one. */
function isSibling(other: Bringing, root: Bringing): boolean {
  for (const id of root.workloadIds) if (other.workloadIds.has(id)) return true;
  return false;
}
