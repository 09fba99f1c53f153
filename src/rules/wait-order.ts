import type { Report, Rule } from '../lint/rule.ts';
import { databaseProbe } from '../model/databases/database-probe.ts';
import { findDatabaseSettings } from '../model/databases/database-setting.ts';
import { readEnvironment } from '../model/environment/environment.ts';
import { findMigrationCommand } from '../model/migrations/migration-command.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeWaiter, type JobWaiter } from '../model/waiters/waiter.ts';
import { argvOf, argvText } from '../objects/argv.ts';
import { imageOf } from '../objects/image.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { allContainers, type Container } from '../objects/workload.ts';

/** A waiter that comes too late in its pod, or holds nothing back. */
export const waitOrder: Rule = {
  id: 'wait-order',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'The waiter does not come before what needs the schema',
    symptom:
      'An init container before the waiter fails on missing tables or columns (`Init:Error`), so that the waiter never runs. Or the service starts beside its waiter.',
    why: "Init containers run one after the other in the order of the list. Containers all start together, and so does whatever follows an init container with `restartPolicy: Always`. An init container that uses the database, such as one that seeds it, needs the schema as much as the service does. The rule reports an init container before the waiter that runs the service's own image with database settings. It also reports a waiter among `containers`, or a sidecar: it holds nothing back.",
    fix: 'Make the waiter the first of the `initContainers`.',
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/init-containers/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      if (waiter.kind !== 'job') continue;
      if (waiter.container.role === 'init') checkEarlier(model, waiter, report);
      else checkRole(waiter, report);
    }
  },
};

function checkEarlier(model: RootModel, waiter: JobWaiter, report: Report): void {
  const { workload, container } = waiter;
  const before = workload.pod.initContainers.slice(0, workload.pod.initContainers.indexOf(container));
  const early = before.find((candidate) => needsSchema(model, waiter, candidate));
  if (early === undefined) return;
  const name = early.name.value ?? '';
  report({
    message: `Init container \`${name}\` of ${describeObject(workload.object)} uses the database and runs before \`${container.name.value ?? ''}\` has waited for the migration: it works on the old schema, or fails on it and the waiter never runs.`,
    at: early.name.place.at,
    related: [{ at: container.name.place.at, note: 'the waiter comes after it' }],
    object: referTo(workload.object),
    field: early.path,
    hint: `Move \`${container.name.value ?? ''}\` to the front of \`initContainers\`.`,
  });
}

/** Whether a container runs the service's own image with database settings, and does not migrate by itself. */
function needsSchema(model: RootModel, { workload }: JobWaiter, container: Container): boolean {
  const { repository } = imageOf(container);
  const own = workload.pod.containers.some((other) => imageOf(other).repository === repository);
  if (!own || findMigrationCommand(container) !== undefined || needsNoSchema(container)) return false;
  const environment = readEnvironment(container, workload, model.config);
  return findDatabaseSettings(environment).length > 0;
}

/** Whether a container only checks that the database answers, or does not use it; any schema will do for that. */
function needsNoSchema(container: Container): boolean {
  const words = `${container.name.value ?? ''} ${argvText(container)}`;
  return databaseProbe.test(words) || /\bwait|isready|collectstatic|\bcp\b|chown|chmod/i.test(words);
}

/** Reports a container that only waits, but runs alongside the containers that it should hold back. */
function checkRole(waiter: JobWaiter, report: Report): void {
  const { workload, container } = waiter;
  const others = allContainers(workload.pod).filter((other) => other !== container && other.role === 'main');
  if (others.length === 0 || startsMore(waiter)) return;
  report({
    message: `${describeWaiter(waiter)} waits for the migration, but ${
      container.role === 'main'
        ? 'is one of `containers`, which all start together'
        : 'is an init container with `restartPolicy: Always`, and the others start alongside it'
    }: the service does not wait.`,
    at: container.name.place.at,
    related: [],
    object: referTo(workload.object),
    field: container.path,
    hint: 'Make it the first of `initContainers`, without a `restartPolicy`.',
  });
}

/** Whether a shell string may go on to start the service after the wait. */
function startsMore({ tool, container }: JobWaiter): boolean {
  return tool !== 'k8s-wait-for' && argvOf(container).some(({ value }) => /\s/.test(value));
}
