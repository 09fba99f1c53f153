import { posix } from 'node:path';
import { groupBy } from '../../collections/group-by.ts';
import { parseImage } from '../../objects/image.ts';
import { firstText, lastStep, type PlaceStep } from '../../objects/place.ts';
import { isPresent, type Present } from '../../objects/view.ts';
import { allContainers, type Workload } from '../../objects/workload.ts';
import { concernsMigrations } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isNamedElsewhere } from '../scripts/scripted-value.ts';

/** An image without a registry that `images` has no entry for, although it gives one to all others named like it. */
export interface OmittedImage {
  readonly workload: Workload;
  readonly image: Present<string>;
  /** What the names have in common, such as `shop-`. */
  readonly prefix: string;
  /** How many others there are. */
  readonly others: number;
  /** The entry of one of the others. */
  readonly entry: PlaceStep;
  /** The folder of the registry that the others are in. */
  readonly folder: string;
}

/** An image with a bare name, such as `shop-web`, and the name that an entry of `images` gave it. */
interface BareImage {
  readonly workload: Workload;
  readonly image: Present<string>;
  readonly bare: string;
  readonly renamed: { readonly folder: string; readonly entry: PlaceStep } | undefined;
}

/** Finds the images that were left out of `images`, each once. */
export function findOmittedImages(model: RootModel): OmittedImage[] {
  if (!concernsMigrations(model) || !model.completeButSettings) return [];
  const named = model.workloads.flatMap(bareImages);
  if (!named.some(({ renamed }) => renamed !== undefined)) return [];
  return [...groupBy(named, ({ bare }) => prefixesOf(bare))].flatMap(([prefix, all]) =>
    omittedFrom(all, prefix, model),
  );
}

function bareImages(workload: Workload): BareImage[] {
  return allContainers(workload.pod).flatMap(({ image }): BareImage[] => {
    if (!isPresent(image)) return [];
    const { repository: bare } = parseImage(firstText(image.place));
    const { repository, tag, digest } = parseImage(image.value);
    if (bare.includes('/')) return [];
    const entry = lastStep(image.place, 'image');
    if (entry !== undefined && repository.includes('/')) {
      return [{ workload, image, bare, renamed: { folder: posix.dirname(repository), entry } }];
    }
    const isLeft = repository === bare && tag === undefined && digest === undefined;
    return isLeft ? [{ workload, image, bare, renamed: undefined }] : [];
  });
}

/** What a name begins with, most likely the project's name; none for a name of one word. */
function prefixesOf(bare: string): string[] {
  return /^[a-z0-9]{2,}-/.exec(bare)?.slice(0, 1) ?? [];
}

function omittedFrom(all: readonly BareImage[], prefix: string, model: RootModel): OmittedImage[] {
  const renamed = new Map(all.flatMap(({ bare, renamed: by }) => (by === undefined ? [] : [[bare, by] as const])));
  const [first] = renamed.values();
  const folders = new Set([...renamed.values()].map(({ folder }) => folder));
  const left = new Map(all.filter((each) => each.renamed === undefined).map((each) => [each.bare, each]));
  if (first === undefined || folders.size > 1 || renamed.size < 3 || left.size >= renamed.size) return [];
  return [...left.values()].flatMap(({ workload, image, bare }) =>
    renamed.has(bare) || isNamedElsewhere(model, workload, image)
      ? []
      : [{ workload, image, prefix, others: renamed.size, ...first }],
  );
}
