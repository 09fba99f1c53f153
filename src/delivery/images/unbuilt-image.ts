import { posix } from 'node:path';
import { haveSameSource } from '../../model/images/image-source.ts';
import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import type { RootModel } from '../../model/root-model.ts';
import { imageOf } from '../../objects/image.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import type { Delivery } from '../delivery.ts';
import { writesTagOf } from '../edits/tag-edits.ts';
import type { ImageBuild } from './image-builds.ts';
import { isRepository } from './release-images.ts';

/** The image of a migration that gets the version of each run, like its service's, but that no job builds. */
export interface UnbuiltImage {
  readonly repository: string;
  readonly migration: Migration;
  readonly container: Container;
  /** The build of the service's image. */
  readonly build: ImageBuild;
  readonly service: Workload;
}

/** Finds the first one. Undefined if a program or an action may build images that are not known. */
export function findUnbuiltImage(
  model: RootModel,
  { builds, buildsUnseen, edits }: Delivery,
): UnbuiltImage | undefined {
  if (buildsUnseen()) return undefined;
  for (const { migrations, services } of model.releases) {
    const [migration] = migrations;
    const container = migration && migratingContainer(migration);
    if (migration === undefined || container === undefined) continue;
    if (!edits.some((edit) => writesTagOf(edit, container))) continue;
    const { repository, tag } = imageOf(container);
    if (builds.some((build) => isRepository(build.repository, repository) || build.repository.includes('$('))) continue;
    for (const { workload: service } of services) {
      const related = service.pod.containers
        .map(imageOf)
        .filter((image) => image.tag === tag && isRelated(image.repository, repository));
      const build = builds.find((each) => related.some((image) => isRepository(each.repository, image.repository)));
      if (build !== undefined) return { repository, migration, container, build, service };
    }
  }
  return undefined;
}

/** Whether two images are built from one source, or are in the same folder of a registry. */
function isRelated(one: string, other: string): boolean {
  return haveSameSource(one, other) || posix.dirname(one) === posix.dirname(other);
}
