import type { Access } from './access/access.ts';
import type { Job } from './objects/workload.ts';

/** What the other given roots bring to the cluster, without those that are another build of the same workloads. */
export interface Beside {
  /** The Jobs that may go by this name; all of them where there is none. */
  jobsNamed(name: string | undefined): readonly Job[];
  /** The roots' access rules of which a binding may be for an account of this name. */
  accessOf(account: string): readonly Access[];
}

/** What is beside a root where nobody asks. */
export const nothingBeside: Beside = { jobsNamed: () => [], accessOf: () => [] };
