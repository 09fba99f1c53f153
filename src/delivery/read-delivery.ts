import { posix } from 'node:path';
import { once } from '../collections/once.ts';
import type { Sources } from '../source/files/note-reads.ts';
import { foldersUpwards } from '../source/files/path.ts';
import type { Delivery } from './delivery.ts';
import { dockerfileFinder } from './dockerfiles/find-dockerfiles.ts';
import { findFileEdits } from './edits/file-edits.ts';
import { findWriteBack } from './edits/write-backs.ts';
import { findImageBuilds } from './images/image-builds.ts';
import { mayBePushed } from './images/image-pushes.ts';
import { mayBuildUnseen } from './images/unseen-builds.ts';
import { perRepository } from './per-repository.ts';
import { findPushes } from './pipelines/artifact-pushes.ts';
import { readAzureJobs } from './pipelines/azure/pipelines.ts';
import { filesOf } from './pipelines/ci-job.ts';
import { readGithubJobs } from './pipelines/github/workflows.ts';
import { readGitlabJobs } from './pipelines/gitlab/jobs.ts';
import { readJenkinsJobs } from './pipelines/jenkins/jenkinsfiles.ts';
import { Repository } from './repository.ts';
import { readDocument } from './scripts/deploy-document.ts';
import { uniteSteps } from './scripts/deploy-steps.ts';
import type { DeployText, DeployTexts, ReadDeployTexts } from './scripts/find-deploy-scripts.ts';
import { writeJobScript } from './scripts/job-script.ts';
import { readDeploySteps } from './scripts/read-deploy-steps.ts';

/** Reads what delivers a folder. The pipelines of a repository are read once. */
export function deliveryReader(sources: Sources, readTexts: ReadDeployTexts): (folder: string) => Delivery | undefined {
  const ofRepository = perRepository(sources, (top) => readDelivery(top, sources, () => readTexts(top)));
  return (folder) => ofRepository(folder)?.(folder);
}

/**
 * Reads what delivers the trees of a repository: its pipelines, Dockerfiles and scripts. Runs nothing, and reads
 * nothing outside the repository.
 * @param top absolute path of the folder that holds `.git`
 */
function readDelivery(top: string, sources: Sources, texts: () => DeployTexts): (folder: string) => Delivery {
  const repository = new Repository(top, sources);
  const jobs = [
    ...readGitlabJobs(repository),
    ...readGithubJobs(repository),
    ...readAzureJobs(repository),
    ...readJenkinsJobs(repository),
  ];
  const builds = jobs.flatMap((job) => findImageBuilds(job, repository));
  const pushedBuilds = once(() => new Set(builds.filter((build) => mayBePushed(build, jobs))));
  const dockerfilesFor = dockerfileFinder(builds, pushedBuilds, repository);
  const holds = (path: string) => repository.kindOf(posix.join(top, path)) === 'file';
  // The tasks of Azure are no commands in the text of a pipeline.
  const azure = jobs.filter(({ system }) => system === 'azure');
  const tasks = () => azure.map((job): DeployText => ({ path: job.file.path, text: writeJobScript(job) }));
  const deploySteps = once(() => readDeploySteps([...texts().scripts, ...tasks()], holds));
  const documents = once(() => texts().documents.map((each) => readDocument(each, holds)));
  const pipelineFiles = new Set(jobs.flatMap(filesOf));
  const pipelines = {
    top,
    pipelineFiles,
    unread: repository.unread,
    jobs,
    builds,
    pushedBuilds,
    buildsUnseen: once(() => mayBuildUnseen(jobs)),
    edits: jobs.flatMap((job) => findFileEdits(job, repository)),
    writeBacks: jobs.flatMap(findWriteBack),
    pushes: jobs.flatMap((job) => findPushes(job, repository)),
    deploySteps,
    holdsFolder: (path: string) => repository.kindOf(posix.join(top, path)) === 'directory',
    documents,
    stepsByHand: once(() => uniteSteps([deploySteps(), ...documents().map(({ steps }) => steps)])),
  };
  const hasFleet = (folder: string): boolean =>
    [...foldersUpwards(folder)].some((each) => repository.kindOf(posix.join(each, 'fleet.yaml')) === 'file');
  return (folder) => ({ ...pipelines, dockerfiles: dockerfilesFor(folder), hasFleet: hasFleet(folder) });
}
