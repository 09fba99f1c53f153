import { migratingContainer } from '../../model/migrations/migration.ts';
import type { RootModel } from '../../model/root-model.ts';
import { imageOf } from '../../objects/image.ts';
import type { Container, Workload } from '../../objects/workload.ts';

/** The containers of a root's services and migrations, each with its workload. */
export function releaseContainers({ releases }: RootModel): [Workload, Container][] {
  return releases.flatMap(({ migrations, services }) => [
    ...services.flatMap(({ workload }) =>
      workload.pod.containers.map((container): [Workload, Container] => [workload, container]),
    ),
    ...migrations.flatMap((migration): [Workload, Container][] => {
      const container = migratingContainer(migration);
      return container ? [[migration.job, container]] : [];
    }),
  ]);
}

/** The images of a root's services, without tags and digests. */
export function serviceRepositories({ releases }: Pick<RootModel, 'releases'>): Set<string> {
  const containers = releases.flatMap(({ services }) => services.flatMap(({ workload }) => workload.pod.containers));
  return new Set(containers.map((container) => imageOf(container).repository));
}

/**
 * Whether a pipeline's name for an image, which may start with a variable such as `${CI_REGISTRY_IMAGE}`, is that
 * repository.
 */
export function isRepository(named: string, repository: string): boolean {
  const [, rest] = /^\$\{\w+\}(\/.+)$/.exec(named) ?? [];
  return rest === undefined ? named === repository : `/${repository}`.endsWith(rest);
}
