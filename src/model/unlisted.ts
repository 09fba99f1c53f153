import type { ConfigObject } from '../objects/config-object.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import type { Job } from '../objects/workload.ts';
import { type Access, readAccess } from './access/access.ts';

/**
 * The objects in files beside a root's kustomizations that none of them lists: applying the root does not apply these,
 * but they may be applied separately. Names are as written. Each list is read on first use.
 */
export interface Unlisted {
  access(): Access;
  jobs(): readonly Job[];
  services(): readonly KubernetesObject[];
  /**
   * The Secrets that SealedSecrets and ExternalSecrets make, and those that SOPS has encrypted, in files that are named for
   * them. A plain Secret is often left out on purpose.
   */
  madeSecrets(): readonly ConfigObject[];
  /** The names of all files in a folder that the root's files come from. */
  filesIn(folder: string): readonly string[];
}

/** For a root without such files. */
export const nothingUnlisted: Unlisted = {
  access: () => readAccess([]),
  jobs: () => [],
  services: () => [],
  madeSecrets: () => [],
  filesIn: () => [],
};
