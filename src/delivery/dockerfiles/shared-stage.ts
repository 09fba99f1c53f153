import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { spanKey } from '../../source/span.ts';
import type { Delivery } from '../delivery.ts';
import { type ImageBuild, isMigrationBuild } from '../images/image-builds.ts';
import { readStages, type Stage } from './stages.ts';

/** A service's image that is built without a target, and so from the last stage of a Dockerfile, which is the migration's. */
export interface SharedStage {
  readonly build: ImageBuild;
  /** The build that names the stage. */
  readonly migration: ImageBuild;
  readonly stage: Stage;
}

/**
 * Finds the images that are built from a stage that another build of the same Dockerfile names for a migration. Beside
 * images that are pushed, those that stay on the machine are only tests.
 */
export function findSharedStages({ builds, pushedBuilds, dockerfiles }: Delivery): SharedStage[] {
  const byDockerfile = groupByDockerfile(builds);
  return dockerfiles.flatMap((dockerfile) => {
    const all = byDockerfile.get(dockerfile.file.path) ?? [];
    // Most Dockerfiles need not be read.
    if (new Set(all.map(({ target }) => target)).size < 2) return [];
    const pushed = pushedBuilds();
    const own = pushed.size === 0 ? all : all.filter((build) => pushed.has(build));
    const stage = readStages(dockerfile).at(-1);
    const migration = own.find((build) => names(build, stage) && isMigrationBuild(build));
    if (stage === undefined || migration === undefined) return [];
    const others = own.filter((build) => isOther(build, migration));
    return withoutRepeats(others).map((build) => ({ build, migration, stage }));
  });
}

/** The builds by the path of their Dockerfile; all folders of a repository share it. */
const groupByDockerfile = oncePer((builds: readonly ImageBuild[]) =>
  groupBy(builds, ({ dockerfile }) => (dockerfile === undefined ? [] : [dockerfile])),
);

function names({ target }: ImageBuild, stage: Stage | undefined): boolean {
  return target !== undefined && target.toLowerCase() === stage?.name;
}

/** Whether a build leaves the stage open and makes an image of another name or tag, for something else. */
function isOther(build: ImageBuild, migration: ImageBuild): boolean {
  const isSame = build.repository === migration.repository && build.tag === migration.tag;
  return build.target === undefined && !isMigrationBuild(build) && !isSame;
}

/** One of the builds for each place: `docker/metadata-action` gives an image several tags. */
function withoutRepeats(builds: readonly ImageBuild[]): ImageBuild[] {
  return [...new Map(builds.map((build) => [spanKey(build.at), build])).values()];
}
