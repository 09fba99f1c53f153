import type { RootModel } from '../../model/root-model.ts';
import { parseImage } from '../../objects/image.ts';
import { firstText, lastStep } from '../../objects/place.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import type { FileEdit, ImageEdit } from './file-edits.ts';

/** A pipeline that sets the image of the service under `images` and not that of its migration, or the other way round. */
export interface ForgottenImage {
  /** The last edit of the kustomization. */
  readonly edit: ImageEdit;
  /** The name of the image that is set. */
  readonly set: string;
  /** The name of the one that is not. */
  readonly name: string;
  readonly workload: Workload;
  readonly image: Container['image'];
}

/** Finds the first one in the kustomization of a root. */
export function findForgottenImage(edits: readonly FileEdit[], model: RootModel): ForgottenImage | undefined {
  const own = edits.filter(
    (edit): edit is ImageEdit => edit.kind === 'image' && edit.folder === model.root.path && edit.listed,
  );
  const edit = own.at(-1);
  // Another command may write the tag in some other way.
  if (edit === undefined || edits.some(({ kind, file }) => kind !== 'image' && file === edit.file)) return undefined;
  const names = new Set(own.map(({ image }) => image));
  for (const { migrations, services } of model.releases) {
    const pods = [...services.map(({ workload }) => workload), ...migrations.map(({ job }) => job)];
    const images = pods.flatMap((workload) =>
      workload.pod.containers.flatMap(({ image }) => {
        const name = imageName(image, edit.file);
        return name === undefined ? [] : [{ workload, name, image, tag: parseImage(image.value ?? '').tag }];
      }),
    );
    const set = images.find(({ name }) => names.has(name));
    const forgotten = images.find(({ name, tag }) => !names.has(name) && tag !== undefined && tag === set?.tag);
    if (set === undefined || forgotten === undefined) continue;
    const { name, workload, image } = forgotten;
    return { edit, set: set.name, name, workload, image };
  }
  return undefined;
}

/** The name that a container gives an image whose tag comes from the kustomization in `file`. */
function imageName(image: Container['image'], file: FileEdit['file']): string | undefined {
  return lastStep(image.place, 'image')?.at.file === file ? parseImage(firstText(image.place)).repository : undefined;
}
