import { type ImageReference, imageOf, parseImage } from '../../objects/image.ts';
import { carriesVersion, nameStem, versionShape, withoutPurpose } from '../../objects/version.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import type { Migration } from '../migrations/migration.ts';
import { migratingContainer } from '../migrations/migration.ts';
import type { Service } from '../releases/release.ts';

/** Whether two images are built from one source: the same repository, or `myapp` and `myapp-migration` side by side. */
export function haveSameSource(a: string, b: string): boolean {
  const [one, other] = [parseImage(a).repository, parseImage(b).repository];
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const [folder, name] = splitPath(one);
  const [otherFolder, otherName] = splitPath(other);
  if (folder === other || otherFolder === one) return true;
  const bare = withoutPurpose(name);
  return folder === otherFolder && bare !== '' && bare === withoutPurpose(otherName);
}

/** The containers of a service whose image is built from the same source as its migration's. */
export function sameSourceContainers({ workload }: Service, migration: Migration): Container[] {
  const image = migratingContainer(migration)?.image.value ?? '';
  return workload.pod.containers.filter((container) => haveSameSource(container.image.value ?? '', image));
}

/**
 * The containers of a service whose image version is in the name of the migration Job, if the Job's own image is in the
 * same folder and has another version: `search-migrate-1.8.0` with `team/schema:1.7.9` beside `team/server:1.8.0`.
 */
export function namesakeContainers({ workload }: Service, migration: Migration): Container[] {
  const name = migration.job.object.name.value ?? '';
  const own = imageOf(migratingContainer(migration));
  const [folder] = splitPath(own.repository);
  // A digest pins what runs, whatever the tag beside it says.
  if (folder === '' || own.tag === undefined || own.digest !== undefined || carriesVersion(name, own.tag)) return [];
  return containersBeside(own, own.tag, workload).filter((container) =>
    carriesVersion(name, imageOf(container).tag ?? ''),
  );
}

/**
 * The containers of a service with an image in the folder of the migration's, if that is named after its purpose alone
 * and the folder after the Job: `team/shop/web` beside `team/shop/migration` of Job `shop-migration-v2`.
 */
export function projectContainers({ workload }: Service, migration: Migration): Container[] {
  const own = imageOf(migratingContainer(migration));
  const [folder, name] = splitPath(own.repository);
  const project = splitPath(folder)[1];
  // A digest pins what runs, whatever the tag beside it says.
  if (own.tag === undefined || own.digest !== undefined || project === '' || withoutPurpose(name) !== '') return [];
  if (nameStem(migration.job.object.name.value ?? '') !== project) return [];
  return containersBeside(own, own.tag, workload).filter((container) => imageOf(container).digest === undefined);
}

/** The containers of a workload whose image is in the same folder as another one, with a tag of the same shape. */
function containersBeside({ repository: other }: ImageReference, otherTag: string, { pod }: Workload): Container[] {
  return pod.containers.filter((container) => {
    const { repository, tag } = imageOf(container);
    const isBeside = splitPath(repository)[0] === splitPath(other)[0];
    return isBeside && tag !== undefined && versionShape(tag) === versionShape(otherTag);
  });
}

function splitPath(repository: string): [folder: string, name: string] {
  const slash = repository.lastIndexOf('/');
  return [repository.slice(0, Math.max(slash, 0)), repository.slice(slash + 1)];
}
