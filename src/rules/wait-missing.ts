import type { Report, ReportedFinding, Rule } from '../lint/rule.ts';
import { type ForeignMigration, findForeignMigrations } from '../model/flux/foreign-migration.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { findUnknownPhase, isArgoHook, unsyncedHook } from '../model/order/argo-phases.ts';
import { adviseKappRule, isReplacedByKapp } from '../model/order/kapp.ts';
import type { Service } from '../model/releases/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { isStagedByScript } from '../model/scripts/scripted-apply.ts';
import { type ForeignWait, findForeignWait } from '../model/waiters/foreign-wait.ts';
import { isHeldBack } from '../model/waiters/held-back.ts';
import { findRepeatedWait, type RepeatedWait } from '../model/waiters/repeated-wait.ts';
import { describeWaiter } from '../model/waiters/waiter.ts';
import { describeObject, type KubernetesObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { firstText, hasStep, historyOf } from '../objects/place.ts';
import { asSentence } from '../text/as-sentence.ts';

/** A service that nothing holds back until its migration is done. */
export const waitMissing: Rule = {
  id: 'wait-missing',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'Nothing holds a service back until the migration of its database is done',
    symptom:
      'The new pods become ready while the migration is running and fail on missing tables or columns, or crash until it is done. If it fails they stay up, on the old schema.',
    why: 'The objects of a tree are applied together. Flux, and kubectl without `sortOptions: {order: fifo}`, apply a Deployment before a Job whatever the list says. Only an init container that waits for the Job holds the service back.\n\nThe rule reports a workload that takes its database settings from the same ConfigMap or Secret as the migration and has no such init container. One that waits for another Job, which shares none of these settings, does not count, even if that is in another kustomization. Nor does a second init container that waits for the same Job as the first, if there is another Job for the same database. The rule also compares a service in one Flux Kustomization with a migration in another, if they are linted together. A Job that Argo CD leaves out of a sync (`argocd.argoproj.io/hook: Skip`) may be run by something else: a warning. One whose phase is misspelt (`Presync`) is never run.\n\nNot reported:\n\n- when a container checks the schema itself, or it is unknown what an init container does\n- when Argo CD runs the Job first, as a `PreSync` hook or in an earlier wave (`resource-order` reports a Job that comes after the service), or kapp does (`kapp.k14s.io/change-rule`)\n- when the Job has a Flux Kustomization of its own with `wait`, and that of the service has a `dependsOn` for it\n- when a script applies the tree in parts and waits for the Job between them\n- a Job under a fixed name that nothing deletes before the apply: no waiter could tell the new Job from the old, so `job-name-version` comes first',
    fix: '```yaml\ninitContainers:\n  - name: wait-for-migration\n    image: groundnuty/k8s-wait-for:v2.0\n    args: [job-wr, myapp-migration-v1.4.0]\n```',
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/init-containers/'],
    since: '0.1.0',
  },
  check(model, report) {
    if (isStagedByScript(model)) return;
    for (const service of model.releases.flatMap(({ services }) => services)) {
      const foreign = findForeignWait(model, service);
      if (foreign) {
        reportForeignWait(service, foreign, report);
        continue;
      }
      const repeated = findRepeatedWait(model, service);
      if (repeated) reportRepeatedWait(service, repeated, report);
      const dependency = service.dependsOn.find(({ how }) => how === 'environment');
      if (dependency === undefined || isHeldBack(model, service, dependency)) continue;
      const { migration } = dependency;
      report({
        ...(describeOtherWait(model, service, migration) ??
          describeUnsynced(service, migration) ??
          describeMissing(model, service, migration)),
        related: [pointAtName(migration.job.object)],
        object: referTo(service.workload.object),
        reasons: [...migration.reasons, dependency.reason],
      });
    }
    for (const foreign of findForeignMigrations(model)) reportForeign(foreign, report);
  },
};

/** Reports a service that waits for the migration of another service, in another root. */
function reportForeignWait(
  { workload: { object } }: Service,
  { waiter, target, job, migration }: ForeignWait,
  report: Report,
): void {
  const own = migration.job.object;
  report({
    message: `${describeWaiter(waiter)} waits for ${describeObject(job.object)} of another kustomization, which takes none of the ${object.kind}'s database settings, and not for ${describeObject(own)}, which does: the pods start on the old schema.`,
    at: target.place.at,
    related: [pointAtName(job.object), pointAtName(own)],
    object: referTo(object),
    field: target.path,
    hint: `Let it wait for \`${own.name.value ?? ''}\`.`,
    reasons: migration.reasons,
  });
}

/** Reports an init container that waits for the same Job as the one before it, and a migration that none waits for. */
function reportRepeatedWait(
  { workload: { object } }: Service,
  { first, second, name, job }: RepeatedWait,
  report: Report,
): void {
  const own = job.object;
  report({
    message: `${describeWaiter(second.waiter)} waits for Job \`${name.value}\`, as \`${first.waiter.container.name.value ?? ''}\` does, and nothing waits for ${describeObject(own)}, which takes the same database settings: the pods may start before it is done.`,
    at: name.place.at,
    related: [...historyOf(name.place, 'argument'), pointAtName(own)],
    object: referTo(object),
    field: name.path,
    hint: `Let it wait for \`${own.name.value ?? ''}\`.`,
  });
}

/** Reports a service whose migration is in another Flux Kustomization, which its own does not depend on. */
function reportForeign(late: ForeignMigration, report: Report): void {
  const { workload, own, neighbour, dependency, reversed, absent } = late;
  const { object } = workload;
  const { job, reasons } = dependency.migration;
  const name = own.object.name.value ?? '';
  report({
    message: `${describeObject(object)} uses the database that ${describeObject(job.object)} of Flux Kustomization \`${neighbour.name}\` migrates, and Flux Kustomization \`${name}\` ${reversed ? 'comes before that one' : `does not depend on it${absent === undefined ? '' : `, but on \`${absent.name.value ?? ''}\`, which is not in the given trees`}`}: nothing holds the pods back until the Job is done, and they start on the old schema.`,
    at: object.name.place.at,
    related: [
      absent === undefined || reversed
        ? { at: own.object.name.place.at, note: `\`${name}\` is defined here` }
        : { at: absent.name.place.at, note: `\`${name}\` depends on this` },
      reversed
        ? { at: reversed.name.place.at, note: `\`${neighbour.name}\` depends on it here` }
        : pointAtName(job.object),
    ],
    object: referTo(object),
    field: 'spec.template.spec.initContainers',
    hint: `${reversed ? 'Reverse it: let' : 'Let'} \`${name}\` depend on \`${neighbour.kustomization.object.name.value ?? ''}\` (\`dependsOn\`), and give that one \`wait: true\`.`,
    reasons: [...reasons, dependency.reason],
  });
}

type Described = Pick<ReportedFinding, 'message' | 'at' | 'field' | 'hint' | 'severity'>;

function describeMissing(model: RootModel, { workload: { object } }: Service, { job }: Migration): Described {
  return {
    message: `${describeObject(object)} uses the database that ${describeObject(job.object)} migrates, and nothing holds its pods back until the Job is done: they start on the old schema.`,
    at: object.name.place.at,
    field: 'spec.template.spec.initContainers',
    hint: adviseWait(model, object, job.object),
  };
}

function adviseWait(model: RootModel, service: KubernetesObject, job: KubernetesObject): string {
  if (model.applier.kind === 'unknown' && isReplacedByKapp(job)) return asSentence(adviseKappRule(job, service));
  // Like the name, the argument has the same text in the file for all versions.
  const written = hasStep(job.name.place, 'replacement') && firstText(job.name.place);
  const wait = written
    ? `add an init container that waits for \`${written}\`, and let the replacement that names the Job write this argument as well`
    : `add an init container that waits for \`${job.name.value ?? ''}\``;
  if (model.applier.kind !== 'argocd' && !isArgoHook(job)) return asSentence(wait);
  const wave = `Put the Job, and what it takes its settings from, into an earlier wave than ${describeObject(service)} (\`argocd.argoproj.io/sync-wave\`), so that Argo CD waits until it is done`;
  // A hook has the same name in all releases, so no waiter could tell the new Job from the old.
  return isArgoHook(job) ? `${wave}.` : `${wave}; or ${wait}.`;
}

/** Describes a Job that Argo CD never runs in a sync. A script may run it, unless its phase is just misspelt. */
function describeUnsynced({ workload: { object } }: Service, { job }: Migration): Described | undefined {
  const hook = unsyncedHook(job.object);
  if (hook === undefined) return undefined;
  const uses = `${describeObject(job.object)} migrates the database that ${describeObject(object)} uses`;
  const unknown = findUnknownPhase(hook.value);
  if (unknown !== undefined) {
    return {
      message: `${uses}, but \`${unknown.word}\` is no phase of Argo CD's syncs: Argo CD never runs the Job, and the pods start on the old schema.`,
      at: hook.place.at,
      field: hook.path,
      hint: unknown.meant === undefined ? 'Write `PreSync` or `Sync`.' : `Write \`${unknown.meant}\`.`,
    };
  }
  return {
    message: `${uses}, and Argo CD does not run it in a sync (\`argocd.argoproj.io/hook: ${hook.value}\`): unless something else runs it first, the pods start on the old schema.`,
    at: hook.place.at,
    field: hook.path,
    hint: `Make the Job a \`Sync\` hook in an earlier wave than ${describeObject(object)} (\`argocd.argoproj.io/sync-wave\`), so that Argo CD waits until it is done.`,
    severity: 'warning',
  };
}

/** Describes a waiter that waits for Jobs that have nothing to do with the service's database. */
function describeOtherWait(model: RootModel, service: Service, { job }: Migration): Described | undefined {
  const match = model.matches.find(({ waiter }) => service.waiters.includes(waiter));
  const other = match?.exact[0];
  if (match === undefined || other === undefined) return undefined;
  const argument = match.target.kind === 'name' ? match.target.name : match.target.selector;
  return {
    message: `${describeWaiter(match.waiter)} waits for ${describeObject(other.object)}, which takes none of the ${service.workload.object.kind}'s database settings, and not for ${describeObject(job.object)}, which does: the pods start on the old schema.`,
    at: argument.place.at,
    field: argument.path,
    hint: `Let it wait for \`${job.object.name.value ?? ''}\`.`,
  };
}
