/** The name of a versioned migration of Flyway, with the version as the first group: `V4__add_score.sql`. */
export const flywayFile = /^V(\d(?:(?!__)[\w.])*)__.+\.sql$/;
