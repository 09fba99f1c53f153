import type { Container, Workload } from '../../objects/workload.ts';
import { readEnvironment, type Variable } from '../environment/environment.ts';
import type { RootModel } from '../root-model.ts';

/** A variable that makes a service migrate the database when it starts. */
export interface MigrationSetting {
  readonly container: Container;
  readonly variable: Variable;
  readonly value: string;
}

/** Finds the first such variable of a workload's own containers. */
export function findMigrationSetting({ config }: RootModel, workload: Workload): MigrationSetting | undefined {
  for (const container of workload.pod.containers) {
    for (const variable of readEnvironment(container, workload, config).variables.values()) {
      const { name, value = '', secret } = variable;
      if (!secret && asksToMigrate(name) && /^(true|1|yes|on)$/i.test(value.trim())) {
        return { container, variable, value };
      }
    }
  }
  return undefined;
}

/** Names of Spring Boot and Quarkus, and those that many entry points use. */
function asksToMigrate(name: string): boolean {
  return (
    /^(SPRING_(FLYWAY|LIQUIBASE)_ENABLED|QUARKUS_(FLYWAY|LIQUIBASE)_MIGRATE_AT_START)$/.test(name) ||
    /^(\w+_)?((RUN|APPLY|AUTO)_(DB_|DATABASE_)?MIGRATIONS?|AUTO_?MIGRATE|MIGRATE_(ON|AT)_(START|STARTUP|BOOT))$/.test(
      name,
    )
  );
}
