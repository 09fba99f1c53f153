import { posix } from 'node:path';
import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { isMovingTag, nameStem, withoutPurpose } from '../../objects/version.ts';
import { isPlain, isUnknown, uniteCommits } from '../pipelines/variables.ts';
import { type ImageBuild, isMigrationBuild } from './image-builds.ts';

/** A migration's image and its service's, which a pipeline builds with different tags. */
export interface ImagePair {
  readonly migration: ImageBuild;
  readonly service: ImageBuild;
}

/**
 * The migrations' images that share no tag with their service's image, if all tags can be compared. All roots of a
 * repository share its builds.
 */
export const findTagDifferences = oncePer((builds: readonly ImageBuild[]): ImagePair[] => {
  // An image whose name only a running step knows may be either.
  if (builds.some(({ repository }) => isUnknown(repository))) return [];
  const services = builds.filter((build) => !isMigrationBuild(build));
  const names = new Set(services.map(({ repository }) => repository));
  const servicesBySource = groupBy(services, ({ repository }) => [sourceOf(repository)]);
  const migrationsByName = groupBy(builds.filter(isMigrationBuild), ({ repository }) => [repository]);
  return [...migrationsByName].flatMap(([name, migrations]) => {
    const only = names.size === 1 ? services : [];
    return compare(withoutMoving(migrations), withoutMoving(servicesBySource.get(sourceOf(name)) ?? only));
  });
});

/** Drops tags such as `latest`, which may be added to the one that a release uses, unless there are no others. */
function withoutMoving(builds: readonly ImageBuild[]): readonly ImageBuild[] {
  const some = builds.filter(({ tag }) => tag !== undefined && !isMovingTag(tag) && !tag.includes('value=latest'));
  return some.length > 0 ? some : builds;
}

function compare(migrations: readonly ImageBuild[], services: readonly ImageBuild[]): ImagePair[] {
  const [migration, service, all] = [migrations[0], services[0], [...migrations, ...services]];
  if (migration === undefined || service === undefined) return [];
  if (all.some(({ tag }) => tag === undefined || isUnknown(tag))) return [];
  // The tag that an action derives from a rule is not known, so rules are only compared with rules.
  if (new Set(all.map(({ tag }) => tag?.startsWith('type='))).size > 1) return [];
  // A tag that a script derives from the commit is only compared with plain tags.
  if (all.some(({ tag = '' }) => /\$\{GIT_HEAD/.test(tag)) && !all.every(({ tag = '' }) => isPlain(tag))) return [];
  // In one repository `v1-migration` goes with `v1`.
  const bare = ({ tag }: ImageBuild): string => withoutPurpose(uniteCommits(tag ?? ''));
  const tags = services.map(bare);
  return migrations.some((each) => tags.includes(bare(each))) ? [] : [{ migration, service }];
}

/** What the images of one source have in common: their folder in the registry, and their name without its purpose. */
function sourceOf(repository: string): string {
  return `${posix.dirname(repository)}/ ${nameStem(posix.basename(repository))}`;
}
