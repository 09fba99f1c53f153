import { posix } from 'node:path';
import type { ConfigObject } from '../../../objects/config-object.ts';
import { flywayFile } from '../../../text/flyway-file.ts';
import { findMountedConfig } from '../../environment/mounted-config.ts';
import type { RootModel } from '../../root-model.ts';
import { commentsOf } from '../../scripts/file-comments.ts';
import type { Migration } from '../migration.ts';

/** Migrations that lie beside those of a generated ConfigMap, and that no ConfigMap of the trees holds and no comment names. */
export interface ForgottenFiles {
  /** The ConfigMap that a migration mounts. */
  readonly config: ConfigObject;
  /** Where the files lie. */
  readonly folder: string;
  readonly names: readonly string[];
}

/** How tools name versioned migrations: `V4__add_score.sql`, `0004_add_score.sql`, `20250101120000_add_score.up.sql`. */
const namings: readonly RegExp[] = [flywayFile, /^\d+[_-].+(?<!\.down)\.sql$/];

/** Finds them for each ConfigMap that the pods of a migration mount. */
export function findForgottenFiles(model: RootModel, { job }: Migration): ForgottenFiles[] {
  return findMountedConfig(model.config, job, job.pod.containers).flatMap((config) => findForgotten(model, config));
}

function findForgotten(model: RootModel, config: ConfigObject): ForgottenFiles[] {
  return namings.flatMap((naming) => {
    const listed = [...config.keys].flatMap(([key, { place }]) =>
      naming.test(key) && posix.basename(place.at.file.path) === key ? posix.dirname(place.at.file.path) : [],
    );
    const [folder, ...others] = new Set(listed);
    // Files of several folders may be left out on purpose, by environment.
    if (folder === undefined || others.length > 0) return [];
    const beside = model.unlisted.filesIn(folder).filter((name) => naming.test(name) && !config.keys.has(name));
    if (beside.length === 0) return [];
    const all = model.configInAllRoots('ConfigMap');
    const comments = commentsOf(config.object.name.place.at.file);
    const names = beside
      .filter((name) => !all.some((each) => holdsFile(each, folder, name)) && !comments.includes(name))
      .sort();
    return names.length === 0 ? [] : [{ config, folder, names }];
  });
}

/** Whether a ConfigMap holds a file of this name, or this file under another key. */
function holdsFile({ keys }: ConfigObject, folder: string, name: string): boolean {
  return keys.has(name) || [...keys.values()].some(({ place }) => place.at.file.path === posix.join(folder, name));
}
