import { parseImage } from '../../objects/image.ts';
import { describeObject } from '../../objects/kubernetes-object.ts';
import type { Container } from '../../objects/workload.ts';
import { isToldOtherwise } from '../migrations/chosen-mode.ts';
import type { Migration } from '../migrations/migration.ts';
import { dependentsOf } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { haveSameSource } from './image-source.ts';

/** The image of a service that is built from the source of its migration's image. */
export interface ServiceImage {
  /** Whether it is the migration's image itself, which the service starts without a command of its own. */
  readonly isSame: boolean;
  /** The service in a sentence. */
  readonly name: string;
}

/** Finds one in the services that depend on a migration, if possible the migration's own image. */
export function findServiceImage(
  model: RootModel,
  migration: Migration,
  migrating: Container,
): ServiceImage | undefined {
  const image = migrating.image.value ?? '';
  let related: ServiceImage | undefined;
  for (const { workload } of dependentsOf(model.releases, migration)) {
    for (const container of workload.pod.containers) {
      const other = container.image.value ?? '';
      if (!haveSameSource(other, image) || isToldOtherwise(migrating, container)) continue;
      const name = describeObject(workload.object);
      const { repository, tag } = parseImage(other);
      const own = parseImage(image);
      const bare = container.command.length + container.args.length === 0;
      if (repository === own.repository && tag === own.tag && bare) return { isSame: true, name };
      if (repository !== own.repository) related ??= { isSame: false, name };
    }
  }
  return related;
}
