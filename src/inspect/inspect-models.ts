import { dropUndefined } from '../collections/drop-undefined.ts';
import { hidePasswords } from '../lint/secrets/passwords.ts';
import { accountOf, bindingsFor, decide } from '../model/access/grants.ts';
import { findEvidence } from '../model/appliers/evidence.ts';
import type { Migration } from '../model/migrations/migration.ts';
import type { MigrationCommand } from '../model/migrations/migration-command.ts';
import { finishesBefore } from '../model/order/apply-order.ts';
import type { Service } from '../model/releases/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { waitedNamespace } from '../model/waiters/target-match.ts';
import type { JobWaiter, Waiter } from '../model/waiters/waiter.ts';
import type { Container, Workload } from '../objects/workload.ts';
import {
  type InspectedMigration,
  type InspectedRoot,
  type InspectedService,
  type InspectedWaiter,
  type Inspection,
  inspectObject,
} from './inspection.ts';

/** Describes the releases of all roots, and the migrations that no root builds. `show` makes paths relative. */
export function inspectModels(
  models: readonly RootModel[],
  show: (path: string) => string,
  unlisted: readonly Migration[] = [],
): Inspection {
  const roots = models
    .filter(({ releases }) => releases.length > 0)
    .map((model) => ({
      path: show(model.root.path),
      applier: inspectApplier(model),
      releases: model.releases.map(({ migrations, services }) => ({
        migrations: migrations.map((migration) => inspectMigration(migration, show)),
        services: services.map((service) => inspectService(service, model, show)),
      })),
    }));
  if (unlisted.length === 0) return { version: 1, roots };
  return { version: 1, roots, unlisted: unlisted.map((migration) => inspectMigration(migration, show)) };
}

/** Who applies a root; if no object and no setting says so, what scripts and documents show. */
function inspectApplier(model: RootModel): InspectedRoot['applier'] {
  const { kind, why } = model.applier;
  const found = kind === 'unknown' ? findEvidence(model, 'document', () => true) : undefined;
  return { kind: found?.applier ?? kind, why: found?.why ?? why };
}

function inspectMigration({ job, command, reasons }: Migration, show: (path: string) => string): InspectedMigration {
  return {
    job: inspectObject(job.object, show),
    ...dropUndefined({ runs: command && hidePasswords(runsOf(command)), tool: command?.tool?.name }),
    images: imagesOf(job),
    environment: environmentOf(job),
    reasons: reasons.map(hidePasswords),
  };
}

/** The command, preceded by the call of the script that contains it. */
function runsOf({ text, script }: MigrationCommand): string {
  return script === undefined ? text : `${script.call}: ${text}`;
}

function inspectService(service: Service, model: RootModel, show: (path: string) => string): InspectedService {
  const { workload, waiters, dependsOn } = service;
  const account = accountOf(workload);
  return {
    workload: inspectObject(workload.object, show),
    images: imagesOf(workload),
    environment: environmentOf(workload),
    account: { name: account.name, readsJobs: mayReadJobs(model, waiters, account) },
    grants: bindingsFor(model.access, account).map(
      ({ object, roleKind, roleName }) =>
        `${object.kind} ${object.name.value ?? ''} to ${roleKind} ${roleName.value ?? ''}`,
    ),
    waiters: joinWaits(waiters.map((waiter) => inspectWaiter(waiter, model))),
    followsMigration:
      dependsOn.length > 0 &&
      dependsOn.every(({ migration }) => finishesBefore(model, migration.job.object, workload.object)),
    reasons: dependsOn.map(({ reason }) => reason),
  };
}

function mayReadJobs(
  { access }: RootModel,
  waiters: readonly Waiter[],
  account: { readonly name: string; readonly namespace: string | undefined },
): InspectedService['account']['readsJobs'] {
  const waiter = waiters.find((each): each is JobWaiter => each.kind === 'job');
  const names = waiter?.targets.flatMap((target) => (target.kind === 'name' ? [target.name.value] : [])) ?? [];
  const namespace = waiter === undefined ? account.namespace : waitedNamespace(waiter);
  return decide(access, account, { verb: names.length > 0 ? 'get' : 'list', namespace, names });
}

/** Combines several waits in one container. */
function joinWaits(waiters: readonly InspectedWaiter[]): InspectedWaiter[] {
  const byContainer = new Map<string, InspectedWaiter>();
  for (const waiter of waiters) {
    const earlier = byContainer.get(waiter.container);
    const joined = earlier && { ...earlier, targets: [...earlier.targets, ...waiter.targets] };
    byContainer.set(waiter.container, joined ?? waiter);
  }
  return [...byContainer.values()];
}

function inspectWaiter(waiter: Waiter, { matches }: RootModel): InspectedWaiter {
  const { container } = waiter;
  const own = matches.filter((match) => match.waiter === waiter);
  return {
    container: container.name.value ?? '',
    kind: waiter.kind,
    ...(waiter.kind === 'job' ? { tool: waiter.tool } : {}),
    ...dropUndefined({
      mode: waiter.kind === 'job' ? waiter.mode?.value : undefined,
      image: container.image.value,
    }),
    targets: own.map(({ target, exact }) => ({
      waitsFor: target.kind === 'name' ? target.name.value : `-l ${target.selector.value}`,
      found: exact.length > 0,
    })),
  };
}

function imagesOf({ pod }: Workload): string[] {
  return [...new Set(pod.containers.flatMap(({ image }) => image.value ?? []))];
}

/** The names of the ConfigMaps and Secrets that the environment comes from, never values. */
function environmentOf({ pod }: Workload): string[] {
  return [...new Set(pod.containers.flatMap(sourcesOf))];
}

function sourcesOf({ env, envFrom }: Container): string[] {
  const imported = envFrom.map(({ objectKind, object }) => `${objectKind} ${object.value ?? ''}`);
  const single = env.flatMap(({ source }) =>
    source.kind === 'key' ? [`${source.objectKind} ${source.object.value ?? ''}`] : [],
  );
  return [...imported, ...single];
}
