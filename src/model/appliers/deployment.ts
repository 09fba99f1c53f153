import { posix } from 'node:path';
import { type DeletedJob, type DeploySteps, readDeploySteps } from '../../delivery/scripts/deploy-steps.ts';
import type { TextEdit } from '../../delivery/scripts/text-edits.ts';
import { imageName, parseImage } from '../../objects/image.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Place } from '../../objects/place.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Field } from '../../objects/view.ts';
import type { Container, Job, Workload } from '../../objects/workload.ts';
import { oncePer } from '../../once.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { RootModel } from '../root-model.ts';
import { commentsOf } from './file-comments.ts';

/**
 * What scripts of the repository do around the apply. If nothing but people is known to apply the tree, also what its
 * documents tell them to do. Undefined if Flux applies the tree, which runs none of them.
 */
function stepsOf({ applier, delivery }: RootModel): DeploySteps | undefined {
  return applier.kind === 'flux' || applier.kind === 'argocd'
    ? scriptsOf({ applier, delivery })
    : delivery?.stepsByHand();
}

/** As {@link stepsOf}, for scripts alone. */
function scriptsOf({ applier, delivery }: Pick<RootModel, 'applier' | 'delivery'>): DeploySteps | undefined {
  return applier.kind === 'flux' ? undefined : delivery?.deploySteps();
}

/** Whether nothing but scripts that call kubectl is known to apply the tree. */
export function isAppliedByScript(model: RootModel): boolean {
  return model.applier.kind === 'unknown' && stepsOf(model)?.appliesByKubectl === true;
}

/**
 * Whether a script hands to kubectl what kustomize builds, and no Argo CD Application does: then the annotations for
 * Argo CD have no effect.
 */
export function isHandedToKubectl(model: RootModel): boolean {
  return !model.applier.hasApplication && scriptsOf(model)?.appliesKustomization === true;
}

/** Whether a script or document hands to kubectl what kustomize builds, and nothing else is known to apply the tree. */
export function isBuiltForKubectl(model: RootModel): boolean {
  return model.applier.kind === 'unknown' && stepsOf(model)?.appliesKustomization === true;
}

/** Whether a script deletes the Job, so that the next apply recreates it and no pod finds the old one. */
export function isDeletedByScript(model: RootModel, { object, pod }: Job): boolean {
  const steps = stepsOf(model);
  if (steps === undefined) return false;
  const name = object.name.value ?? '';
  const { file } = object.name.place.at;
  return (
    isDeletedByHand(object, file) ||
    object.listedIn.some((entry) => isTreeDeletedByHand(entry.file)) ||
    isBuiltByTilt(steps, pod.containers) ||
    steps.deletedJobs.some((deleted) => deletesJob(deleted, name, object.namespace.value)) ||
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

/** Whether a script hands the object's file to `kubectl create`, which takes objects that apply refuses. */
export function isCreatedByScript(model: RootModel, { name }: KubernetesObject): boolean {
  const { path } = name.place.at.file;
  return stepsOf(model)?.createdFiles.some((created) => created.test(path)) === true;
}

/**
 * The name under which a script deletes a Job that the build has renamed, if it does not also delete the built one.
 * Nothing in the cluster has that name.
 */
export function findMissedDeletion(model: RootModel, job: Job): string | undefined {
  const steps = stepsOf(model);
  if (steps === undefined || isDeletedByScript(model, job)) return undefined;
  const { earlierNames, namespace } = job.object;
  return earlierNames.find((name) => steps.deletedJobs.some((deleted) => deletesJob(deleted, name, namespace.value)));
}

/** Whether a deletion is of a Job with this name. One in another namespace is not. */
function deletesJob(deleted: DeletedJob, name: string, namespace: string | undefined): boolean {
  const isElsewhere = namespace !== undefined && !isSymbolic(namespace) && deleted.namespace?.test(namespace) === false;
  return deleted.name.test(name) && !isElsewhere;
}

/** Whether comments beside the Job tell the reader to delete it. */
function isDeletedByHand({ name, earlierNames, namespace }: KubernetesObject, file: SourceFile): boolean {
  const { deletedJobs, deletedFiles } = readDeletions(file);
  return (
    deletedJobs.some((deleted) =>
      [name.value ?? '', ...earlierNames].some((each) => deletesJob(deleted, each, namespace.value)),
    ) || deletedFiles.some((deleted) => deleted.test(file.path))
  );
}

/** What comments of a file tell the reader to delete. Read once, since a file may hold many Jobs. */
const readDeletions = oncePer((file: SourceFile): Pick<DeploySteps, 'deletedJobs' | 'deletedFiles'> => {
  const comments = file.text.includes('delete') ? commentsOf(file).replaceAll('`', ' ') : '';
  return readDeploySteps(comments === '' ? [] : [comments]);
});

/** Whether comments of a kustomization tell the reader to delete all that it builds: `kubectl delete -k migrations/`. */
function isTreeDeletedByHand(file: SourceFile): boolean {
  if (!file.text.includes('delete')) return false;
  return /\bkubectl\s+(?:-\S+\s+\S+\s+)?delete\s+(?:-k|--kustomize)\b/.test(commentsOf(file));
}

function isBuiltByTilt({ tiltImages }: DeploySteps, containers: readonly Container[]): boolean {
  return containers.some(({ image }) => tiltImages.some((built) => built.test(imageName(image.value ?? ''))));
}

/** Whether a script creates a Secret or ConfigMap of this name, or a document says how, whatever applies the tree. */
export function isMadeByScript(model: RootModel, name: string): boolean {
  return model.delivery?.stepsByHand().createdObjects.some((made) => made.test(name)) === true;
}

/** Whether a script applies the tree in parts, and waits for a Job between them. */
export function isStagedByScript(model: RootModel): boolean {
  return stepsOf(model)?.appliesAfterJob === true;
}

/**
 * Whether Argo CD sets the image, or a script writes it or its tag before it applies the tree, or sets it in the
 * cluster. Documents do not count: there it is an example, such as a rollback, unless they load the image into a local
 * cluster.
 */
export function isTaggedElsewhere(model: RootModel, { object }: Workload, image: Field<string>): boolean {
  const steps = scriptsOf(model);
  const value = image.value;
  if (value !== undefined && model.applier.setImages.includes(parseImage(value).repository)) return true;
  if (value !== undefined && isForLocalCluster(model, value)) return true;
  if (steps === undefined || value === undefined) return false;
  const reference = `${object.kind.toLowerCase()}/${object.name.value ?? ''}`;
  if (steps.updatedObjects.some((imaged) => imaged.test(reference))) return true;
  const { repository, tag = '' } = parseImage(value);
  const name = imageName(value);
  const lines = [
    `image: ${value}`,
    `image: "${value}"`,
    `newTag: ${tag}`,
    `newTag: "${tag}"`,
    `newName: ${repository}`,
  ];
  return (
    [...steps.taggedImages, ...steps.tiltImages].some((tagged) => tagged.test(name)) ||
    steps.edits.some(
      ({ pattern, file }) =>
        file?.test(image.place.at.file.path) !== false && lines.some((line) => pattern?.test(line) !== false),
    )
  );
}

/** Whether a script or a document loads an image, which is never pushed, into a local cluster. */
function isForLocalCluster(model: RootModel, image: string): boolean {
  if (parseImage(image).repository.includes('/')) return false;
  return stepsOf(model)?.loadedImages.some((loaded) => loaded.test(image)) === true;
}

/** Whether a script resumes a Job that is applied suspended. */
export function isResumedByScript(model: RootModel, job: Job): boolean {
  return stepsOf(model)?.resumedJobs.some((resumed) => resumed.test(job.object.name.value ?? '')) === true;
}

/**
 * Whether a script replaces a text such as `__JOB_NAME__`: in a file that the text comes from, or in one that may be
 * the output of a build, but not in another manifest of the tree or file of the repository. In a plain manifest,
 * comments may explain the placeholder instead, if the script is in another repository.
 */
export function isWrittenByScript(model: RootModel, text: string, { at, steps }: Place): boolean {
  if (!model.kustomized && placeholdersIn(text).some((each) => commentsOf(at.file).includes(each))) return true;
  const from = new Set([at, ...steps.map((step) => step.at)].map(({ file }) => file.path));
  const isElsewhere = ({ file, isHeld }: TextEdit): boolean => {
    if (file === undefined || [...from].some((path) => file.test(path))) return false;
    return isHeld || model.listed.some(({ name }) => file.test(name.place.at.file.path));
  };
  // `s/^/  /` matches any text, but replaces none.
  const replaces = ({ pattern }: TextEdit): boolean => pattern?.test(text) === true && !pattern.test('');
  return stepsOf(model)?.edits.some((edit) => replaces(edit) && !isElsewhere(edit)) === true;
}

/** Words in capitals joined by `_`, which cannot be in the name of an object. */
function placeholdersIn(text: string): string[] {
  return text.match(/(?<![A-Z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/g) ?? [];
}

/** Whether a script may fill a variable that is left in the manifests. */
export function mayBeFilledByScript(model: RootModel, variable: string, place: Place): boolean {
  return stepsOf(model)?.fillsVariables === true || isWrittenByScript(model, variable, place);
}
