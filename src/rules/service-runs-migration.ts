import type { Report, Rule } from '../lint/rule.ts';
import { settingPlace } from '../model/environment/environment.ts';
import { type EntryMigration, findEntryMigration } from '../model/migrations/entry-migration.ts';
import { describeCommand, pointAtScript } from '../model/migrations/migration-command.ts';
import { findMigrationSetting, type MigrationSetting } from '../model/migrations/migration-setting.ts';
import { findSelfMigrations, type SelfMigration } from '../model/migrations/self-migration.ts';
import { serviceKinds } from '../model/releases/service-kind.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import type { Workload } from '../objects/workload.ts';
import { sameSpan } from '../source/span.ts';

/** A service whose own pods migrate the database. */
export const serviceRunsMigration: Rule = {
  id: 'service-runs-migration',
  severity: 'error',
  category: 'service',
  docs: {
    summary: "The service's own pods also run the migration",
    symptom:
      'Every new pod and every restart runs the migration. Several at once fail with `relation already exists`, or wait for a lock until the liveness probe kills them.',
    why: 'A migration in the command, in a lifecycle hook or in an init container of the service runs in each of its pods: side by side with several replicas, again whenever a pod moves, and with the rights of the service. It also defeats the purpose of a migration Job: the pods do not wait for the Job, they compete with it.\n\nThe rule only looks at trees that have a migration Job. With more than one replica, or one pod on every node, it is an error; with one replica, or if the tool takes a lock, a warning. `npm start` and the like are looked up in the package.json of the repository, if it is clear which one is meant.\n\nA variable that makes the service migrate when it starts is a warning: `SPRING_FLYWAY_ENABLED: "true"`, `RUN_MIGRATIONS: "true"` and the like. So is a migration in the script that the Dockerfile names as `ENTRYPOINT`, such as `db:prepare` in the one that Rails generates.',
    fix: 'Leave the migration to the Job; the service should only start.',
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/'],
    since: '0.1.0',
  },
  check(model, report) {
    if (model.migrations.length === 0) return;
    for (const workload of model.workloads) {
      if (!serviceKinds.has(workload.object.kind)) continue;
      for (const migration of findSelfMigrations(workload)) {
        const { command, field } = migration;
        const isMild = !runsInMany(workload) || command.tool?.locks === true;
        report({
          message: `${describeObject(workload.object)} runs ${describeCommand(command)}${command.script ? ',' : ''} ${describeWhere(migration)}: ${consequence(workload)}, in addition to the migration Job of this tree.`,
          at: field.place.at,
          related: [...historyOf(field.place, 'command'), ...pointAtScript(command.script)],
          object: referTo(workload.object),
          field: field.path,
          hint: 'Leave the migration to the Job, and let the service wait for it.',
          severity: isMild ? 'warning' : undefined,
        });
      }
    }
    const services = new Set(model.releases.flatMap((release) => release.services.map(({ workload }) => workload)));
    for (const workload of services) {
      if (!serviceKinds.has(workload.object.kind) || findSelfMigrations(workload).length > 0) continue;
      const setting = findMigrationSetting(model, workload);
      const entry = findEntryMigration(model, workload);
      if (setting) reportSetting(workload, setting, report);
      else if (entry) reportEntry(workload, entry, report);
    }
  },
};

function reportEntry(workload: Workload, { container, command, entry, at }: EntryMigration, report: Report): void {
  report({
    message: `The image of container \`${container.name.value ?? ''}\` of ${describeObject(workload.object)} runs \`${command.text}\` in its entry point: ${consequence(workload)}, in addition to the migration Job of this tree.`,
    at: entry.at,
    related: [
      { at, note: 'the entry point migrates here' },
      { at: container.image.place.at, note: 'the image' },
    ],
    object: referTo(workload.object),
    hint: 'Leave the migration to the Job: remove it from the entry point.',
    severity: 'warning',
  });
}

function reportSetting(workload: Workload, { container, variable, value }: MigrationSetting, report: Report): void {
  const { at } = settingPlace(variable);
  report({
    message: `${describeContainer(container, workload.object)} has \`${variable.name}\` set to \`${value}\` and so migrates the database when it starts: ${consequence(workload)}, in addition to the migration Job of this tree.`,
    at,
    related: sameSpan(at, variable.place.at)
      ? []
      : [{ at: variable.place.at, note: 'the container takes it from here' }],
    object: referTo(workload.object),
    field: variable.path,
    hint: `Set \`${variable.name}\` to \`false\` for the service, and leave the migration to the Job.`,
    severity: 'warning',
  });
}

function describeWhere({ where, command: { container } }: SelfMigration): string {
  const name = `\`${container.name.value ?? ''}\``;
  switch (where) {
    case 'command':
      return `in container ${name}`;
    case 'init container':
      return `in init container ${name}`;
    case 'postStart':
    case 'preStop':
      return `in the \`${where}\` hook of container ${name}`;
  }
}

function runsInMany({ object, replicas }: Workload): boolean {
  return object.kind === 'DaemonSet' || (replicas.value ?? 1) > 1;
}

function consequence(workload: Workload): string {
  const count = workload.replicas.value ?? 1;
  if (workload.object.kind === 'DaemonSet') return 'a pod on every node migrates the database';
  return count > 1
    ? `${count} pods migrate the database at once`
    : 'every restart of its pod migrates the database again';
}
