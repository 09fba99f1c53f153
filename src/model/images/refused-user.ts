import type { Delivery } from '../../delivery/delivery.ts';
import { findImageDockerfile, findMigrationDockerfile } from '../../delivery/dockerfiles/image-dockerfile.ts';
import { findImageUser, type ImageUser } from '../../delivery/dockerfiles/image-user.ts';
import { containerViews } from '../../objects/container-views.ts';
import { securityField } from '../../objects/security-field.ts';
import { isPresent, type Present, type View } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { migratingContainer } from '../migrations/migration.ts';
import { concernedWorkloads } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';

/** A container that must not run as root, and that the kubelet does not start because of its user. */
export interface RefusedUser {
  readonly workload: Workload;
  readonly container: Container;
  readonly runAsNonRoot: Present<boolean>;
  /** `runAsUser: 0` of the container or its pod, or the user of its image. */
  readonly user: Present<number> | ImageUser;
}

/**
 * Finds such containers in a release. Follows the kubelet: `runAsUser` counts before the user of the image, and a user with a
 * name instead of a number is refused as well, because the name may stand for root.
 */
export function findRefusedUsers(model: RootModel): RefusedUser[] {
  return [...concernedWorkloads(model)].flatMap((workload) => {
    const { view: pod, containers } = workload.pod;
    if (pod.get('os', 'name').text().value === 'windows') return [];
    return containerViews(pod).flatMap((view) => {
      const container = containers.find(({ path }) => path === view.path);
      return (container && judgeUser(model, workload, container, view)) ?? [];
    });
  });
}

function judgeUser(model: RootModel, workload: Workload, container: Container, view: View): RefusedUser | undefined {
  const [context, ofPod] = [view.get('securityContext'), workload.pod.view.get('securityContext')];
  const runAsNonRoot = securityField(context, ofPod, 'runAsNonRoot').boolean();
  if (!isPresent(runAsNonRoot) || !runAsNonRoot.value) return undefined;
  const runAsUser = securityField(context, ofPod, 'runAsUser').number();
  if (isPresent(runAsUser)) {
    return runAsUser.value === 0 ? { workload, container, runAsNonRoot, user: runAsUser } : undefined;
  }
  const user = model.delivery && userOf(model, model.delivery, container);
  const isNumber = user !== undefined && /^\d+$/.test(user.user) && Number(user.user) !== 0;
  return user === undefined || isNumber ? undefined : { workload, container, runAsNonRoot, user };
}

/** The user of a container's image, if the repository holds its Dockerfile. */
function userOf({ migrations }: RootModel, delivery: Delivery, container: Container): ImageUser | undefined {
  const none = new Set<string>();
  const migration = migrations.find((each) => migratingContainer(each) === container);
  const dockerfile =
    migration === undefined
      ? findImageDockerfile(delivery, container.image.value ?? '', none)
      : findMigrationDockerfile(delivery, migration, none);
  return dockerfile && findImageUser(dockerfile);
}
