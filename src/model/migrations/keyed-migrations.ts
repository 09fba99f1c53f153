import { groupBy } from '../../collections/group-by.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Migration } from './migration.ts';

/** No service waits for more. If thousands share one database, pairing each with each would be millions of pairs. */
const mostMigrations = 100;

/** Looks up migrations by keys that workloads may share with them; a root may hold thousands of either. */
export class KeyedMigrations {
  readonly #byKey: ReadonlyMap<string, readonly Migration[]>;
  readonly #positions: ReadonlyMap<Migration, number>;

  constructor(migrations: readonly Migration[], keysOf: (migration: Migration) => Iterable<string>) {
    this.#byKey = groupBy(migrations, (migration) => [...keysOf(migration)]);
    this.#positions = new Map(migrations.map((migration, index) => [migration, index]));
  }

  /** The last hundred migrations in the namespace of a workload that have one of its keys, in the given order. */
  near({ object: { namespace } }: Workload, keys: Iterable<string>): Migration[] {
    const found = new Set([...keys].flatMap((key) => this.#byKey.get(key) ?? []));
    return [...found]
      .filter(({ job }) => sameNamespace(job.object.namespace.value, namespace.value))
      .sort((a, b) => (this.#positions.get(a) ?? 0) - (this.#positions.get(b) ?? 0))
      .slice(-mostMigrations);
  }
}
