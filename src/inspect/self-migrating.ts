import type { SkippedPath } from '../discover/skipped-path.ts';
import { describeCommand } from '../model/migrations/migration-command.ts';
import { findSelfMigrations } from '../model/migrations/self-migration.ts';
import { serviceKinds } from '../model/releases/service-kind.ts';
import type { RootModel } from '../model/root-model.ts';
import { mentionsMigration } from '../model/tools/migration-names.ts';
import { imageName } from '../objects/image.ts';
import { describeObject, originalName } from '../objects/kubernetes-object.ts';
import type { Place } from '../objects/place.ts';
import type { Workload } from '../objects/workload.ts';

/** Describes the first service whose pods migrate the database themselves, and counts the others. */
export function describeSelfMigrating(models: Iterable<RootModel>): SkippedPath[] {
  const found = new Map<string, SkippedPath>();
  for (const workload of [...models].flatMap(({ workloads }) => workloads)) {
    const { object } = workload;
    const step = serviceKinds.has(object.kind) ? describeStep(workload) : undefined;
    if (step === undefined) continue;
    const why = `makes the pods of ${describeObject(object)} migrate the database themselves: container ${step.what}`;
    const key = `${object.name.place.at.file.path} ${originalName(object)}`;
    // A patch may set the command.
    if (!found.has(key)) found.set(key, { path: step.place.at.file.path, why, named: false, bears: true });
  }
  const [first, ...others] = found.values();
  if (first === undefined) return [];
  const more =
    others.length === 0 ? '' : others.length === 1 ? ', and so does one more' : `, and so do ${others.length} more`;
  return [{ ...first, why: `${first.why}${more}; the rules only check migrations that run as Jobs` }];
}

/** What migrates in a workload's pods: a command, or the image of an init container that is named for it. */
interface Step {
  readonly what: string;
  readonly place: Place;
}

function describeStep(workload: Workload): Step | undefined {
  const [migration] = findSelfMigrations(workload);
  if (migration !== undefined) {
    const name = migration.command.container.name.value ?? '';
    return { what: `\`${name}\` runs ${describeCommand(migration.command)}`, place: migration.field.place };
  }
  const named = workload.pod.initContainers.find(
    ({ name, image, command, args }) =>
      command.length + args.length === 0 &&
      mentionsMigration(name.value ?? '') &&
      mentionsMigration(imageName(image.value ?? '')),
  );
  return (
    named && {
      what: `\`${named.name.value ?? ''}\` starts with the image \`${imageName(named.image.value ?? '')}\``,
      place: named.image.place,
    }
  );
}
