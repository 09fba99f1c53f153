import { posix } from 'node:path';
import { imageOf } from '../../objects/image.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Place } from '../../objects/place.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import type { Service } from '../releases/release.ts';
import type { RootModel } from '../root-model.ts';
import { findAccount } from './access.ts';
import { accountOf } from './grants.ts';

/** A migration that pulls its image without the credentials that its service has for the same registry. */
export interface MissingCredentials {
  readonly container: Container;
  /** Where the service gets them from: its pod template, or its account. */
  readonly from: Place;
  /** The account that has them; undefined if the pod template does. */
  readonly account: KubernetesObject | undefined;
  /** Whether the migration's own account is in the tree, without credentials. */
  readonly isAccountKnown: boolean;
}

/** Undefined if the migration has credentials of its own, or may have them from an account outside the tree. */
export function findMissingCredentials(
  model: RootModel,
  migration: Migration,
  { workload }: Service,
): MissingCredentials | undefined {
  const container = migratingContainer(migration);
  if (container === undefined || hasCredentials(model, migration.job) !== false) return undefined;
  // Without a registry in its name, an image comes from Docker Hub, where most are public.
  const folder = folderOf(container);
  if (folder === undefined || !workload.pod.containers.some((other) => folderOf(other) === folder)) return undefined;
  const isAccountKnown = accountOfPods(model, migration.job) !== undefined;
  const own = workload.pod.view.get('imagePullSecrets');
  if (own.items().length > 0) return { container, from: own.place, account: undefined, isAccountKnown };
  const account = accountOfPods(model, workload);
  return account === undefined || account.pullSecrets.items().length === 0
    ? undefined
    : { container, from: account.pullSecrets.place, account: account.object, isAccountKnown };
}

/** Whether pods have credentials for a registry; undefined if their account is not in the tree and not the default one. */
function hasCredentials(model: RootModel, workload: Workload): boolean | undefined {
  if (workload.pod.view.get('imagePullSecrets').items().length > 0) return true;
  const account = accountOfPods(model, workload);
  if (account !== undefined) return account.pullSecrets.items().length > 0;
  return accountOf(workload).name === 'default' ? false : undefined;
}

function accountOfPods({ access }: RootModel, workload: Workload) {
  const { name, namespace } = accountOf(workload);
  return findAccount(access, name, namespace);
}

/** Registry and folder of a container's image; undefined for one without a registry. */
function folderOf(container: Container): string | undefined {
  const folder = posix.dirname(imageOf(container).repository);
  return /[\w-][.:]/.test(folder.split('/')[0] ?? '') ? folder : undefined;
}
