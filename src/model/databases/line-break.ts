import { groupBy } from '../../collections/group-by.ts';
import type { Workload } from '../../objects/workload.ts';
import { spanKey } from '../../source/span.ts';
import { readEnvironment, settingPlace } from '../environment/environment.ts';
import { concernedContainers } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { type DatabaseSetting, findDatabaseSettings } from './database-setting.ts';

/** A database setting whose only line ends with a line break, and the workloads that get it. */
export interface LineBreak {
  readonly setting: DatabaseSetting;
  readonly workloads: readonly Workload[];
}

/** Finds them in the settings of a release; one for each place that holds a value. */
export function findLineBreaks(model: RootModel): LineBreak[] {
  const uses = concernedContainers(model).flatMap(({ workload, container }) => {
    const environment = readEnvironment(container, workload, model.config);
    const broken = findDatabaseSettings(environment).filter(({ variable }) => endsWithBreak(variable.value));
    return broken.map((setting) => ({ setting, workload }));
  });
  const byPlace = groupBy(uses, ({ setting }) => [spanKey(settingPlace(setting.variable).at)]);
  return [...byPlace.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ setting: first.setting, workloads: [...new Set(same.map(({ workload }) => workload))] }] : [];
  });
}

/** A certificate or another text of several lines ends with one as well. */
function endsWithBreak(value: string | undefined): boolean {
  return value !== undefined && /^[^\r\n]+\r?\n$/.test(value);
}
