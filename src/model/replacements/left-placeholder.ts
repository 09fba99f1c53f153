import { oncePerText } from '../../collections/once.ts';
import { imageOf } from '../../objects/image.ts';
import { firstText, hasStep, type PlaceStep } from '../../objects/place.ts';
import { isPlaceholderVersion } from '../../objects/version.ts';
import type { Field } from '../../objects/view.ts';
import { allContainers, type Container, type Workload } from '../../objects/workload.ts';
import { sameSourceContainers } from '../images/image-source.ts';
import { migratingContainer } from '../migrations/migration.ts';
import { concernedContainers, concernedWorkloads } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';

/** An image that still has a word which the build fills in other fields of the release: `team/worker:TAG`. */
export interface LeftPlaceholder {
  readonly workload: Workload;
  readonly image: Field<string>;
  /** The word: `TAG`. */
  readonly word: string;
  /** Where the build filled the same word. */
  readonly filled: FilledPlaceholder;
}

interface FilledPlaceholder {
  readonly workload: Workload;
  readonly by: PlaceStep;
}

/**
 * The images of a root's releases whose tag is such a word, in order. Skips what other rules report more precisely:
 * images that a replacement wrote to or that are compared with a migration's, and roots with a target that selects
 * nothing. If the build fills the word nowhere, a script may do so.
 */
export function findLeftPlaceholders(model: RootModel): LeftPlaceholder[] {
  if (model.replacementTargets.some(({ selected }) => selected === 0)) return [];
  const compared = comparedContainers(model);
  const findFilled = oncePerText((word) => firstFilled(concernedWorkloads(model), word));
  return concernedContainers(model).flatMap(({ workload, container }) => {
    const { image } = container;
    const word = imageOf(container).tag ?? '';
    if (!isWord(word) || compared.has(container) || hasStep(image.place, 'replacement')) return [];
    const filled = findFilled(word);
    return filled === undefined ? [] : [{ workload, image, word, filled }];
  });
}

/** The containers of services and migrations whose images should have the same version. */
function comparedContainers({ releases }: RootModel): Set<Container> {
  const compared = new Set<Container>();
  for (const service of releases.flatMap(({ services }) => services)) {
    for (const { migration } of service.dependsOn) {
      const built = sameSourceContainers(service, migration);
      const own = migratingContainer(migration);
      if (own !== undefined && built.length > 0) for (const container of [own, ...built]) compared.add(container);
    }
  }
  return compared;
}

function firstFilled(workloads: Iterable<Workload>, word: string): FilledPlaceholder | undefined {
  for (const workload of workloads) {
    for (const field of versionedFields(workload)) {
      const by = stepThatFilled(field, word);
      if (by !== undefined) return { workload, by };
    }
  }
  return undefined;
}

/** The fields of a workload that carry the version: its images and its name. */
function versionedFields({ object, pod }: Workload): Field<string>[] {
  return [...allContainers(pod).map(({ image }) => image), object.name];
}

function stepThatFilled({ value, place }: Field<string>, word: string): PlaceStep | undefined {
  if (value === undefined || holdsWord(value, word) || !holdsWord(firstText(place), word)) return undefined;
  return place.steps.findLast((step) => step.by === 'replacement' || step.by === 'image');
}

function isWord(tag: string): boolean {
  return /^[A-Z]/.test(tag) && isPlaceholderVersion(tag);
}

function holdsWord(text: string, word: string): boolean {
  return text.split(/[^A-Za-z0-9_]+/).includes(word);
}
