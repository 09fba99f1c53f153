import { renameField, setField } from '../findings/field-change.ts';
import type { Rule } from '../lint/rule.ts';
import { hidesFailure } from '../model/commands/unchecked-client.ts';
import { findUnawaitedDatabase, type UnawaitedDatabase } from '../model/databases/unawaited-database.ts';
import { findStrayFields, type StrayField } from '../model/fields/stray-field.ts';
import { judgeRetry } from '../model/jobs/retry-effect.ts';
import { findBriefWait } from '../model/waiters/brief-wait.ts';
import type { JobWaiter } from '../model/waiters/waiter.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import type { Job } from '../objects/workload.ts';

/** The default of Kubernetes. */
const defaultBackoffLimit = 6;

/** A migration that Kubernetes retries when it fails. */
export const jobBackoffLimit: Rule = {
  id: 'job-backoff-limit',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'A failed migration is retried',
    symptom:
      '`kubectl get pods` shows several pods of one migration Job in `Error`. Later ones fail on what the first left behind (`relation already exists`), and its message is hard to find.',
    why: 'A migration that failed half-way has often changed the schema already. A retry fails for another reason or, worse, applies the rest to a state nobody has seen. `backoffLimit` is the number of retries, 6 by default. With 0 the Job fails at once, the waiting pods stay where they are and the old ones keep serving. Only with `restartPolicy: Never` does 0 mean a single run: with `OnFailure` the container is restarted in place.\n\nIf the tool takes a lock and records what it has applied, or psql runs one file as one transaction, a retry is mostly harmless, and the finding is a warning. Nothing is known about a program of your own, unless a comment in the file of the Job says that it is idempotent, takes an advisory lock or may be rerun. If the database comes up along with the Job and nothing in its pod waits for that, the retries do the waiting; an init container should do it instead. The same goes for a Job that waits for another Job in an init container that gives up.\n\nNot reported:\n\n- a script, or a psql without `ON_ERROR_STOP`, that hides the failure so that the Job never fails: `migration-command` reports it',
    fix: '```yaml\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes `backoffLimit: 0` over the value, or below `spec`. Safe, since a migration that succeeds runs as before. Not safe if the tool takes a lock, since retries may be wanted; if a database is applied along with the Job and nothing waits for it; or if an init container fails while another Job does not exist yet. In the last two cases the first attempts always fail.',
    },
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const { job, reasons } = migration;
      const { backoffLimit, object } = job;
      const limit = backoffLimit.value ?? defaultBackoffLimit;
      // If the script hides the failure, the Job never fails: `migration-command` reports that.
      if (limit <= 0 || hidesFailure(migration)) continue;
      const { isHarmless, clause } = judgeRetry(migration);
      const wait = findBriefWait(model, job);
      const database = wait === undefined ? findUnawaitedDatabase(model, job) : undefined;
      const { place, removal } = backoffLimit;
      const stray = backoffLimit.value === undefined ? findStrayLimit(job) : undefined;
      const setting = removal
        ? `has its \`spec.backoffLimit\` removed by a patch, which means ${defaultBackoffLimit}`
        : backoffLimit.value === undefined
          ? `leaves \`spec.backoffLimit\` unset, which means ${defaultBackoffLimit}`
          : `sets \`spec.backoffLimit\` to ${limit}`;
      report({
        message: `${describeObject(object)} ${setting}: a failed migration is retried ${times(limit)}${clause}.`,
        at: (removal ?? place).at,
        related: stray
          ? [{ at: stray.view.keyPlace.at, note: 'this is not the field that Kubernetes reads' }]
          : backoffLimit.value === undefined && !removal
            ? []
            : historyOf(removal ?? place, 'limit'),
        object: referTo(object),
        field: backoffLimit.path,
        hint: `${wait ? waitOn(wait) : waitFirst(database)} \`backoffLimit: 0\`, with \`restartPolicy: Never\` in the pod template.`,
        reasons,
        fix: {
          title: 'Set `backoffLimit` to 0',
          safe: !isHarmless && wait === undefined && database === undefined,
          changes: [
            stray?.meant !== undefined && stray.view.number().value === 0
              ? renameField(stray.view, stray.key, stray.meant)
              : setField(backoffLimit, 0),
          ],
        },
        severity: isHarmless ? 'warning' : undefined,
      });
    }
  },
};

/** A limit under another name, or at another level. */
function findStrayLimit(job: Job): StrayField | undefined {
  return findStrayFields(job).find(({ key, meant = key }) => meant === 'backoffLimit');
}

/** Without retries, a Job fails while a database that is applied along with it starts. */
function waitFirst(database: UnawaitedDatabase | undefined): string {
  if (database === undefined) return 'Set';
  const object = describeObject(database.object);
  if (database.object.kind === 'Job')
    return `If the Job needs ${object}, which creates a database and is applied along with it, let an init container wait until that is done; then set`;
  if (database.isLater)
    return `${object} is not applied before the Job: let an init container wait until it answers, and set`;
  return database.isCertain
    ? `${object} is applied along with the Job: let an init container wait until it answers, and set`
    : `If the Job migrates ${object}, which is applied along with it, let an init container wait until that answers; then set`;
}

/** Without retries, an init container that fails is not restarted either. */
function waitOn({ container }: JobWaiter): string {
  return `Let init container \`${container.name.value ?? ''}\` retry in a loop, since it fails if the Job that it waits for does not exist yet, and set`;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
