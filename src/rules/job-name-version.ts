import { forceKey } from '../flux/force.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findRecreation, finishesBefore, type Recreation } from '../model/appliers/recreation.ts';
import { isAppliedByScript, isStagedByScript } from '../model/appliers/scripted-apply.ts';
import { findMissedDeletion } from '../model/appliers/scripted-deletion.ts';
import { isWrittenByScript } from '../model/appliers/scripted-value.ts';
import { dependentsOf } from '../model/dependents.ts';
import { shortestTtl } from '../model/migrations/job-ttl.ts';
import { changesWithRelease, type JobVersion, judgeJobName, versionForName } from '../model/migrations/job-version.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import { findMountedStatements } from '../model/migrations/mounted-statements.ts';
import type { RootModel } from '../model/root-model.ts';
import { isMeantToBeTagged } from '../model/unmatched/unmatched-image.ts';
import { isOpenBehindName } from '../model/waiters/held-back.ts';
import { type TargetMatch, waitsByName } from '../model/waiters/target-match.ts';
import { findImagePolicy } from '../objects/image-policy.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, placeOfPart } from '../objects/place.ts';
import { carriesVersion, imageVersion } from '../objects/version.ts';

/** A migration Job whose name stays the same from release to release. */
export const jobNameVersion: Rule = {
  id: 'job-name-version',
  severity: 'error',
  category: 'job',
  docs: {
    summary: "The migration Job's name does not carry the release's version",
    symptom:
      'The new pods pass their init container at once and fail on missing tables or columns, while the migration is still running or has not started. Or the apply is refused with `field is immutable`.',
    why: 'Under a fixed name the finished Job of the last release still exists when the new pods start. Their init container finds it, sees that it succeeded, and lets the service start on the old schema. And since the pod template of a Job is immutable, each release has to remove the old Job first. With the version in the name each release has its own Job, and a waiter that asks for that name sees no other.\n\nA tag or digest of the image, a value that a replacement writes, a `nameSuffix` and a hash all count as a version. Where Flux\'s image automation writes the tag of the images (`# {"$imagepolicy": …}`), it has to write the version in the name as well.\n\nA Job that runs files of a ConfigMap with the image of a database or tool stays the same when a file is added, and is not run again: a warning.\n\nNot reported:\n\n- a Job that is recreated on every change (Flux force, or a comment beside it says that its Flux Kustomization has `force: true`; an Argo CD hook) and that nothing waits for by name\n- a Job that Argo CD recreates, in an earlier phase or wave than the pods that wait for it\n- when a script of the repository, an example in one of its documents, or a comment beside the Job deletes it first (`kubectl delete job`, `kubectl delete -k` before an apply, `kubectl replace --force`), under the name and in the namespace that it has after the build\n- a Job that nothing waits for and that Kubernetes deletes within a minute after it has finished\n- under Flux and Argo CD, a Job that keeps its name and that nothing waits for: `job-force` reports it',
    fix: "Write the version into the name with the same replacement that writes it into the images:\n\n```yaml\nreplacements:\n  - source: {kind: ConfigMap, name: deployment-variables, fieldPath: data.IMAGE_TAG}\n    targets:\n      - select: {kind: Job, name: myapp-migration-TAG}\n        fieldPaths: [metadata.name]\n        options: {delimiter: '-', index: 2}\n```",
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const recreation = findRecreation(model, migration.job);
      const waits = waitsByName(model.matches, migration.job).filter((wait) => !isPhased(model, wait, recreation));
      const isAwaited = waits.length > 0;
      // A Job that is deleted before the apply is not there for a waiter to find.
      if (recreation === 'deleted first' || (recreation !== undefined && !isAwaited)) continue;
      if (checkStatements(model, migration, recreation, report) || mayKeepName(model, migration, isAwaited)) continue;
      const version = judgeJobName(model, migration);
      // `job-force` reports that it is not recreated: one mistake, one finding.
      const isReportedByForce = model.applier.kind === 'argocd' || model.applier.kind === 'flux';
      if (version.kind === 'versioned') checkPolicy(migration, report);
      else if (version.kind === 'stale' && lacksItsTag(model, migration)) continue;
      else if (version.kind === 'stale' || recreation !== undefined || isAwaited || !isReportedByForce) {
        reportName(model, migration, version, waits, recreation, report);
      }
    }
  },
};

/**
 * Whether Argo CD recreates the Job and is done with it before it starts the pods that wait, so that they find the new
 * one. If it does so after them, `wait-deadlock` reports it.
 */
function isPhased(model: RootModel, { waiter, exact }: TargetMatch, recreation: Recreation | undefined): boolean {
  if (recreation !== 'argocd hook' && recreation !== 'argocd force' && recreation !== 'helm hook') return false;
  const { object } = waiter.workload;
  return exact.every((job) => finishesBefore(model, job.object, object) || finishesBefore(model, object, job.object));
}

/** Whether a Job may have the same name in all releases: nothing changes it, it is soon gone, or a script writes the name. */
function mayKeepName(model: RootModel, migration: Migration, isAwaited: boolean): boolean {
  const { name } = migration.job.object;
  if (!isAwaited && (isGoneByNextRelease(migration) || !changesWithRelease(model, migration))) return true;
  return staysTheSame(model, migration) || isWrittenByScript(model, name.value ?? '', name.place);
}

/** Reports a Job that does not change with the statements it runs. Returns whether it has. */
function checkStatements(
  model: RootModel,
  migration: Migration,
  recreation: Recreation | undefined,
  report: Report,
): boolean {
  // Each sync recreates a hook, changed or not.
  if (recreation === 'argocd hook' || recreation === 'helm hook') return false;
  const { object } = migration.job;
  const statements = changesWithRelease(model, migration) ? undefined : findMountedStatements(model, migration);
  if (statements === undefined || isDeleted(migration) || judgeJobName(model, migration).kind !== 'fixed') return false;
  const source = describeObject(statements.object);
  report({
    message: `${describeObject(object)} keeps its name and pod template when ${source}, which holds its statements, changes: what a release adds there does not run as long as the Job exists.`,
    at: object.name.place.at,
    related: joinRelated(historyOf(object.name.place, 'name'), [
      { at: statements.object.name.place.at, note: `${source} is named here` },
    ]),
    object: referTo(object),
    field: object.name.path,
    hint: hintToRerun(model, migration),
    reasons: migration.reasons,
    severity: 'warning',
  });
  return true;
}

/** Whether the images do not have the version of the name because an entry of `images` misses them: `image-no-match`. */
function lacksItsTag(model: RootModel, migration: Migration): boolean {
  const image = migratingContainer(migration)?.image;
  return image !== undefined && isMeantToBeTagged(model, image);
}

/** Says how the Job runs again, depending on who applies the tree. */
function hintToRerun({ applier: { kind } }: RootModel, { job: { object } }: Migration): string {
  if (kind === 'argocd')
    return 'Make the Job a `Sync` hook with the delete policy `BeforeHookCreation`, so that each sync recreates it.';
  if (kind === 'flux')
    return `Create the ConfigMap with \`configMapGenerator\`, whose hash changes the Job, and add the annotation \`${forceKey}: Enabled\` to it.`;
  return `Delete the Job before each apply (\`kubectl delete job ${object.name.value ?? ''} --ignore-not-found\`).`;
}

/** The name has the version of the images today, but Flux's image automation only writes that of the images. */
function checkPolicy(migration: Migration, report: Report): void {
  const { name } = migration.job.object;
  const image = migratingContainer(migration)?.image;
  const marker = image && findImagePolicy(image.place);
  const version = imageVersion(image?.value ?? '');
  if (marker === undefined || version === undefined || !carriesVersion(name.value ?? '', version)) return;
  if (findImagePolicy(name.place) !== undefined) return;
  const place = placeOfPart(name.place, version);
  report({
    message: `${describeObject(migration.job.object)} carries version \`${version}\` in its name, and Flux's image automation (policy \`${marker.policy}\`) writes the tag of its image, not the name's version: with the next image new pods find the last release's finished Job and start on the old schema.`,
    at: place.at,
    related: joinRelated([{ at: marker.at, note: 'the tag is written by this marker' }], historyOf(place, 'name')),
    object: referTo(migration.job.object),
    field: name.path,
    hint: `Put the marker (\`# {"$imagepolicy": "${marker.policy}:tag"}\`) after the value that the version is taken from.`,
    reasons: migration.reasons,
  });
}

function reportName(
  model: RootModel,
  migration: Migration,
  version: Exclude<JobVersion, { kind: 'versioned' }>,
  waits: readonly TargetMatch[],
  recreation: Recreation | undefined,
  report: Report,
): void {
  const { object } = migration.job;
  const { name } = object;
  const fault =
    version.kind === 'stale'
      ? `carries version \`${version.carries}\` in its name, but the images are \`${version.released}\``
      : 'does not carry the version of the release in its name';
  const place = version.kind === 'stale' ? placeOfPart(name.place, version.carries) : name.place;
  report({
    message: `${describeObject(object)} ${fault}: ${consequence(migration, waits, recreation)}.`,
    at: place.at,
    related: [
      ...historyOf(place, 'name'),
      ...waits.map(({ waiter, target }) => ({
        at: (target.kind === 'name' ? target.name : target.selector).place.at,
        note: `init container \`${waiter.container.name.value ?? ''}\` of ${describeObject(waiter.workload.object)} waits for it by this name`,
      })),
    ],
    object: referTo(object),
    field: name.path,
    hint: `${hint(model, migration, version)}${otherWay(model, migration, version, waits)}.${adviseDeletion(model, migration)}${adviseWait(model, migration, waits)}`,
    reasons: migration.reasons,
    severity: isDeleted(migration) && (waits.length === 0 || isBelowShortestTtl(migration)) ? 'warning' : undefined,
  });
}

function consequence(migration: Migration, waits: readonly TargetMatch[], recreation: Recreation | undefined): string {
  const ttl = migration.job.ttlSeconds.value;
  if (waits.length === 0 && ttl !== undefined) {
    return `within ${ttl} seconds of the last migration (\`ttlSecondsAfterFinished\`), a release that changes its pod template, which is immutable, is refused, and one that does not change it runs no migration`;
  }
  const last = waits.length === 0 ? "the last release's" : 'that';
  const until = isDeleted(migration) ? 'until its `ttlSecondsAfterFinished` is over' : `while ${last} Job exists`;
  const refused = `a release that changes its pod template, which is immutable, is refused ${until}`;
  // With a tag that moves, such as `latest`, the template stays the same from release to release.
  if (waits.length === 0) return `${refused}, and one that does not change it runs no migration`;
  const limits = [
    // Argo CD replaces the Job in the same sync that creates the pods.
    ...(recreation?.startsWith('argocd') ? ['before Argo CD replaces it'] : []),
    ...(ttl === undefined ? [] : [`within ${ttl} seconds of the last migration (\`ttlSecondsAfterFinished\`)`]),
  ];
  const early = limits.length === 0 ? '' : ` that start ${limits.join(' and ')}`;
  const seen = `new pods${early} find the last release's finished Job and start on the old schema`;
  return recreation === undefined ? `${seen}, and ${refused}` : seen;
}

/** Whether Kubernetes deletes the finished Job by itself, so that the next release only has to come late enough. */
function isDeleted({ job }: Migration): boolean {
  return job.ttlSeconds.value !== undefined;
}

/** Whether the Job may be gone before new pods look for it, which is worse and reported by `job-ttl`. */
function isBelowShortestTtl({ job }: Migration): boolean {
  return (job.ttlSeconds.value ?? shortestTtl) < shortestTtl;
}

/**
 * Whether the Job runs statements that are written in it with the image of a database. No release changes these, so a
 * waiter may find the Job done.
 */
function staysTheSame(model: RootModel, migration: Migration): boolean {
  return migratingContainer(migration)?.mountsConfig === false && !changesWithRelease(model, migration);
}

/** Whether Kubernetes deletes the Job before the next release: none comes within a minute of the last one. */
function isGoneByNextRelease({ job }: Migration): boolean {
  return (job.ttlSeconds.value ?? Number.POSITIVE_INFINITY) < 60;
}

function hint(model: RootModel, migration: Migration, judged: JobVersion): string {
  const version = versionForName(model, migration);
  const name = migration.job.object.name.value ?? '';
  const bare =
    judged.kind === 'stale'
      ? name.replace(judged.carries, '')
      : name.replace(/[-.](TAG|VERSION|IMAGE_TAG|TEMPLATE)$/i, '');
  // A Job's name takes no capitals and no `_`.
  const example = `${bare.replace(/[-.]$/, '')}-${version?.toLowerCase().replace(/[^a-z0-9.-]+/g, '-') ?? 'TAG'}`;
  const means = model.replacementTargets.length > 0 ? 'by the replacement that sets the' : 'together with the';
  return `Let the name end in the version, such as \`${example}\`, written ${means} image tags`;
}

/** Says that a script deletes the Job under the name that it has before the build. */
function adviseDeletion(model: RootModel, { job }: Migration): string {
  const name = findMissedDeletion(model, job);
  return name === undefined
    ? ''
    : ` A script of the repository deletes \`${name}\`, which the build renames: that deletes nothing.`;
}

/** Says that nothing waits for the Job either, for which `wait-missing` needs a name that changes. */
function adviseWait(model: RootModel, migration: Migration, waits: readonly TargetMatch[]): string {
  if (waits.length > 0 || !model.kustomized || isStagedByScript(model)) return '';
  const open = dependentsOf(model.releases, migration).find((service) =>
    service.dependsOn.some(
      (dependency) =>
        dependency.migration === migration &&
        dependency.how === 'environment' &&
        isOpenBehindName(model, service, dependency),
    ),
  );
  return open === undefined
    ? ''
    : ` Nothing holds the pods of ${describeObject(open.workload.object)} back until the Job is done, either: let an init container wait for it.`;
}

/** Another way to replace the old Job, which is enough if nothing waits for it by name. */
function otherWay(model: RootModel, { job }: Migration, { kind }: JobVersion, waits: readonly TargetMatch[]): string {
  if (kind !== 'fixed' || waits.length > 0) return '';
  const deletion = `delete the Job before each apply (\`kubectl delete job ${job.object.name.value ?? ''} --ignore-not-found\`)`;
  const { kind: applier } = model.applier;
  if (applier === 'kubectl' || isAppliedByScript(model)) return `; or ${deletion}`;
  return applier === 'unknown' ? `; or ${deletion}, or let Flux recreate it (\`${forceKey}: Enabled\`)` : '';
}
