import { posix } from 'node:path';
import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { imageName, parseImage } from '../../objects/image.ts';
import { firstText, hasStep, lastSetter } from '../../objects/place.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { type Field, isPresent, type Present } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { editDistance } from '../../text/edit-distance.ts';
import { concernedContainers } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import type { ImageEntry } from './kustomization-entry.ts';

/** An entry of `images` that matches nothing, and the image of a release that it was probably meant for. */
export interface UnmatchedImage {
  readonly entry: ImageEntry;
  readonly name: Present<string>;
  /**
   * `renamed`: an entry of another kustomization has already given the image another name. `patched`: a patch has.
   * `registry`: the names differ only in what comes before the last `/`. `typo`: they are otherwise alike. `untagged`: it
   * is the only such entry, and the only image without a tag, and both are in one folder of a registry.
   */
  readonly how: 'renamed' | 'patched' | 'registry' | 'typo' | 'untagged';
  /** The name of the image as the build has it, without tag and digest. */
  readonly repository: string;
  /** Where it runs; at least one. */
  readonly uses: readonly ImageUse[];
}

/** The image of a container in a release. */
interface ImageUse {
  readonly workload: Workload;
  readonly image: Present<string>;
}

/**
 * The entries of `images` that match nothing but were meant for an image of a release. An entry that could mean several
 * images is left out, and so is one for an image whose tag something else sets.
 */
export const findUnmatchedImages: (model: RootModel) => readonly UnmatchedImage[] = oncePer((model) => {
  if (!model.completeButSettings || concernedContainers(model).length === 0) return [];
  const entries = model.entries().images.filter(({ matched, sets }) => matched === 0 && sets.length > 0);
  if (entries.length === 0) return [];
  const images = [...usesByRepository(model)];
  return entries.flatMap((entry) => {
    const { name } = entry;
    if (!isPresent(name)) return [];
    const meant = images.flatMap(([repository, uses]) => {
      const how = compareNames(entry, name, repository, uses);
      return how === undefined ? [] : [{ entry, name, how, repository, uses }];
    });
    if (meant.length > 0 || entries.length > 1) return meant.length === 1 ? meant : [];
    const untagged = images.filter(([, uses]) => uses.every(({ image }) => isUntagged(image.value)));
    const [[repository = '', uses = []] = []] = untagged;
    const isMeant = untagged.length === 1 && sharesFolder(name.value, repository) && setsVersion(entry);
    return isMeant ? [{ entry, name, how: 'untagged' as const, repository, uses }] : [];
  });
});

/** Whether an entry of `images` that matches nothing was meant to set the tag of an image. */
export function isMeantToBeTagged(model: RootModel, image: Field<string>): boolean {
  return findUnmatchedImages(model).some(
    ({ entry, uses }) => setsVersion(entry) && uses.some((use) => use.image === image),
  );
}

function usesByRepository(model: RootModel): Map<string, readonly ImageUse[]> {
  const uses = concernedContainers(model).flatMap(({ workload, container: { image } }): ImageUse[] =>
    isPresent(image) && !isSymbolic(image.value) ? [{ workload, image }] : [],
  );
  return groupBy(uses, ({ image }) => [parseImage(image.value).repository]);
}

/** How the name of an entry came to miss an image, if it was meant for that. */
function compareNames(
  entry: ImageEntry,
  name: Present<string>,
  repository: string,
  uses: readonly ImageUse[],
): UnmatchedImage['how'] | undefined {
  if (name.value === repository) return undefined;
  if (uses.every(({ image }) => isRenamedBefore(image, name))) return 'renamed';
  if (uses.every(({ image }) => isRenamedByPatch(image, name))) {
    // An entry that repeats the patch is superfluous.
    return uses.every(({ image }) => image.value === imageOf(entry, repository)) ? undefined : 'patched';
  }
  if (uses.some(({ image }) => isSetByBuild(image))) return undefined;
  const [wanted, found] = [imageName(name.value), imageName(repository)];
  if (wanted === found) return 'registry';
  return isMisspelt(wanted, found) ? 'typo' : undefined;
}

/** Whether a step of the build has set the tag of an image. */
function isSetByBuild({ place }: Present<string>): boolean {
  return hasStep(place, 'image', 'replacement', 'substitution');
}

/** Whether an image had this name, until an entry of another kustomization renamed it. */
function isRenamedBefore({ place }: Present<string>, name: Present<string>): boolean {
  const setter = lastSetter(place);
  return (
    setter?.by === 'image' &&
    setter.at.file !== name.place.at.file &&
    parseImage(firstText(place)).repository === name.value
  );
}

/** Whether an image had this name, until a patch wrote another, which comes before the entries of `images`. */
function isRenamedByPatch({ place }: Present<string>, name: Present<string>): boolean {
  const by = lastSetter(place)?.by;
  return (
    (by === 'strategic merge patch' || by === 'json patch') && parseImage(firstText(place)).repository === name.value
  );
}

/** The image that an entry would make of one with this repository. */
function imageOf({ newName, newTag }: ImageEntry, repository: string): string {
  return `${newName.value ?? repository}:${newTag.value ?? ''}`;
}

function isUntagged(image: string): boolean {
  const { tag, digest } = parseImage(image);
  return tag === undefined && digest === undefined;
}

function setsVersion({ sets }: ImageEntry): boolean {
  return sets.some((field) => field !== 'newName');
}

/** Whether two images are in the same folder of a registry. */
function sharesFolder(one: string, other: string): boolean {
  const folder = posix.dirname(one);
  return folder !== '.' && folder === posix.dirname(other);
}

/** Whether two names differ in about one letter in six, and not only in a number. */
function isMisspelt(one: string, other: string): boolean {
  const withoutNumbers = (name: string): string => name.replace(/\d+/g, '');
  return (
    withoutNumbers(one) !== withoutNumbers(other) &&
    editDistance(one, other) <= Math.floor(Math.min(one.length, other.length) / 6)
  );
}
