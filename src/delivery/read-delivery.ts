import { posix } from 'node:path';
import { once } from '../model/once.ts';
import type { Sources } from '../source/note-reads.ts';
import type { SourceFile } from '../source/source-file.ts';
import { findPushes } from './artifact-pushes.ts';
import type { CiJob, Delivery } from './delivery.ts';
import { readDeploySteps } from './deploy-steps.ts';
import { findFileEdits } from './file-edits.ts';
import { findDeployScripts } from './find-deploy-scripts.ts';
import { Dockerfiles } from './find-dockerfiles.ts';
import { readGithubJobs } from './github-jobs.ts';
import { readGitlabJobs } from './gitlab-jobs.ts';
import { findImageBuilds } from './image-builds.ts';
import { perRepository } from './per-repository.ts';
import { Repository } from './repository.ts';
import { findWriteBack } from './write-backs.ts';

/** Reads what delivers a folder; the pipelines of a repository once. */
export function deliveryReader(sources: Sources): (folder: string) => Delivery | undefined {
  const ofRepository = perRepository(sources, (top) => readDelivery(top, sources));
  return (folder) => ofRepository(folder)?.(folder);
}

/**
 * Reads what delivers the trees of a repository: its pipelines and Dockerfiles. Nothing is run, and nothing outside of the
 * repository is read.
 * @param top absolute path of the folder that holds `.git`
 */
function readDelivery(top: string, sources: Sources): (folder: string) => Delivery {
  const repository = new Repository(top, sources);
  const jobs = [...readGitlabJobs(repository), ...readGithubJobs(repository)];
  const builds = jobs.flatMap((job) => findImageBuilds(job, repository));
  const dockerfiles = new Dockerfiles(builds, repository);
  const texts = once(() => findDeployScripts(repository));
  const holds = (path: string) => repository.kindOf(posix.join(top, path)) === 'file';
  const pipelines = {
    top,
    pipelineFiles: new Set(jobs.flatMap(filesOf)),
    jobs,
    builds,
    edits: jobs.flatMap((job) => findFileEdits(job, repository)),
    writeBacks: jobs.flatMap(findWriteBack),
    pushes: jobs.flatMap((job) => findPushes(job, repository)),
    deploySteps: once(() => readDeploySteps(texts().scripts, holds)),
    stepsByHand: once(() => readDeploySteps([...texts().scripts, ...texts().examples], holds)),
  };
  return (folder) => ({ ...pipelines, dockerfiles: dockerfiles.of(folder) });
}

function filesOf({ file, commands, actions }: CiJob): SourceFile[] {
  return [file, ...[...commands, ...actions].map(({ at }) => at.file)];
}
