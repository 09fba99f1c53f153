import type { Rule } from '../lint/rule.ts';
import { describeObject, referTo } from '../model/kubernetes-object.ts';
import { historyOf } from '../model/place.ts';

/** A migration that runs several times, or side by side with itself. */
export const jobParallelism: Rule = {
  id: 'job-parallelism',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'The migration runs in several pods',
    symptom:
      'Several pods of one migration Job run at the same moment; all but one fail with `relation already exists` or a deadlock, and the Job with them.',
    why: '`parallelism` over 1 starts that many pods at once, and `completions` over 1 has the migration succeed that many times. Side by side two runs read the same list of what is still to be applied. Where the tool takes a lock in the database, the others wait for the first and find nothing to do: a warning.',
    fix: 'Remove `parallelism` and `completions`; both are 1 then.',
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, command, reasons } of model.migrations) {
      const { object, parallelism, completions } = job;
      const many = [
        { name: 'parallelism', field: parallelism, effect: 'pods migrate the database side by side' },
        { name: 'completions', field: completions, effect: 'times the migration is run' },
      ].find(({ field }) => (field.value ?? 1) > 1);
      if (many === undefined) continue;
      const { name, field, effect } = many;
      const tool = command?.tool;
      report({
        message: `${describeObject(object)} sets \`spec.${name}\` to ${field.value}: ${field.value} ${effect}${tool?.locks ? `; ${tool.name} takes a lock, so the others find nothing to do` : ''}.`,
        at: field.place.at,
        related: historyOf(field.place, 'number'),
        object: referTo(object),
        field: field.path,
        hint: `Remove \`${name}\`.`,
        reasons,
        ...(tool?.locks ? { severity: 'warning' as const } : {}),
      });
    }
  },
};
