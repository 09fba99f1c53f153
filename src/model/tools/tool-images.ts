/**
 * Images whose entry point is a migration tool, so that arguments need no program. Custom images with such a tool are
 * recognised by its flags or words, or by a variable that no other program reads.
 */
export const migrationImages: readonly {
  readonly image: RegExp;
  /** The names under which its makers publish it. */
  readonly published: readonly string[];
  readonly flag?: RegExp;
  readonly variable?: string;
  /** The first arguments, joined by spaces. */
  readonly words?: RegExp;
  readonly program: string;
}[] = [
  {
    image: /(^|\/)(golang-)?migrate\/migrate$/,
    published: ['migrate/migrate'],
    flag: /^--?(path|source|database)(=|$)/,
    program: 'migrate',
  },
  {
    image: /(^|\/)flyway$/,
    published: ['flyway', 'flyway/flyway', 'redgate/flyway'],
    variable: 'FLYWAY_URL',
    program: 'flyway',
  },
  {
    image: /(^|\/)liquibase$/,
    published: ['liquibase', 'liquibase/liquibase'],
    flag: /^--changelog-?file\b/i,
    variable: 'LIQUIBASE_COMMAND_URL',
    program: 'liquibase',
  },
  { image: /(^|\/)dbmate$/, published: ['amacneil/dbmate'], program: 'dbmate' },
  {
    image: /(^|\/)(arigaio|ariga)\/atlas$/,
    published: ['arigaio/atlas', 'ariga/atlas'],
    words: /^(schema|migrate) apply .*--?(url|u)\b/,
    program: 'atlas',
  },
  { image: /(^|\/)sqitch$/, published: ['sqitch/sqitch'], program: 'sqitch' },
];

/** Whether an image is one of a migration tool. */
export function isMigrationImage(repository: string): boolean {
  return migrationImages.some(({ image }) => image.test(repository));
}

/** Whether an image is one that the makers of a tool publish, perhaps through a mirror, so that it holds no migrations. */
export function isPublishedTool(repository: string): boolean {
  return migrationImages
    .flatMap(({ published }) => published)
    .some((name) => repository === name || (name.includes('/') && repository.endsWith(`/${name}`)));
}

/** Variables that only the command line of a migration tool reads, and its name. */
export const toolVariables: ReadonlyMap<string, string> = new Map([
  ['GOOSE_DBSTRING', 'goose'],
  ['FLYWAY_URL', 'Flyway'],
  ['LIQUIBASE_COMMAND_URL', 'Liquibase'],
]);
