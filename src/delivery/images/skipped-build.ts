import type { RootModel } from '../../model/root-model.ts';
import { imageOf } from '../../objects/image.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Delivery } from '../delivery.ts';
import type { FileEdit } from '../edits/file-edits.ts';
import { writesTagOf } from '../edits/tag-edits.ts';
import type { CiJob } from '../pipelines/ci-job.ts';
import type { ImageBuild } from './image-builds.ts';
import { isRepository, releaseContainers } from './release-images.ts';

/** An image of a release that is built for some changes only, although each run writes its version. */
export interface SkippedBuild {
  readonly repository: string;
  readonly workload: Workload;
  readonly build: ImageBuild;
  /** The files that have to change for the build. */
  readonly filter: NonNullable<CiJob['changes']>;
  readonly edit: FileEdit;
}

/** Finds the first one. */
export function findSkippedBuild(model: RootModel, { builds, edits }: Delivery): SkippedBuild | undefined {
  for (const [workload, container] of releaseContainers(model)) {
    const { repository } = imageOf(container);
    const own = builds.filter((build) => isRepository(build.repository, repository));
    const filters = own.flatMap(({ job }) => job.changes ?? []);
    const [filter] = filters;
    const [build] = own;
    if (filter === undefined || build === undefined || filters.length < own.length) continue;
    const covered = new Set(filters.flatMap(({ patterns }) => patterns));
    const edit = edits.find(
      (each) => writesTagOf(each, container) && !each.job.changes?.patterns.every((pattern) => covered.has(pattern)),
    );
    if (edit !== undefined) return { repository, workload, build, filter, edit };
  }
  return undefined;
}
