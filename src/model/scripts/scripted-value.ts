import type { TextEdit } from '../../delivery/scripts/text-edits.ts';
import { imageName, parseImage } from '../../objects/image.ts';
import type { Place } from '../../objects/place.ts';
import type { Field } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import type { LinearPattern } from '../../text/linear-pattern.ts';
import type { RootModel } from '../root-model.ts';
import { commentsOf } from './file-comments.ts';
import { scriptsOf, stepsOf } from './scripted-apply.ts';

/**
 * Whether Argo CD sets the image, or a script writes it or its tag before it applies the tree, or sets it in the
 * cluster. Documents do not count: there it is an example, such as a rollback, unless they load the image into a local
 * cluster.
 */
export function isTaggedElsewhere(model: RootModel, workload: Workload, image: Field<string>): boolean {
  const { repository, tag = '' } = parseImage(image.value ?? '');
  return isSetElsewhere(model, workload, image, [
    `image: ${image.value}`,
    `image: "${image.value}"`,
    `newTag: ${tag}`,
    `newTag: "${tag}"`,
    `newName: ${repository}`,
  ]);
}

/** As {@link isTaggedElsewhere}, for the name of the image: a script that only writes the tag does not count. */
export function isNamedElsewhere(model: RootModel, workload: Workload, image: Field<string>): boolean {
  const { repository } = parseImage(image.value ?? '');
  const lines = [`image: ${repository}`, `image: "${repository}"`, `newName: ${repository}`];
  return isSetElsewhere(model, workload, image, lines);
}

/** @param lines the lines that hold it, as an edit of a file may look for them */
function isSetElsewhere(
  model: RootModel,
  { object }: Workload,
  image: Field<string>,
  lines: readonly string[],
): boolean {
  const value = image.value;
  if (value === undefined) return false;
  if (model.applier.setImages.includes(parseImage(value).repository)) return true;
  if (isForLocalCluster(model, value) || isTaggedByTilt(model, value)) return true;
  const steps = scriptsOf(model);
  if (steps === undefined) return false;
  const reference = `${object.kind.toLowerCase()}/${object.name.value ?? ''}`;
  if (steps.updatedObjects.some((imaged) => imaged.test(reference))) return true;
  const name = imageName(value);
  return (
    steps.taggedImages.some((tagged) => tagged.test(name)) ||
    steps.edits.some(
      ({ pattern, file }) =>
        file?.test(image.place.at.file.path) !== false &&
        (pattern === undefined || lines.some((line) => replaces(pattern, line))),
    )
  );
}

/** Whether Tilt builds the image of a root that no Flux Kustomization points at, whatever marks its objects have. */
function isTaggedByTilt({ applier, delivery }: RootModel, image: string): boolean {
  if (applier.flux.length > 0) return false;
  return delivery?.deploySteps().tiltImages.some((built) => built.test(imageName(image))) === true;
}

/** Whether a script or a document loads an image, which is never pushed, into a local cluster. */
function isForLocalCluster(model: RootModel, image: string): boolean {
  if (parseImage(image).repository.includes('/')) return false;
  return stepsOf(model)?.loadedImages.some((loaded) => loaded.test(image)) === true;
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
  // A pattern may begin with the key.
  const lines = [text, `name: ${text}`, `image: ${text}`];
  return (
    stepsOf(model)?.edits.some(
      ({ pattern, ...edit }) =>
        pattern !== undefined && lines.some((line) => replaces(pattern, line)) && !isElsewhere({ pattern, ...edit }),
    ) === true
  );
}

/** Whether `sed` replaces something in a text. `s/^/  /` matches any text, but replaces nothing. */
function replaces(pattern: LinearPattern, text: string): boolean {
  return pattern.test(text) && !pattern.test('');
}

/** Words in capitals joined by `_`, which cannot be in the name of an object. */
function placeholdersIn(text: string): string[] {
  return text.match(/(?<![A-Z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/g) ?? [];
}

/** Whether a script may fill a variable that is left in the manifests. */
export function mayBeFilledByScript(model: RootModel, variable: string, place: Place): boolean {
  return stepsOf(model)?.fillsVariables === true || isWrittenByScript(model, variable, place);
}
