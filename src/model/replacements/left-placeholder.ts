import { releaseWorkloads } from '../dependents.ts';
import { kinContainers } from '../migrations/kin-image.ts';
import { migratingContainer } from '../migrations/migration.ts';
import { parseImage } from '../objects/image.ts';
import { firstText, lastStep, type PlaceStep } from '../objects/place.ts';
import { isPlaceholderVersion } from '../objects/version.ts';
import type { Field } from '../objects/view.ts';
import { allContainers, type Container, type Workload } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';

/** An image that kept the word which the build fills in other fields of the release: `team/worker:TAG`. */
export interface LeftPlaceholder {
  readonly workload: Workload;
  readonly image: Field<string>;
  /** The word: `TAG`. */
  readonly word: string;
  /** Where the build filled the same word, and in which workload. */
  readonly filled: FilledPlaceholder;
}

interface FilledPlaceholder {
  readonly workload: Workload;
  readonly by: PlaceStep;
}

/**
 * The images of a root's releases whose tag is such a word, in their order. Left out is what other rules have an exact word
 * for: what a replacement wrote to, a target that selects nothing, and images that are compared with a migration's. Where the
 * build fills the word nowhere, a script may.
 */
export function findLeftPlaceholders(model: RootModel): LeftPlaceholder[] {
  if (model.replacementTargets.some(({ selected }) => selected === 0)) return [];
  const workloads = [...new Set([...releaseWorkloads(model), ...model.matches.map(({ waiter }) => waiter.workload)])];
  const compared = comparedContainers(model);
  const fields = workloads.flatMap((workload) => versionedFields(workload).map((field) => ({ workload, field })));
  return workloads.flatMap((workload) =>
    allContainers(workload.pod).flatMap((container) => {
      const { image } = container;
      const word = parseImage(image.value ?? '').tag ?? '';
      if (!isWord(word) || compared.has(container) || lastStep(image.place, 'replacement')) return [];
      const filled = fields.flatMap((other) => filledIn(other.workload, other.field, word) ?? []).at(0);
      return filled === undefined ? [] : [{ workload, image, word, filled }];
    }),
  );
}

/** The containers of services and migrations whose images should be of one version. */
function comparedContainers({ releases }: RootModel): Set<Container> {
  const compared = new Set<Container>();
  for (const service of releases.flatMap(({ services }) => services)) {
    for (const { migration } of service.dependsOn) {
      const kin = kinContainers(service, migration);
      const own = migratingContainer(migration);
      if (own !== undefined && kin.length > 0) for (const container of [own, ...kin]) compared.add(container);
    }
  }
  return compared;
}

/** The fields of a workload that carry the version: its images and its name. */
function versionedFields({ object, pod }: Workload): Field<string>[] {
  return [...allContainers(pod).map(({ image }) => image), object.name];
}

function filledIn(workload: Workload, { value, place }: Field<string>, word: string): FilledPlaceholder | undefined {
  const by = place.steps.findLast((step) => step.by === 'replacement' || step.by === 'image');
  if (by === undefined || value === undefined || holdsWord(value, word)) return undefined;
  return holdsWord(firstText(place), word) ? { workload, by } : undefined;
}

function isWord(tag: string): boolean {
  return /^[A-Z]/.test(tag) && isPlaceholderVersion(tag);
}

function holdsWord(text: string, word: string): boolean {
  return text.split(/[^A-Za-z0-9_]+/).includes(word);
}
