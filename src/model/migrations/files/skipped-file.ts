import { posix } from 'node:path';
import type { ConfigObject } from '../../../objects/config-object.ts';
import { imageOf } from '../../../objects/image.ts';
import type { Container, Job } from '../../../objects/workload.ts';
import { trimEnd } from '../../../text/trim-end.ts';
import { readEnvironment } from '../../environment/environment.ts';
import { findMountedConfig } from '../../environment/mounted-config.ts';
import type { RootModel } from '../../root-model.ts';
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

/** How a tool names migrations. */
export interface Naming {
  readonly takes: RegExp;
  readonly example: string;
  /** Makes a name that it takes. */
  readonly write: (version: string, title: string) => string;
  /** Whether versions may have dots. */
  readonly hasDots?: boolean;
}

/** Names that somebody meant for a tool, though perhaps another one: `V2__score.sql`, `002-score.sql`. */
const numbered = /^[Vv]?\d.*\.sql$/;

const numberAndTitle: Naming['write'] = (version, title) => `${version}_${title}.sql`;

/**
 * The tools that skip other names silently:
 * - Flyway's resources start with a prefix, which is case-sensitive (`ResourceNameParser`);
 * - golang-migrate takes `source.Regex` of its `source/parse.go`, dbmate `migrationFileRegexp`, tern `migrationPattern`.
 */
const namings: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  [
    'Flyway',
    {
      takes: /^[VURB].*\.sql$/,
      example: 'V1__init.sql',
      write: (version, title) => `V${version}__${title}.sql`,
      hasDots: true,
    },
  ],
  [
    'golang-migrate',
    {
      takes: /^\d+_.*\.(?:up|down)\./,
      example: '000001_init.up.sql',
      write: (version, title) => `${version}_${title}.up.sql`,
    },
  ],
  ['dbmate', { takes: /^\d.*\.sql$/, example: '20260101120000_init.sql', write: numberAndTitle }],
  ['tern', { takes: /^\d+_.+\.sql$/, example: '001_init.sql', write: numberAndTitle }],
]);

/** The name that the tool takes for a file; undefined for a version with dots, which only Flyway knows. */
export function nameFor({ write, hasDots = false }: Naming, name: string): string | undefined {
  const [, version = '', title = ''] = /^[Vv]?(\d+(?:\.\d+)*)(.*)/.exec(posix.basename(name, '.sql')) ?? [];
  if (version.includes('.') && !hasDots) return undefined;
  return write(version, posix.basename(title.replace(/^[^a-z0-9]+/i, ''), '.up') || 'init');
}

/** Finds them in the ConfigMaps that the migration's container mounts, if nothing else there runs SQL files. */
export function findSkippedFiles({ config }: RootModel, { job, command }: Migration): SkippedFiles[] {
  const tool = command?.tool?.name ?? '';
  const naming = namings.get(tool);
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
  return /\.sql\b|\b(?:psql|mysql|mariadb|sqlcmd|sqlite3|cp|mv|ln)\b/.test(textAround(command));
}

/** Whether Flyway may be told another prefix: by its image, its settings, or a file. */
function hasOwnPrefix(command: MigrationCommand, job: Job, config: readonly ConfigObject[]): boolean {
  const { container, tool } = command;
  if (tool?.name !== 'Flyway') return false;
  const { variables, unknownImports } = readEnvironment(container, job, config);
  const isOwnImage = !/(?:^|\/)(?:flyway|redgate)\/flyway$/.test(imageOf(container).repository);
  const isSet = [...variables.keys()].some((name) => /^FLYWAY_(?:SQL_MIGRATION|CONFIG)/.test(name));
  const hasFile = config.some(({ keys }) => [...keys.keys()].some((key) => /^flyway.*\.(?:conf|toml)$/.test(key)));
  return (
    isOwnImage || unknownImports.length > 0 || isSet || hasFile || /sqlMigration|configFiles/i.test(textAround(command))
  );
}
