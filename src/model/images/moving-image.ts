import { imageOf, isPlaceholderImage, isUtilityImage } from '../../objects/image.ts';
import { lastSetter } from '../../objects/place.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { isMovingTag } from '../../objects/version.ts';
import type { Container, WorkloadContainer } from '../../objects/workload.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { dependentsOf } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isTaggedElsewhere } from '../scripts/scripted-value.ts';
import { isMeantToBeTagged } from '../unmatched/unmatched-image.ts';
import { sameSourceContainers } from './image-source.ts';

/** A container of a release whose image has a tag that does not pin its version. */
export interface MovingImage extends WorkloadContainer {
  /** What is wrong with its tag, in a clause. */
  readonly fault: string;
  /** The consequence, in a clause. */
  readonly effect: string;
}

/** Finds the images of all migrations and of the services that are built with them, each container once. */
export function findMovingImages(model: RootModel): MovingImage[] {
  const seen = new Set<Container>();
  return model.migrations.flatMap((migration) =>
    imagesOf(model, migration).flatMap((image) => {
      const { workload, container } = image;
      if (seen.has(container)) return [];
      seen.add(container);
      const fault = judgeTag(container);
      // Asked last, since it reads all scripts of the repository.
      if (fault === undefined || isTaggedElsewhere(model, workload, container.image)) return [];
      return isMeantToBeTagged(model, container.image) ? [] : [{ ...image, fault }];
    }),
  );
}

/** The image of a migration, and those of its services that are built with it. */
function imagesOf({ releases }: RootModel, migration: Migration): Omit<MovingImage, 'fault'>[] {
  const own = migratingContainer(migration);
  const ofServices = dependentsOf(releases, migration).flatMap((service) =>
    sameSourceContainers(service, migration).map((container) => ({
      workload: service.workload,
      container,
      effect: ofRelease,
    })),
  );
  if (own === undefined) return ofServices;
  // A tool that reads its migrations from a ConfigMap: no service is built with its image, and no release changes it.
  const isTool = own.mountsConfig && ofServices.length === 0;
  return [{ workload: migration.job, container: own, effect: isTool ? ofTool : ofRelease }, ...ofServices];
}

const ofRelease = 'a new release changes nothing in the manifests, and code and schema may drift apart';
const ofTool = 'each run may get another version of it';

/** What is wrong with a container's tag. Undefined if the image is pinned, or if another rule reports it. */
function judgeTag(container: Container): string | undefined {
  const { image, isNeverPulled } = container;
  if (isNeverPulled) return undefined;
  const { repository, tag, digest } = imageOf(container);
  if (image.value === undefined || isUtilityImage(repository) || digest !== undefined) return undefined;
  if (isSymbolic(image.value) || isPlaceholderImage(image.value)) return undefined;
  if (tag !== undefined) return isMovingTag(tag) ? `whose tag \`${tag}\` moves` : undefined;
  // Other rules report a replacement or variable that broke the tag.
  const isBroken = /^(replacement|substitution)$/.test(lastSetter(image.place)?.by ?? '');
  return isBroken ? undefined : 'which has no tag and so means `latest`';
}
