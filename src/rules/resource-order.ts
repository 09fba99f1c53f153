import type { Change } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { finishesBefore, laterSetting } from '../model/appliers/recreation.ts';
import { isHandedToKubectl, isResumedByScript, isStagedByScript } from '../model/appliers/scripted-apply.ts';
import { dependentsOf, neededMigrations } from '../model/dependents.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { mayCheckSchema } from '../model/migrations/schema-check.ts';
import { findSelfMigrations } from '../model/migrations/self-migration.ts';
import type { Service } from '../model/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { isHeldBack } from '../model/waiters/held-back.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { type Span, sameSpan } from '../source/span.ts';

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
    if (!model.kustomized || isStagedByScript(model)) return;
    const entries = new Set<string>();
    for (const release of model.releases) {
      for (const migration of neededMigrations(release)) {
        checkMigration(model, migration, entries, report);
      }
    }
  },
};

/** @param entries the list entries that were reported: a file may hold several Jobs, and one entry moves them all */
function checkMigration(model: RootModel, migration: Migration, entries: Set<string>, report: Report): void {
  const { object, suspend } = migration.job;
  // The script then decides when it runs.
  if (suspend.value === true && isResumedByScript(model, migration.job)) return;
  // `service-runs-migration` reports a service that migrates in its own pods. One that may check the schema itself is
  // held back.
  const needy = dependentsOf(model.releases, migration).filter(
    (service) =>
      findSelfMigrations(service.workload).length === 0 &&
      (service.waiters.length > 0 || !mayCheckSchema(service, migration)),
  );
  // `wait-deadlock` reports a service that waits for a Job which comes after it.
  const ahead = isMeantToFollow(object)
    ? undefined
    : needy.find(({ workload, waiters }) => waiters.length === 0 && finishesBefore(model, workload.object, object));
  const position = model.listed.indexOf(object);
  if (ahead) {
    const isListedAhead = isHandedToKubectl(model) && model.listed.indexOf(ahead.workload.object) < position;
    if (isListedAhead) reportOrder(model, migration, ahead, true, entries, report);
    else reportPhase(migration, ahead, report);
    return;
  }
  const ordered = needy.filter(({ workload }) => !isOrderedOtherwise(model, object, workload.object));
  const early = ordered.filter(({ workload }) => model.listed.indexOf(workload.object) < position);
  const unheld = early.filter(({ waiters }) => waiters.length === 0);
  const service = unheld[0] ?? early[0];
  if (model.applier.kind === 'argocd') {
    const unreported = unheld.find((each) => !isReportedMissing(model, each));
    if (unreported) reportWave(migration, unreported, report);
  } else if (service) {
    reportOrder(model, migration, service, unheld.length > 0, entries, report);
  } else if (ordered[0] && model.applier.kind === 'kubectl' && model.order !== 'fifo') {
    reportSort(migration, ordered[0], report);
  }
}

function reportOrder(
  model: RootModel,
  migration: Migration,
  service: Service,
  unheld: boolean,
  entries: Set<string>,
  report: Report,
): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const [at, other, isList] = whereListsPart(job, workload);
  const entry = `${at.file.path}:${at.start}:${unheld}`;
  if (isList && entries.has(entry)) return;
  entries.add(entry);
  const isOneList = isList && listName(at) === listName(other);
  const byComponent = isList && !isOneList && listName(at) === 'components';
  const isSorted = sortsByKind(model);
  const effect = unheld
    ? `nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema`
    : isSorted
      ? `an init container holds ${describeObject(workload)} back, so this changes nothing in the cluster, but the list reads as if the service came first`
      : `only an init container holds ${describeObject(workload)} back until the Job has been created and is done`;
  report({
    message: `${describeObject(job)} is listed after ${describeObject(workload)}, which depends on it: ${effect}.`,
    at,
    related: [{ at: other, note: `${describeObject(workload)} is listed here, before it` }],
    object: referTo(job),
    hint: `${byComponent ? 'What a component adds comes last: list the Job in `resources`,' : 'List the Job'} before ${describeObject(workload)}${unheld ? `, and let an init container of its pods wait for it${whyNotByList(model)}` : ''}.`,
    reasons: reasonsFor(migration, service),
    fix: isOneList ? { title: 'List the Job first', safe: !unheld, changes: [moveBefore(at, other)] } : undefined,
    severity: unheld ? undefined : 'warning',
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

/** Whether `wait-missing` reports the service, which says it all if the list has no effect. */
function isReportedMissing(model: RootModel, service: Service): boolean {
  const dependency = service.dependsOn.find(({ how }) => how === 'environment');
  return dependency !== undefined && !isHeldBack(model, service, dependency);
}

/** Argo CD orders by hooks, waves and kinds: the list has no effect. */
function reportWave(migration: Migration, service: Service, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  report({
    message: `Argo CD applies ${describeObject(job)} in the same wave as ${describeObject(workload)}, which depends on it: nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema.`,
    at: job.annotationsPlace.at,
    related: [{ at: workload.name.place.at, note: `${describeObject(workload)} is named here` }],
    object: referTo(job),
    field: 'metadata.annotations["argocd.argoproj.io/sync-wave"]',
    hint: `Put the Job, and what it takes its settings from, into an earlier wave than ${describeObject(workload)} (\`argocd.argoproj.io/sync-wave\`), so that Argo CD waits until it is done; or make it a \`PreSync\` hook, if everything it needs exists before the sync.`,
    reasons: reasonsFor(migration, service),
  });
}

/**
 * Whether the name says that the Job follows the service. In expand and contract, what the old code needs is dropped
 * last.
 */
function isMeantToFollow({ name }: KubernetesObject): boolean {
  return /(^|[-.])(post|after|contract|cleanup|backfill)([-.]|$)/.test(name.value ?? '');
}

function reportPhase(migration: Migration, service: Service, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const setting = laterSetting(job, workload) ?? job.name;
  report({
    message: `Argo CD runs ${describeObject(job)} only once ${describeObject(workload)}, which depends on it, is healthy: nothing holds the pods of ${describeObject(workload)} back, so they start on the old schema.`,
    at: setting.place.at,
    related: [{ at: workload.name.place.at, note: `${describeObject(workload)} starts first` }],
    object: referTo(job),
    field: setting.path,
    hint: 'Put the service into a later wave than the Job; or make the Job a `PreSync` hook, if everything it needs exists before the sync.',
    reasons: reasonsFor(migration, service),
  });
}

function reportSort(migration: Migration, service: Service, report: Report): void {
  const [job, workload] = [migration.job.object, service.workload.object];
  const [at, other] = whereListsPart(job, workload);
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

/**
 * Whether hooks or waves of Argo CD and Helm order the two, whatever the list says. A `Sync` hook does not: it is
 * applied with the other objects of its wave.
 */
function isOrderedOtherwise(model: RootModel, job: KubernetesObject, workload: KubernetesObject): boolean {
  if (model.applier.kind === 'flux' || model.applier.kind === 'kubectl') return false;
  const hook = job.annotations.get('argocd.argoproj.io/hook')?.value;
  if (hook === undefined && job.annotations.has('helm.sh/hook')) return true;
  const isOfOtherPhase = hook !== undefined && !/(^|,)\s*Sync\s*(,|$)/.test(hook);
  return isOfOtherPhase || finishesBefore(model, job, workload) || finishesBefore(model, workload, job);
}

function moveBefore(item: Span, before: Span): Change {
  return { kind: 'move', item, before };
}

/**
 * The field of the kustomization whose list holds an entry: the last one that starts before it, on its own line or in
 * braces.
 */
function listName({ file, start }: Span): string | undefined {
  return [...file.text.slice(0, start).matchAll(listKey)].at(-1)?.[1];
}

const listKey =
  /(?:^|[{,]\s*)["']?(resources|bases|components|generators|transformers|helmCharts|\w+Generator)["']?\s*:/gm;

/** The list entries at which the paths to two objects diverge; their names if both are in the same file. */
function whereListsPart(job: KubernetesObject, workload: KubernetesObject): [Span, Span, isList: boolean] {
  for (const [index, listedAt] of job.listedIn.entries()) {
    const other = workload.listedIn[index];
    if (other === undefined) break;
    if (!sameSpan(listedAt, other)) return [listedAt, other, true];
  }
  return [job.name.place.at, workload.name.place.at, false];
}
