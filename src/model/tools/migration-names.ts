const migrationScriptName =
  /^((db|database|schema|prisma|typeorm|sequelize|knex|drizzle|run|apply|execute|do|start)[:._-]?)*(migrate|migrations?)([:._-]?(up|run|deploy|latest|apply|prod|production|db|database|all|head|schema|and))*$/i;

const schemaScriptName = /^(apply|update|upgrade)[:._-]?((db|database)[:._-]?)?schema$/i;

/**
 * Whether a custom script or program runs migrations, by its name: `db:migrate:deploy`, `run-migrations`, `migrate`,
 * `apply-schema`.
 */
export function isMigrationScript(name: string): boolean {
  return mentionsMigration(name) ? migrationScriptName.test(name) : schemaScriptName.test(name);
}

/** A quick test before slower patterns, since few texts mention migrations. */
export function mentionsMigration(text: string): boolean {
  return text.toLowerCase().includes('migrat');
}

/** Tools whose name in that of a Job means nothing else. */
export const toolNames: ReadonlyMap<string, string> = new Map([
  ['flyway', 'Flyway'],
  ['liquibase', 'Liquibase'],
  ['alembic', 'Alembic'],
  ['sqitch', 'Sqitch'],
  ['dbmate', 'dbmate'],
]);

/** Names of Jobs that move something other than a database's schema: stored API objects, volumes, buckets. */
export const otherMigration =
  /storage-?version|crds?\b|-resources?\b|\b(pvc|pv|volumes?|storage|buckets?|s3|minio|secrets|cluster|nodes|velero|etcd)\b|keycloak-?migration|\bflux-cli\b/i;
