/** Put in by the bundler from package.json. */
declare const MIGRATE_LINT_VERSION: string | undefined;

/** The version of migrate-lint; when run from its sources, as in tests, there is none. */
export const version = typeof MIGRATE_LINT_VERSION === 'undefined' ? '0.0.0-dev' : MIGRATE_LINT_VERSION;
