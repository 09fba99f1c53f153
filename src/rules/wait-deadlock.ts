import type { Report, Rule } from '../lint/rule.ts';
import { isDatabase } from '../model/databases/database-server.ts';
import { findDatabaseServices } from '../model/databases/database-service.ts';
import { findLateMigration } from '../model/flux/late-migration.ts';
import { findLaterJob, finishesBefore } from '../model/order/apply-order.ts';
import { findLateSchemas, type LateSchema } from '../model/order/late-schema.ts';
import type { RootModel } from '../model/root-model.ts';
import { findServiceWait } from '../model/waiters/service-wait.ts';
import type { TargetMatch } from '../model/waiters/target-match.ts';
import { describeWaiter, hidesFailedWait, type JobWaiter } from '../model/waiters/waiter.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, lastSetter } from '../objects/place.ts';
import { selectsLabels } from '../objects/pod-selector.ts';
import type { Job, Workload } from '../objects/workload.ts';

/** A service and a migration that wait for each other. */
export const waitDeadlock: Rule = {
  id: 'wait-deadlock',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'The service waits for the migration Job, and the Job comes after the service',
    symptom:
      'The new pods stay in `Init:0/1` or `Init:CrashLoopBackOff`, and the migration pod does too, or does not exist. In Argo CD the sync hangs at `waiting for healthy state of apps/Deployment/…`. In Flux the Kustomization of the service stays `Reconciliation in progress`, and that of the Job `dependency not ready`.',
    why: 'Two objects that wait for each other wait forever. The service cannot become healthy, because its init container waits for the Job, or looks whether migrations are pending. And the Job waits for the service in one of these ways:\n\n- The "service" is the database itself, since a patch for all Deployments has put the waiter there too.\n- A container of the Job waits for the service with k8s-wait-for, `kubectl wait`, `kubectl rollout status` or a loop on the address of its name.\n- Flux applies the Job in a Kustomization that depends (`dependsOn`) on that of the service, which has `wait: true` or a health check of the service and so is not ready before it.\n- Argo CD runs the Job only once the service is healthy: in a `PostSync` hook (or a Helm hook that it treats as one), or in a later sync wave.',
    fix: 'Let the Job run first (`argocd.argoproj.io/hook: PreSync`, an earlier wave, or `dependsOn` in the Kustomization of the service), and let it wait only for its database.',
    links: [
      'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
      'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const match of model.matches) {
      const { waiter, exact } = match;
      if (waiter.container.role === 'sidecar' || hidesFailedWait(waiter) || exact.length > 1) continue;
      for (const job of exact) checkPair(model, waiter, job, report);
      if (exact.length === 0) checkFluxOrder(model, match, report);
    }
    for (const late of findLateSchemas(model)) reportSchema(late, report);
  },
};

function checkFluxOrder(model: RootModel, { waiter, target }: TargetMatch, report: Report): void {
  const late = findLateMigration(model, waiter, target);
  if (late === undefined) return;
  const { neighbour, reference, readiness, migration } = late;
  const own = late.own.object.name.value ?? '';
  const workload = describeObject(waiter.workload.object);
  report({
    message: `${describeObject(neighbour.kustomization.object)} applies ${describeObject(migration.job.object)} only once ${describeObject(late.own.object)} is ready, and that is ready only with ${workload}, whose pods wait for the Job: neither ever starts.`,
    at: reference.name.place.at,
    related: [
      { at: waiter.container.name.place.at, note: `${describeWaiter(waiter)} waits for the Job` },
      { at: readiness.place.at, note: `\`${own}\` is ready only with ${workload}` },
    ],
    object: referTo(neighbour.kustomization.object),
    field: reference.name.path,
    hint: `Remove this dependency, and let \`${own}\` depend on \`${neighbour.kustomization.object.name.value ?? ''}\`.`,
  });
}

function checkPair(model: RootModel, waiter: JobWaiter, job: Job, report: Report): void {
  const { object } = waiter.workload;
  const name = describeObject(job.object);
  const related = [{ at: waiter.container.name.place.at, note: `${describeWaiter(waiter)} waits for the Job` }];
  if (usesServer(model, job, waiter.workload)) {
    reportServer(waiter, job, report);
    return;
  }
  const wait = findServiceWait(job, waiter.workload);
  if (wait) {
    report({
      message: `${describeContainer(wait.container, job.object)} waits for ${describeObject(object)}, whose pods wait for the Job: neither ever starts.`,
      at: wait.field.place.at,
      related,
      object: referTo(job.object),
      field: wait.field.path,
      hint: 'Let the Job wait only for its database.',
    });
  } else if (finishesBefore(model, object, job.object)) {
    const { applier, setting = job.object.name, hint } = findLaterJob(job.object, object);
    report({
      message: `${applier} runs ${name} only once ${describeObject(object)} is healthy, and its pods wait for the Job: neither ever starts.`,
      at: setting.place.at,
      related,
      object: referTo(job.object),
      field: setting.path,
      hint,
    });
  }
}

function reportSchema({ waiter, migration: { job, reasons } }: LateSchema, report: Report): void {
  const { object } = waiter.workload;
  const { applier, setting = job.object.name, hint } = findLaterJob(job.object, object);
  report({
    message: `${applier} runs ${describeObject(job.object)} only once ${describeObject(object)} is healthy, and its pods wait for the schema that the Job makes: they wait in vain.`,
    at: setting.place.at,
    related: [{ at: waiter.container.name.place.at, note: `${describeWaiter(waiter)} checks the schema` }],
    object: referTo(job.object),
    field: setting.path,
    hint,
    reasons,
  });
}

/** Whether a workload is the database that a Job connects to. */
function usesServer(model: RootModel, job: Job, workload: Workload): boolean {
  if (!isDatabase(workload)) return false;
  const services = new Set(findDatabaseServices(model, job));
  return model.serviceObjects.some(
    (service) => services.has(service.object) && selectsLabels(service, workload.pod.labels),
  );
}

function reportServer(waiter: JobWaiter, job: Job, report: Report): void {
  const { container, workload } = waiter;
  const { place, path } = container.name;
  const isPatched = /patch/.test(lastSetter(place)?.by ?? '');
  report({
    message: `${describeWaiter(waiter)} waits for ${describeObject(job.object)}, which needs this database: neither ever starts on a new cluster, and a restart of the database waits for a Job that may be gone.`,
    at: place.at,
    related: [...historyOf(place, 'name'), pointAtName(workload.object)],
    object: referTo(workload.object),
    field: path,
    hint: isPatched
      ? 'Let the `target` of the patch select only the services, such as by `labelSelector`.'
      : 'Remove the init container.',
  });
}
