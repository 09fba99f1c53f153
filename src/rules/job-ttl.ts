import { setField } from '../findings/field-change.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findRecreation } from '../model/appliers/recreation.ts';
import { type AwaitedTtl, findAwaitedTtl, shortestTtl } from '../model/jobs/job-ttl.ts';
import { judgeJobName } from '../model/jobs/job-version.ts';
import type { Migration } from '../model/migrations/migration.ts';
import type { RootModel } from '../model/root-model.ts';
import { waitsByName } from '../model/waiters/target-match.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';

/** In seconds. Long enough for pods that start late. */
const day = 86_400;

/** A finished migration Job that is deleted too soon, or never. */
export const jobTtl: Rule = {
  id: 'job-ttl',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'The finished migration Job is deleted before the pods look for it, or never',
    symptom:
      'The migration succeeds, but the new pods stay in `Init:CrashLoopBackOff` with `jobs.batch "…" not found`. Or `kubectl get jobs` lists years of migrations.',
    why: `\`ttlSecondsAfterFinished\` makes Kubernetes delete the Job that long after it has finished. Pods that start later, after a slow pull or on a new node, then wait for a Job that is gone. A TTL under ${shortestTtl} seconds is an error if a waiter asks for the Job by name.\n\nWithout a TTL, finished Jobs stay. If kubectl applies the tree and nothing waits by name, Jobs with a version in their names pile up: an info. Under Flux with \`prune\` and under Argo CD, the Job of the old version goes with the next release, and a TTL has a side effect: Flux recreates the deleted Job at its next reconcile, and the migration runs again each time.`,
    fix: '```yaml\nspec:\n  ttlSecondsAfterFinished: 86400\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes `ttlSecondsAfterFinished: 86400`, a day. Safe if the TTL is too short, since the Job only stays longer; under a name that stays the same from release to release it would keep the next one from migrating, and nothing is written. Not safe if there is none, since finished Jobs and their logs are deleted then.',
    },
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      if (migration.job.ttlSeconds.value === undefined) checkUnset(model, migration, report);
      const awaited = findAwaitedTtl(model, migration.job);
      // `field-value` reports a negative one.
      if (awaited !== undefined && awaited.seconds >= 0 && awaited.seconds < shortestTtl)
        reportShort(model, migration, awaited, report);
    }
  },
};

function reportShort(
  model: RootModel,
  migration: Migration,
  { seconds, workload, found }: AwaitedTtl,
  report: Report,
): void {
  const { object, ttlSeconds } = migration.job;
  // Under a fixed name the next release would find this one's Job, and migrate nothing.
  const isFixed = judgeJobName(model, migration).kind === 'fixed' && findRecreation(model, migration.job) === undefined;
  report({
    ...found,
    message: `${describeObject(object)} is deleted ${seconds === 0 ? 'as soon as' : `${seconds} seconds after`} it has finished, while ${describeObject(workload.object)} waits for it by name: pods that look later find no Job and never get past \`Init\`.`,
    hint: `${isFixed ? 'Put the version of the release at the end of its name; then set' : 'Set'} \`ttlSecondsAfterFinished: 86400\`, which is a day, or remove the field.`,
    reasons: migration.reasons,
    fix: isFixed
      ? undefined
      : { title: 'Set `ttlSecondsAfterFinished` to a day', safe: true, changes: [setField(ttlSeconds, day)] },
  });
}

function checkUnset(model: RootModel, migration: Migration, report: Report): void {
  if (model.applier.kind !== 'kubectl' || waitsByName(model.matches, migration.job).length > 0) return;
  if (judgeJobName(model, migration).kind === 'fixed') return;
  const { object, ttlSeconds } = migration.job;
  report({
    message: `${describeObject(object)} leaves \`ttlSecondsAfterFinished\` unset: kubectl deletes none of the Jobs of earlier versions, and they pile up.`,
    at: ttlSeconds.place.at,
    related: [],
    object: referTo(object),
    field: ttlSeconds.path,
    hint: 'Set `ttlSecondsAfterFinished: 86400`.',
    reasons: migration.reasons,
    fix: { title: 'Set `ttlSecondsAfterFinished` to a day', safe: false, changes: [setField(ttlSeconds, day)] },
    severity: 'info',
  });
}
