import type { Change } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { findLaterJob } from '../model/order/apply-order.ts';
import { type Disorder, findDisorder } from '../model/order/disorder.ts';
import { findListEntries } from '../model/order/list-entries.ts';
import { neededMigrations } from '../model/releases/dependents.ts';
import type { Service } from '../model/releases/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import type { Related } from '../source/related.ts';
import { type Span, spanKey } from '../source/span.ts';

/** A migration Job that comes after the workload that needs it. */
export const resourceOrder: Rule = {
  id: 'resource-order',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'The migration Job comes after the workload that depends on it',
    symptom:
      'The new pods start before the migration and fail on missing tables or columns. Or, if an init container holds them back, they stay in `Init:0/1` or `Init:CrashLoopBackOff` until the Job has been created.',
    why: 'The list in `resources:` is the order in which people read the release, and in which it is applied with `sortOptions: {order: fifo}`. The migration belongs before what needs it, also across bases and components. If no init container holds the workload back, nothing else keeps the order, and the finding is an error. With an init container it is a warning; without `fifo` the list then has no effect in the cluster, and the message says so.\n\nThe list alone does not keep the order. Without `fifo` the build sorts by kind and prints a Deployment before its Job whatever the list says, and Flux always sorts by kind and applies Deployments first: there the init container holds the service back. If kubectl applies the root (`applier: kubectl`) without `fifo`, the rule says so as an info.\n\nUnder Argo CD, hooks and sync waves make the order, and the list does not matter if an init container waits. A Job that they put after the service (`PostSync`, a later wave) runs only once the service is healthy, which is an error if nothing holds its pods back.\n\nNot reported:\n\n- under Argo CD, a Job after the service whose name says that it should follow (`post`, `after`, `contract`, `cleanup`, `backfill`)\n- a service with an init container of its own image, which may check the schema itself\n- when a script of the repository applies the tree in parts and waits for the Job between them, or resumes a Job that is applied suspended',
    fix: '```yaml\nresources:\n  - config.yaml\n  - migration-job.yaml # before the deployment that needs it\n  - deployment.yaml\n```',
    fixing: {
      safe: 'depends',
      how: "Moves the Job's entry, with its comments, before the workload's, if both are in one list. Safe if an init container holds the pods back: without `fifo` the list then has no effect, and with it the new order is the intended one. Otherwise it is only half of what has to be done.",
    },
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/sortoptions/'],
    since: '0.1.0',
  },
  check(model, report) {
    const reported = new Set<string>();
    for (const release of model.releases) {
      for (const migration of neededMigrations(release)) {
        const disorder = findDisorder(model, migration);
        if (disorder !== undefined) reportDisorder(model, migration, disorder, reported, report);
      }
    }
  },
};

/** @param reported the list entries that were reported: a file may hold several Jobs, and one entry moves them all */
function reportDisorder(
  model: RootModel,
  migration: Migration,
  disorder: Disorder,
  reported: Set<string>,
  report: Report,
): void {
  const { service } = disorder;
  if (disorder.kind === 'listed late') reportOrder(model, migration, disorder, reported, report);
  else if (disorder.kind === 'sorted late') reportSort(migration, service, report);
  else if (disorder.kind === 'same wave') reportWave(migration, disorder, report);
  else reportPhase(migration, disorder, report);
}

function reportOrder(
  model: RootModel,
  migration: Migration,
  { service, isUnheld }: Extract<Disorder, { kind: 'listed late' }>,
  reported: Set<string>,
  report: Report,
): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const { entries, lists } = findListEntries(job, workload);
  const [at, other] = entries;
  const entry = `${spanKey(at)} ${isUnheld}`;
  if (lists !== 'none' && reported.has(entry)) return;
  reported.add(entry);
  const effect = isUnheld
    ? `nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema`
    : sortsByKind(model)
      ? `an init container holds ${describeObject(workload)} back, so this changes nothing in the cluster, but the list reads as if the service came first`
      : `only an init container holds ${describeObject(workload)} back until the Job has been created and is done`;
  report({
    message: `${describeObject(job)} is listed after ${describeObject(workload)}, which depends on it: ${effect}.`,
    at,
    related: [{ at: other, note: `${describeObject(workload)} is listed here, before it` }],
    object: referTo(job),
    hint: `${lists === 'component' ? 'What a component adds comes last: list the Job in `resources`,' : 'List the Job'} before ${describeObject(workload)}${isUnheld ? `, and let an init container of its pods wait for it${whyNotByList(model)}` : ''}.`,
    reasons: reasonsFor(migration, service),
    fix:
      lists === 'one' ? { title: 'List the Job first', safe: !isUnheld, changes: [moveBefore(at, other)] } : undefined,
    severity: isUnheld ? undefined : 'warning',
  });
}

/** Whether the objects are applied by kind, whatever the list says. */
function sortsByKind({ applier, order }: RootModel): boolean {
  return applier.kind === 'flux' || order !== 'fifo';
}

/** Why the list alone does not keep the order, in a clause; empty if it does. */
function whyNotByList({ applier, order }: RootModel): string {
  if (applier.kind === 'flux') return ': the list alone holds nothing back, since Flux sorts by kind';
  return order === 'fifo' ? '' : ': the list alone holds nothing back, since the build sorts by kind without `fifo`';
}

/** Argo CD orders by hooks, waves and kinds: the list has no effect. */
function reportWave(migration: Migration, { service, others }: Together<'same wave'>, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  report({
    message: `Argo CD applies ${describeObject(job)} in the same wave as ${describeObject(workload)}, which depends on it: nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema.`,
    at: job.annotationsPlace.at,
    related: [pointAtName(workload), ...others.map(pointAtOther)],
    object: referTo(job),
    field: 'metadata.annotations["argocd.argoproj.io/sync-wave"]',
    hint: `Put the Job, and what it takes its settings from, into an earlier wave than ${describeObject(workload)} (\`argocd.argoproj.io/sync-wave\`), so that Argo CD waits until it is done; or make it a \`PreSync\` hook, if everything it needs exists before the sync.`,
    reasons: reasonsFor(migration, service),
  });
}

type Together<Kind extends Disorder['kind']> = Extract<Disorder, { kind: Kind }>;

/** A further service for which the same holds. */
function pointAtOther({ workload: { object } }: Service): Related {
  return { at: object.name.place.at, note: `nothing holds ${describeObject(object)} back either` };
}

function reportPhase(migration: Migration, { service, others }: Together<'later phase'>, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const { applier, setting = job.name, hint } = findLaterJob(job, workload);
  report({
    message: `${applier} runs ${describeObject(job)} only once ${describeObject(workload)}, which depends on it, is healthy: nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema.`,
    at: setting.place.at,
    related: [
      { at: workload.name.place.at, note: `${describeObject(workload)} starts first` },
      ...others.map(pointAtOther),
    ],
    object: referTo(job),
    field: setting.path,
    hint,
    reasons: reasonsFor(migration, service),
  });
}

function reportSort(migration: Migration, service: Service, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const [at, other] = findListEntries(job, workload).entries;
  report({
    message: `${describeObject(job)} is listed before ${describeObject(workload)}, but the build sorts by kind and kubectl applies the ${workload.kind} first.`,
    at,
    related: [{ at: other, note: `${describeObject(workload)} is listed here, after it` }],
    object: referTo(job),
    hint: 'Add `sortOptions: {order: fifo}` to the kustomization that is built, to keep the order of the list.',
    reasons: reasonsFor(migration, service),
    severity: 'info',
  });
}

function reasonsFor(migration: Migration, service: Service): string[] {
  const dependencies = service.dependsOn.filter((dependency) => dependency.migration === migration);
  return [...migration.reasons, ...dependencies.map(({ reason }) => reason)];
}

function moveBefore(item: Span, before: Span): Change {
  return { kind: 'move', item, before };
}
