import { posix } from 'node:path';
import { oncePer } from '../../collections/once.ts';
import type { DeletedJob, DeploySteps } from '../../delivery/scripts/deploy-steps.ts';
import { readDeploySteps } from '../../delivery/scripts/read-deploy-steps.ts';
import { imageName } from '../../objects/image.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Container, Job } from '../../objects/workload.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { RootModel } from '../root-model.ts';
import { commentsOf } from './file-comments.ts';
import { isHandedToKubectl, stepsOf } from './scripted-apply.ts';

/** Whether a script deletes the Job, so that the next apply recreates it and no pod finds the old one. */
export function isDeletedByScript(model: RootModel, job: Job): boolean {
  const { object, pod } = job;
  const steps = stepsOf(model) ?? (isHandedToKubectl(model) ? model.delivery?.deploySteps() : undefined);
  if (steps === undefined) return false;
  const name = object.name.value ?? '';
  const { file } = object.name.place.at;
  return (
    isDeletedByHand(object, file) ||
    object.listedIn.some((entry) => isTreeDeletedByHand(entry.file)) ||
    isBuiltByTilt(steps, pod.containers) ||
    steps.deletedJobs.some((deleted) => deletesJob(deleted, name, job)) ||
    steps.deletedFiles.some((deleted) => deleted.test(file.path)) ||
    isDeletedWithFolder(steps, object)
  );
}

/** Whether a script deletes all that a folder builds, which is the root or holds the Job under the name that it has. */
function isDeletedWithFolder({ deletedFolders }: DeploySteps, { listedIn, earlierNames }: KubernetesObject): boolean {
  const folders = (earlierNames.length === 0 ? listedIn : listedIn.slice(0, 1)).map(({ file }) =>
    posix.dirname(file.path),
  );
  return folders.some((folder) => deletedFolders.some((deleted) => deleted.test(folder)));
}

/**
 * The name under which a script deletes a Job that the build has renamed, if it does not also delete the built one.
 * Nothing in the cluster has that name.
 */
export function findMissedDeletion(model: RootModel, job: Job): string | undefined {
  const steps = stepsOf(model);
  if (steps === undefined || isDeletedByScript(model, job)) return undefined;
  return job.object.earlierNames.find((name) => steps.deletedJobs.some((deleted) => deletesJob(deleted, name, job)));
}

/** Whether a deletion is of a Job with this name. One in another namespace, or of other labels, is not. */
function deletesJob(deleted: DeletedJob, name: string, { object, pod }: Job): boolean {
  const namespace = object.namespace.value;
  const isElsewhere = namespace !== undefined && !isSymbolic(namespace) && deleted.namespace?.test(namespace) === false;
  // A Job without labels gets those of its pods.
  const hasLabels = [...deleted.labels].every(([key, value]) =>
    [object.labels, pod.labels].some((labels) => value.test(labels.get(key)?.value ?? '\0')),
  );
  return deleted.name.test(name) && !isElsewhere && hasLabels;
}

/** Whether comments beside the Job tell the reader to delete it. The namespace that they name is one of several. */
function isDeletedByHand({ name, earlierNames }: KubernetesObject, file: SourceFile): boolean {
  const { deletedJobs, deletedFiles, isDeletedFirst } = readDeletions(file);
  return (
    isDeletedFirst ||
    deletedJobs.some((deleted) => [name.value ?? '', ...earlierNames].some((each) => deleted.name.test(each))) ||
    deletedFiles.some((deleted) => deleted.test(file.path))
  );
}

/** What comments of a file tell the reader to delete. Read once, since a file may hold many Jobs. */
const readDeletions = oncePer((file: SourceFile) => {
  const comments = /delete|remove/i.test(file.text) ? commentsOf(file).replaceAll('`', ' ') : '';
  const { deletedJobs, deletedFiles } = readDeploySteps(comments === '' ? [] : [{ path: file.path, text: comments }]);
  return { deletedJobs, deletedFiles, isDeletedFirst: deletedFirst.test(comments) };
});

/** A sentence that says so without a command: "delete it first", "remove the old Job before each release". */
const deletedFirst = /\b(?:delete|remove)\s+(?:it|this\s+job|(?:the|any)\s+(?:\w+\s+)?job)\s+(?:first|before)\b/i;

/** Whether comments of a kustomization tell the reader to delete all that it builds: `kubectl delete -k migrations/`. */
function isTreeDeletedByHand(file: SourceFile): boolean {
  return /^[ \t]*#.*\bkubectl\s+(?:-\S+\s+\S+\s+)?delete\s+(?:-k|--kustomize)\b/m.test(file.text);
}

function isBuiltByTilt({ tiltImages }: DeploySteps, containers: readonly Container[]): boolean {
  return containers.some(({ image }) => tiltImages.some((built) => built.test(imageName(image.value ?? ''))));
}
