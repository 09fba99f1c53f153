import type { WorkloadContainer } from '../../objects/workload.ts';
import { concernedContainers } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isNamedElsewhere } from '../scripts/scripted-value.ts';
import { type ImageNameFault, judgeImageName } from './image-name-fault.ts';

/** A container whose image cannot be pulled under its name. */
export interface MisnamedImage extends WorkloadContainer, ImageNameFault {}

/** Finds such containers in a release, except those whose image a script sets. */
export function findMisnamedImages(model: RootModel): MisnamedImage[] {
  return concernedContainers(model).flatMap(({ workload, container }) => {
    const fault = judgeImageName(container.image.value ?? '');
    if (fault === undefined || isNamedElsewhere(model, workload, container.image)) return [];
    return [{ ...fault, workload, container }];
  });
}
