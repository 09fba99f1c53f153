/** Inserted by the bundler from package.json. */
declare const MIGRATE_LINT_VERSION: string | undefined;

/** The version of migrate-lint; a placeholder when it runs from its sources, as in tests. */
export const version = typeof MIGRATE_LINT_VERSION === 'undefined' ? '0.0.0-dev' : MIGRATE_LINT_VERSION;
