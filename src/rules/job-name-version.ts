import { forceKey } from '../flux/force.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { Recreation } from '../model/appliers/recreation.ts';
import { shortestTtl } from '../model/jobs/job-ttl.ts';
import { type JobVersion, versionForName } from '../model/jobs/job-version.ts';
import { findKeptName, type KeptName } from '../model/jobs/kept-name.ts';
import { findNamePlaceholder } from '../model/jobs/name-placeholder.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { dependentsOf } from '../model/releases/dependents.ts';
import type { RootModel } from '../model/root-model.ts';
import {
  isAppliedByFleet,
  isAppliedByScript,
  isHandedToKubectl,
  isStagedByScript,
} from '../model/scripts/scripted-apply.ts';
import { findMissedDeletion } from '../model/scripts/scripted-deletion.ts';
import { isOpenBehindName } from '../model/waiters/held-back.ts';
import type { TargetMatch } from '../model/waiters/target-match.ts';
import type { ConfigObject } from '../objects/config-object.ts';
import { describeObject, pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, placeOfPart } from '../objects/place.ts';

/** A migration Job whose name stays the same from release to release. */
export const jobNameVersion: Rule = {
  id: 'job-name-version',
  severity: 'error',
  category: 'job',
  docs: {
    summary: "The migration Job's name does not carry the release's version",
    symptom:
      'The new pods pass their init container at once and fail on missing tables or columns, while the migration is still running or has not started. Or the apply is refused with `field is immutable`.',
    why: "Under a fixed name the finished Job of the last release still exists when the new pods start. Their init container finds it, sees that it succeeded, and lets the service start on the old schema. And since the pod template of a Job is immutable, each release has to remove the old Job first. With the version in the name each release has its own Job, and a waiter that asks for that name sees no other.\n\nA tag or digest of the image, a value that a replacement writes, a `nameSuffix` and a hash all count as a version. A placeholder that nothing fills, and a plain `0` or `v1` beside images whose tags the build writes do not. Where Flux's image automation writes the tag of the images (`# {\"$imagepolicy\": …}`), it has to write the version in the name as well.\n\nA Job that runs files of a ConfigMap with the image of a database or tool stays the same when a file is added, and is not run again: a warning.\n\nNot reported:\n\n- a Job that nothing waits for by name, if it is recreated on every change: with Flux's force (a comment beside it may say that its Flux Kustomization has `force: true`), as an Argo CD hook, with kapp's annotation `kapp.k14s.io/update-strategy` (`always-replace`, `fallback-on-replace`), or by Terraform's `kbst/kustomization`\n- a Job that Argo CD recreates, in an earlier phase or wave than the pods that wait for it\n- a Job that a script or Ansible task of the repository, an example in one of its documents, or a comment beside the Job deletes first, under its name, in its namespace and with its labels after the build (`kubectl delete job`, `kubectl delete -k` before an apply, `kubectl replace --force`; a comment may also say so in words)\n- a Job that nothing waits for and that Kubernetes deletes within a minute after it has finished\n- under Flux and Argo CD, a Job that keeps its name and that nothing waits for: `job-force` reports it",
    fix: "Write the version into the name with the same replacement that writes it into the images:\n\n```yaml\nreplacements:\n  - source: {kind: ConfigMap, name: deployment-variables, fieldPath: data.IMAGE_TAG}\n    targets:\n      - select: {kind: Job, name: myapp-migration-TAG}\n        fieldPaths: [metadata.name]\n        options: {delimiter: '-', index: 2}\n```",
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const kept = findKeptName(model, migration);
      if (kept?.kind === 'statements') reportStatements(model, migration, kept.config, report);
      else if (kept?.kind === 'marker') reportMarker(migration, kept, report);
      else if (kept !== undefined) reportName(model, migration, kept, report);
    }
  },
};

/** Reports a Job that does not change with the statements it runs. */
function reportStatements(
  model: RootModel,
  migration: Migration,
  { object: config }: ConfigObject,
  report: Report,
): void {
  const { object } = migration.job;
  const source = describeObject(config);
  report({
    message: `${describeObject(object)} keeps its name and pod template when ${source}, which holds its statements, changes: what a release adds there does not run as long as the Job exists.`,
    at: object.name.place.at,
    related: joinRelated(historyOf(object.name.place, 'name'), [pointAtName(config)]),
    object: referTo(object),
    field: object.name.path,
    hint: hintToRerun(model, migration),
    reasons: migration.reasons,
    severity: 'warning',
  });
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
function reportMarker(
  migration: Migration,
  { version, marker }: Extract<KeptName, { kind: 'marker' }>,
  report: Report,
): void {
  const { name } = migration.job.object;
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

type NamedSame = Extract<KeptName, { kind: 'name' }>;

function reportName(model: RootModel, migration: Migration, kept: NamedSame, report: Report): void {
  const { version, waits, recreation } = kept;
  const { object } = migration.job;
  const { name } = object;
  const placeholder = version.kind === 'fixed' ? findNamePlaceholder(name.value ?? '') : undefined;
  const fault =
    version.kind === 'stale'
      ? `carries version \`${version.carries}\` in its name, but the images are \`${version.released}\``
      : placeholder === undefined
        ? 'does not carry the version of the release in its name'
        : `has \`${placeholder}\` left in its name, where the version of the release belongs`;
  const effect =
    placeholder === undefined
      ? consequence(migration, waits, recreation)
      : 'the API server refuses the name, and the migration never runs';
  const place = version.kind === 'stale' ? placeOfPart(name.place, version.carries) : name.place;
  report({
    message: `${describeObject(object)} ${fault}: ${effect}.`,
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
    hint: `${hint(model, migration, version)}${placeholder === undefined ? otherWay(model, migration, version, waits) : ''}.${adviseDeletion(model, migration)}${adviseWait(model, migration, waits)}`,
    reasons: migration.reasons,
    severity:
      placeholder === undefined && isDeleted(migration) && (waits.length === 0 || isBelowShortestTtl(migration))
        ? 'warning'
        : undefined,
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

function hint(model: RootModel, migration: Migration, judged: JobVersion): string {
  const version = versionForName(model, migration);
  const name = migration.job.object.name.value ?? '';
  // A Job's name takes no capitals and no `_`.
  const written = version?.toLowerCase().replace(/[^a-z0-9.-]+/g, '-') ?? 'TAG';
  const hasReplacements = model.replacementTargets.length > 0;
  const placeholder = judged.kind === 'fixed' ? findNamePlaceholder(name) : undefined;
  if (placeholder !== undefined) {
    const result = version === undefined ? '' : `, as in \`${name.replace(placeholder, written)}\``;
    const write = hasReplacements
      ? 'Let the replacement that sets the image tags write'
      : 'Together with the image tags, write';
    return `${write} the version in place of \`${placeholder}\`${result}`;
  }
  const bare =
    judged.kind === 'stale' ? name.replace(judged.carries, '') : name.replace(/[-.](tag|version|template|v?[01])$/, '');
  const example = `${bare.replace(/[-.]$/, '')}-${written}`;
  const means = hasReplacements ? 'by the replacement that sets the' : 'together with the';
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

/** Another way to replace the old Job, which is enough if nothing waits for it by name and the name is valid. */
function otherWay(model: RootModel, { job }: Migration, { kind }: JobVersion, waits: readonly TargetMatch[]): string {
  const name = job.object.name.value ?? '';
  if (kind !== 'fixed' || waits.length > 0 || isAppliedByFleet(model) || findNamePlaceholder(name)) return '';
  const deletion = `delete the Job before each apply (\`kubectl delete job ${name} --ignore-not-found\`)`;
  const { kind: applier } = model.applier;
  if (applier === 'kubectl' || isAppliedByScript(model) || isHandedToKubectl(model)) return `; or ${deletion}`;
  return applier === 'unknown' ? `; or ${deletion}, or let Flux recreate it (\`${forceKey}: Enabled\`)` : '';
}
