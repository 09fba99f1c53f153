import type { Report, Rule } from '../lint/rule.ts';
import type { Migration } from '../model/migrations/migration.ts';
import type { RootModel } from '../model/root-model.ts';
import { isResumedByScript } from '../model/scripts/scripted-apply.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A migration that runs several times, several times at once, or not at all. */
export const jobParallelism: Rule = {
  id: 'job-parallelism',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'The migration runs in several pods, or in none',
    symptom:
      'Several pods of one migration Job run at the same time; all but one fail with `relation already exists` or a deadlock, and the Job fails with them. Or the Job has no pods, and the new pods of the service stay in `Init:0/1`.',
    why: '`parallelism` over 1 starts that many pods at once, and `completions` over 1 requires the migration to succeed that many times. Two runs side by side read the same list of pending migrations. If the tool takes a lock in the database, the others wait for the first and find nothing to do: a warning. With `parallelism: 0` or `suspend: true` no pod is started at all, and with `completions: 0` the Job is done without one.\n\nNot reported:\n\n- a suspended Job that a queue or a script resumes, or whose name calls it a template',
    fix: 'Remove `parallelism` and `completions`: both default to 1.',
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      if (!checkNone(model, migration, report)) checkMany(migration, report);
    }
  },
};

function checkMany({ job, command, reasons }: Migration, report: Report): void {
  const { object, parallelism, completions } = job;
  const many = [
    { name: 'parallelism', field: parallelism, effect: `${parallelism.value} pods migrate the database side by side` },
    { name: 'completions', field: completions, effect: `the migration runs ${completions.value} times` },
  ].find(({ field }) => (field.value ?? 1) > 1);
  if (many === undefined) return;
  const { name, field, effect } = many;
  const tool = command?.tool;
  report({
    message: `${describeObject(object)} sets \`spec.${name}\` to ${field.value}: ${effect}${tool?.locks ? `; ${tool.name} takes a lock, so the others find nothing to do` : ''}.`,
    at: field.place.at,
    related: historyOf(field.place, 'number'),
    object: referTo(object),
    field: field.path,
    hint: `Remove \`${name}\`.`,
    reasons,
    severity: tool?.locks ? 'warning' : undefined,
  });
}

/** Whether the name of a Job calls it a template that others are made from: `orders-migration-template`. */
function isTemplate({ name }: KubernetesObject): boolean {
  return /(^|[-.])(template|tmpl)([-.]|$)/.test(name.value ?? '');
}

/** Reports a Job that never runs. One that a queue such as Kueue or a script starts is suspended on purpose. */
function checkNone(model: RootModel, { job, reasons }: Migration, report: Report): boolean {
  const { object, parallelism, completions, suspend } = job;
  const isQueued = [...object.labels.keys(), ...object.annotations.keys()].some((key) => /queue/i.test(key));
  const isMeant = isQueued || isTemplate(object) || isResumedByScript(model, job);
  const found = [
    { field: suspend, is: suspend.value === true && !isMeant, effect: 'starts no pod until somebody resumes it' },
    { field: parallelism, is: parallelism.value === 0, effect: 'starts no pod' },
    { field: completions, is: completions.value === 0, effect: 'is done before it has started a pod' },
  ].find(({ is }) => is);
  if (found === undefined) return false;
  const { field, effect } = found;
  report({
    message: `${describeObject(object)} sets \`${field.path}\` to ${String(field.value)} and ${effect}: the migration does not run.`,
    at: field.place.at,
    related: historyOf(field.place, 'value'),
    object: referTo(object),
    field: field.path,
    hint: `Remove \`${field.path.replace('spec.', '')}\`.`,
    reasons,
  });
  return true;
}
