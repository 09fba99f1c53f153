import type { Report, Rule } from '../lint/rule.ts';
import { hintToStop, stopsOnFailure } from '../model/commands/hidden-failure.ts';
import { findIdleCommand } from '../model/commands/idle-command.ts';
import { findRiskyCommand } from '../model/commands/risky-command.ts';
import { findUncheckedClient } from '../model/commands/unchecked-client.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { describeCommand, pointAtScript } from '../model/migrations/migration-command.ts';
import { releaseWorkloads } from '../model/releases/dependents.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, placeOfPart } from '../objects/place.ts';
import { allContainers } from '../objects/workload.ts';

/** A command that endangers a database in use, or does not migrate it. */
export const migrationCommand: Rule = {
  id: 'migration-command',
  severity: 'error',
  category: 'service',
  docs: {
    summary:
      "The migration runs a command that drops data, applies nothing, is meant for a developer's own database, or may fail unnoticed",
    symptom:
      'Tables are empty after a release, or a column is gone together with its values. Or the Job fails with `prisma migrate dev` saying that the environment is non-interactive.',
    why: 'Each tool has one command that applies migrations somebody has written and reviewed, and others that make the schema match the code by any means: `prisma migrate reset`, `db push --accept-data-loss`, `schema:sync`, `migrate:fresh`, `db:schema:load`. Those drop tables and columns without asking. `prisma migrate dev`, a plain `db push` and the like lose nothing by themselves, but are meant for development: a warning. `artisan migrate` without `--force` asks for confirmation in production, and `atlas schema apply` without `--auto-approve` for approval, where nobody can answer: also a warning.\n\nA migration Job whose one command only looks (`flyway info`, `goose status`), prints (`liquibase update-sql`) or takes migrations back (`migrate down`) completes without a migration.\n\nA shell script that continues after the migration (`; echo done`, `|| true`) hides a failure from the Job. So does a pipe (`| tee migrate.log`) without `set -o pipefail`, since a pipeline exits as its last command does, and so does `psql -f` without `ON_ERROR_STOP` (and `sqlcmd -i` without `-b`), which continues after a statement that fails and exits as if none had: a warning, since the file may set it itself.\n\n`npm run X`, `yarn X`, `pnpm X` and `composer X` are looked up in the package.json or composer.json of the repository, if it is clear which one is meant.',
    fix: '```yaml\ncommand: [npx, prisma, migrate, deploy]\n```',
    links: [
      'https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production',
      'https://laravel.com/docs/migrations#running-migrations',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) checkOutcome(migration, report);
    for (const workload of releaseWorkloads(model)) {
      for (const container of allContainers(workload.pod)) {
        const risky = findRiskyCommand(container);
        if (risky === undefined) continue;
        const place = placeOfPart(risky.field.place, risky.words);
        report({
          message: `${describeContainer(container, workload.object)} runs ${risky.script ? `\`${risky.script.call}\`, that is ` : ''}\`${risky.words}\`, which ${risky.effect}.`,
          at: place.at,
          related: [...historyOf(place, 'command'), ...pointAtScript(risky.script)],
          object: referTo(workload.object),
          field: risky.field.path,
          hint: `Run \`${risky.instead}\`.`,
          severity: risky.kind === 'develops' ? 'warning' : undefined,
        });
      }
    }
  },
};

/** Reports a script that hides a failed migration from the Job, and so from everything that waits for it. */
function checkOutcome(migration: Migration, report: Report): void {
  const {
    job: { object },
    command,
    reasons,
  } = migration;
  if (command?.isFailureIgnored !== true) {
    checkIdle(migration, report);
    checkClients(migration, report);
    return;
  }
  const { field, script, container } = command;
  const place = placeOfPart(field.place, script?.call ?? command.text);
  report({
    message: `${describeContainer(container, object)} continues when ${describeCommand(command)}${script ? ',' : ''} fails, and the Job counts as done: the service starts on the old schema.`,
    at: place.at,
    related: [...historyOf(place, 'command'), ...pointAtScript(script)],
    object: referTo(object),
    field: field.path,
    hint: script?.text.includes('|')
      ? hintToStop(script.text, command.text, false)
      : hintToStop(field.value ?? '', script?.call ?? command.text, stopsOnFailure(container)),
    reasons,
  });
}

/** Reports a Job that only inspects the migrations or takes them back. */
function checkIdle(migration: Migration, report: Report): void {
  const idle = findIdleCommand(migration);
  if (idle === undefined) return;
  const { text, isUndone, field, script } = idle;
  const { object } = migration.job;
  const place = placeOfPart(field.place, text);
  report({
    message: `${describeObject(object)} runs ${script ? `\`${script.call}\`, that is ` : ''}\`${text}\`, which ${isUndone ? 'takes migrations back' : 'applies no migration'}: the Job is done, and the service starts on the old schema.`,
    at: place.at,
    related: [...historyOf(place, 'command'), ...pointAtScript(script)],
    object: referTo(object),
    field: field.path,
    hint: "Run the tool's command that applies the migrations.",
    reasons: migration.reasons,
  });
}

/** Reports a client that continues after a failed statement of a file and exits as if none had failed. */
function checkClients({ job, reasons }: Migration, report: Report): void {
  for (const container of job.pod.containers) {
    const client = findUncheckedClient(container);
    if (client === undefined) continue;
    const { program, remedy, invocation, stopsScript } = client;
    const { field, script } = invocation;
    const place = placeOfPart(field.place, program);
    report({
      message: `${describeContainer(container, job.object)} runs a file with ${program} without \`${remedy}\`: ${program} continues after a failed statement and exits as if none had failed, so the Job counts as done.`,
      at: place.at,
      related: [...historyOf(place, 'command'), ...pointAtScript(script)],
      object: referTo(job.object),
      field: field.path,
      hint: stopsScript
        ? `Run ${program} with \`${remedy}\`.`
        : `Run ${program} with \`${remedy}\`, and start the script with \`set -e\` so that it stops there.`,
      reasons,
      severity: 'warning',
    });
  }
}
