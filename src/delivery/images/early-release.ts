import { groupBy } from '../../collections/group-by.ts';
import type { RootModel } from '../../model/root-model.ts';
import { imageOf } from '../../objects/image.ts';
import type { Span } from '../../source/span.ts';
import type { Delivery } from '../delivery.ts';
import type { FileEdit } from '../edits/file-edits.ts';
import { writesTagOf } from '../edits/tag-edits.ts';
import { findRelease } from '../edits/write-backs.ts';
import { buildsOfWritten } from '../edits/written-version.ts';
import type { CiJob } from '../pipelines/ci-job.ts';
import { startsAfter } from '../pipelines/job-order.ts';
import type { ImageBuild } from './image-builds.ts';
import { isRepository, releaseContainers } from './release-images.ts';

/** A job that releases a version before the images of that version are built. */
export interface EarlyRelease {
  readonly job: CiJob;
  /** What writes the version. */
  readonly edit: FileEdit;
  /** The push or command that releases it. */
  readonly releasedAt: Span;
  /** The images that may still be missing; the first build of each job that builds some. */
  readonly builds: readonly ImageBuild[];
}

/** Finds these jobs. An image that another pipeline builds with the same tag may be there in time. */
export function findEarlyReleases(model: RootModel, delivery: Delivery): EarlyRelease[] {
  return [...groupBy(delivery.edits, ({ job }) => [job])].flatMap(([job, edits]) => {
    const releasedAt = findRelease(job);
    if (releasedAt === undefined) return [];
    const late = edits.map((edit) => ({ edit, builds: lateBuilds(edit, releasedAt, model, delivery) }));
    const edit = late.find(({ builds }) => builds.length > 0)?.edit;
    const byJob = groupBy(
      late.flatMap(({ builds }) => builds),
      (build) => [build.job],
    );
    const builds = [...byJob.values()].flatMap((each) => each.slice(0, 1));
    return edit === undefined ? [] : [{ job, edit, releasedAt, builds }];
  });
}

/** The builds of the images whose version an edit writes, for each image of which none is there in time. */
function lateBuilds(edit: FileEdit, releasedAt: Span, model: RootModel, { builds }: Delivery): ImageBuild[] {
  return releaseContainers(model).flatMap(([, container]) => {
    if (!writesTagOf(edit, container)) return [];
    const { repository } = imageOf(container);
    const named = builds.filter((build) => isRepository(build.repository, repository));
    const own = buildsOfWritten(edit, named);
    return own.every((build) => isLate(build, edit.job, releasedAt)) ? own : [];
  });
}

/** Whether an image may be missing. A job that only somebody's wish starts may release what an earlier push has built. */
function isLate({ job, at }: ImageBuild, releasing: CiJob, releasedAt: Span): boolean {
  if (job === releasing) return at.file === releasedAt.file && at.start > releasedAt.end;
  const mayRunAlone = job.runsOnPush && !releasing.runsOnPush;
  return !mayRunAlone && startsAfter(releasing, job) === false;
}
