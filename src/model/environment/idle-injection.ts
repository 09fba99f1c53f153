import type { Present } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';

/**
 * The first annotation that tells Vault's agent what to write into the pods of a workload, if nothing turns the agent
 * on: its webhook leaves out pods without `agent-inject`, whatever else they ask for.
 */
export function findIdleInjection({ pod: { annotations } }: Workload): Present<string> | undefined {
  if (annotations.has(`${vault}agent-inject`)) return undefined;
  const [wanted] = [...annotations].find(([key]) => key.startsWith(`${vault}agent-inject-secret-`)) ?? [];
  return wanted === undefined ? undefined : annotations.get(wanted);
}

const vault = 'vault.hashicorp.com/';
