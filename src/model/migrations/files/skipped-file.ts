import type { ConfigObject } from '../../../objects/config-object.ts';
import { imageOf } from '../../../objects/image.ts';
import type { Container, Job } from '../../../objects/workload.ts';
import { trimEnd } from '../../../text/trim-end.ts';
import { clientPrograms } from '../../databases/database-programs.ts';
import { readEnvironment } from '../../environment/environment.ts';
import { findMountedConfig } from '../../environment/mounted-config.ts';
import type { RootModel } from '../../root-model.ts';
import { fileNamings, type Naming } from '../../tools/file-namings.ts';
import { isPublishedTool } from '../../tools/tool-images.ts';
import type { Migration } from '../migration.ts';
import { type MigrationCommand, textAround } from '../migration-command.ts';

/** Migrations in a mounted ConfigMap with names that the tool passes over without a word. */
export interface SkippedFiles {
  /** The ConfigMap that the migration mounts. */
  readonly config: ConfigObject;
  readonly names: readonly string[];
  /** Whether the ConfigMap holds no file that the tool takes. */
  readonly isAll: boolean;
  readonly tool: string;
  readonly naming: Naming;
}

/** Names that somebody meant for a tool, though perhaps another one: `V2__score.sql`, `002-score.sql`. */
const numbered = /^[Vv]?\d.*\.sql$/;

/** Finds them in the ConfigMaps that the migration's container mounts, if nothing else there runs SQL files. */
export function findSkippedFiles({ config }: RootModel, { job, command }: Migration): SkippedFiles[] {
  const tool = command?.tool?.name ?? '';
  const naming = fileNamings.get(tool);
  if (command === undefined || naming === undefined) return [];
  const { container } = command;
  const skipped = findMountedConfig(config, job, [container]).flatMap((mounted): SkippedFiles[] => {
    const keys = [...mounted.keys.keys()].filter((key) => isFileOf(container, key));
    const names = keys.filter((key) => numbered.test(key) && !naming.takes.test(key)).sort();
    const isAll = !keys.some((key) => naming.takes.test(key));
    return names.length === 0 ? [] : [{ config: mounted, names, isAll, tool, naming }];
  });
  return skipped.length === 0 || runsFiles(command) || hasOwnPrefix(command, job, config) ? [] : skipped;
}

/** Whether a container has a file of this name where it mounts ConfigMaps. */
function isFileOf({ configPaths, findFile }: Container, name: string): boolean {
  return configPaths.some(({ value }) => findFile?.(`${trimEnd(value, '/')}/${name}`) !== undefined);
}

/** Whether a command may run files of any name, or give them other names. */
function runsFiles(command: MigrationCommand): boolean {
  return runningOrMoving.test(textAround(command));
}

/** Whether Flyway may be told another prefix: by its image, its settings, or a file. */
function hasOwnPrefix(command: MigrationCommand, job: Job, config: readonly ConfigObject[]): boolean {
  const { container, tool } = command;
  if (tool?.name !== 'Flyway') return false;
  const { variables, unknownImports } = readEnvironment(container, job, config);
  const isOwnImage = !isPublishedTool(imageOf(container).repository);
  const isSet = [...variables.keys()].some((name) => /^FLYWAY_(?:SQL_MIGRATION|CONFIG)/.test(name));
  const hasFile = config.some(({ keys }) => [...keys.keys()].some((key) => /^flyway.*\.(?:conf|toml)$/.test(key)));
  return (
    isOwnImage || unknownImports.length > 0 || isSet || hasFile || /sqlMigration|configFiles/i.test(textAround(command))
  );
}

const runningOrMoving = new RegExp(`\\.sql\\b|\\b(?:${[...clientPrograms].join('|')}|cp|mv|ln)\\b`);
