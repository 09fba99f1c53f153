import type { SkippedPath } from '../discover/skipped-path.ts';
import { describeCommand } from '../model/migrations/migration-command.ts';
import { findSelfMigrations } from '../model/migrations/self-migration.ts';
import { describeObject } from '../model/objects/kubernetes-object.ts';
import { serviceKinds } from '../model/release.ts';
import type { RootModel } from '../model/root-model.ts';

/** Describes the first service whose pods migrate the database themselves, and counts the others. */
export function describeSelfMigrating(models: Iterable<RootModel>): SkippedPath[] {
  const found = new Map<string, SkippedPath>();
  for (const workload of [...models].flatMap(({ workloads }) => workloads)) {
    const { object } = workload;
    const [migration] = serviceKinds.has(object.kind) ? findSelfMigrations(workload) : [];
    if (migration === undefined) continue;
    const { path } = object.name.place.at.file;
    const why = `makes the pods of ${describeObject(object)} migrate the database themselves: container \`${migration.command.container.name.value ?? ''}\` runs ${describeCommand(migration.command)}`;
    const key = `${path} ${object.earlierNames[0] ?? object.name.value}`;
    if (!found.has(key)) found.set(key, { path, why, named: false, bears: true });
  }
  const [first, ...others] = found.values();
  if (first === undefined) return [];
  const more =
    others.length === 0 ? '' : others.length === 1 ? ', and so does one more' : `, and so do ${others.length} more`;
  return [{ ...first, why: `${first.why}${more}; the rules only check migrations that run as Jobs` }];
}
