import { posix } from 'node:path';

/** How a tool names migrations. */
export interface Naming {
  readonly takes: RegExp;
  readonly example: string;
  /** Makes a name that it takes. */
  readonly write: (version: string, title: string) => string;
  /** Whether versions may have dots. */
  readonly hasDots?: boolean;
}

const numberAndTitle: Naming['write'] = (version, title) => `${version}_${title}.sql`;

/**
 * The tools that skip other names silently:
 * - Flyway's resources start with a prefix, which is case-sensitive (`ResourceNameParser`);
 * - golang-migrate takes `source.Regex` of its `source/parse.go`, dbmate `migrationFileRegexp`, tern `migrationPattern`.
 */
export const fileNamings: ReadonlyMap<string, Naming> = new Map<string, Naming>([
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
