import type { Report, ReportedFinding, Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import type { RootModel } from '../model/root-model.ts';
import { waitsByName } from '../model/waiters/target-match.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';
import type { Job } from '../objects/workload.ts';
import { readInvocations } from '../shell/command-line.ts';

/** In seconds. Releases are rarer than this: a Job that is deleted sooner runs again although nothing was released. */
const hour = 3600;

/** A Job that is deleted and recreated again and again. */
export const fluxTtlInterval: Rule = {
  id: 'flux-ttl-interval',
  severity: 'warning',
  category: 'flux',
  docs: {
    summary: 'The finished migration Job is deleted so soon that Flux recreates it and runs it again and again',
    symptom:
      'The migration runs every few minutes although nothing was released. Between the deletion and the next reconcile, pods that restart stay in `Init:0/1` or `Init:Error`, because the Job that they wait for does not exist.',
    why: 'Kubernetes deletes a finished Job after `ttlSecondsAfterFinished`, and Flux recreates what is missing at its next reconcile. If the TTL is shorter than the `interval` of the Flux Kustomization, that happens at every reconcile; if it is longer, less often. The rule reports a TTL that is shorter than the interval, or of an hour at most. From kustomize-controller 1.8 a Job deleted by its TTL counts as healthy, but Flux recreates it all the same.\n\nA Job with any TTL that runs `pg_restore` or `mongorestore` beside the migration is an error: left in the tree after an incident, it loads the backup again and again.',
    fix: 'Keep the finished Job for longer than a release lasts, or leave the field out: a versioned Job is pruned with the next release.\n\n```yaml\nspec:\n  ttlSecondsAfterFinished: 86400\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#interval'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, reasons } of model.migrations) {
      const isWaitedFor = waitsByName(model.matches, job).length > 0;
      const waiting = isWaitedFor ? ', and pods that start in between wait for a Job that is gone' : '';
      const isSoon = (ttl: number, interval: number): boolean => ttl <= Math.max(interval, hour);
      const describe = (each: string): string => `the migration runs ${each}${waiting}`;
      reportRecreated(model, job, { isSoon, describe, hint: keepIt, reasons }, report);
    }
    if (!concernsMigrations(model)) return;
    const migrations = new Set(model.migrations.map(({ job }) => job));
    for (const job of model.jobs.filter((each) => !migrations.has(each) && restoresDatabase(each))) {
      const describe = (each: string): string => `it overwrites the database with the backup ${each}`;
      const hint = 'Remove the Job from the tree once the backup is restored.';
      reportRecreated(model, job, { isSoon: () => true, describe, hint, severity: 'error' }, report);
    }
  },
};

const keepIt = 'Set `ttlSecondsAfterFinished` to a day or more, or remove it.';

/** What it means that a Job is recreated. */
interface Recreated extends Pick<ReportedFinding, 'severity'> {
  /** Whether a TTL is too short for an interval. */
  readonly isSoon: (ttl: number, interval: number) => boolean;
  /** The effect in a clause, for how often it happens. */
  readonly describe: (each: string) => string;
  readonly hint: string;
  readonly reasons?: readonly string[];
}

function reportRecreated(
  { applier }: RootModel,
  { ttlSeconds: ttl, object: job }: Job,
  { isSoon, describe, hint, reasons = [], severity }: Recreated,
  report: Report,
): void {
  for (const { interval, suspend, object } of applier.flux) {
    if (ttl.value === undefined || interval.value === undefined || suspend.value === true) continue;
    if (!isSoon(ttl.value, interval.value)) continue;
    const each = ttl.value < interval.value ? 'each time' : 'again and again although nothing was released';
    report({
      message: `${describeObject(job)} is deleted ${ttl.value} seconds after it has finished, and ${describeObject(object)} recreates it at its next reconcile, every ${interval.value} seconds: ${describe(each)}.`,
      at: ttl.place.at,
      related: joinRelated(historyOf(ttl.place, 'time to live'), [
        { at: interval.place.at, note: 'reconciled at this interval' },
      ]),
      object: referTo(job),
      field: ttl.path,
      hint,
      reasons,
      severity,
    });
    break;
  }
}

/** Whether a Job loads a backup into a database. */
function restoresDatabase({ pod }: Job): boolean {
  return pod.containers.some((container) =>
    readInvocations(container).some(({ words: [program] }) => /^(pg_restore|mongorestore)$/.test(program ?? '')),
  );
}
