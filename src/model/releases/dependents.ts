import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { allContainers, type Workload, type WorkloadContainer } from '../../objects/workload.ts';
import type { Migration } from '../migrations/migration.ts';
import type { RootModel } from '../root-model.ts';
import type { Release, Service } from './release.ts';

/** Whether a root involves migrations: it has one, or something in it waits for a Job. */
export function concernsMigrations({ migrations, matches }: Pick<RootModel, 'migrations' | 'matches'>): boolean {
  return migrations.length > 0 || matches.length > 0;
}

/** The services that depend on a migration. */
export function dependentsOf(releases: readonly Release[], migration: Migration): readonly Service[] {
  return dependentsByMigration(releases).get(migration) ?? [];
}

const dependentsByMigration = oncePer((releases: readonly Release[]) => {
  const services = releases.flatMap((release) => release.services);
  return groupBy(services, ({ dependsOn }) => dependsOn.map(({ migration }) => migration));
});

/** The release that a migration belongs to. */
export function releaseOf(releases: readonly Release[], migration: Migration): Release | undefined {
  return releaseByMigration(releases).get(migration);
}

const releaseByMigration = oncePer((releases: readonly Release[]) => {
  return new Map(releases.flatMap((release) => release.migrations.map((migration) => [migration, release])));
});

/** The migrations that services of a release depend on, each once. */
export function neededMigrations({ services }: Release): ReadonlySet<Migration> {
  return new Set(services.flatMap((service) => service.dependsOn.map(({ migration }) => migration)));
}

/** The Jobs of all migrations and the workloads that depend on them, each once. */
export function releaseWorkloads({
  migrations,
  releases,
}: Pick<RootModel, 'migrations' | 'releases'>): ReadonlySet<Workload> {
  const services = releases.flatMap((release) => release.services.map(({ workload }) => workload));
  return new Set<Workload>([...migrations.map(({ job }) => job), ...services]);
}

/** The workloads of all releases, and whatever else waits for a Job. Several rules ask for them. */
export const concernedWorkloads = oncePer(
  (model: Pick<RootModel, 'migrations' | 'releases' | 'matches'>): ReadonlySet<Workload> =>
    new Set([...releaseWorkloads(model), ...model.matches.map(({ waiter }) => waiter.workload)]),
);

/** The containers of all {@link concernedWorkloads}, in the order in which they start. */
export const concernedContainers = oncePer((model: Parameters<typeof concernedWorkloads>[0]): WorkloadContainer[] =>
  [...concernedWorkloads(model)].flatMap((workload) =>
    allContainers(workload.pod).map((container) => ({ workload, container })),
  ),
);
