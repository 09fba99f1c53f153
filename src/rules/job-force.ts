import { removingNull, renameField, setField } from '../findings/field-change.ts';
import type { Fix } from '../findings/fix.ts';
import { forceKey, forceSettings } from '../flux/force.ts';
import type { Report, ReportedFinding, Rule } from '../lint/rule.ts';
import { isLeftToKubectl } from '../model/appliers/left-to-kubectl.ts';
import { findMissedForce, type MissedForce } from '../model/appliers/missed-force.ts';
import { findRecreation, replaceWithoutForce } from '../model/appliers/recreation.ts';
import { changesWithRelease, judgeJobName } from '../model/jobs/job-version.ts';
import type { Migration } from '../model/migrations/migration.ts';
import { halfDeletePolicy } from '../model/order/argo-phases.ts';
import type { RootModel } from '../model/root-model.ts';
import { isAppliedByFleet, isAppliedByScript, isHandedToKubectl } from '../model/scripts/scripted-apply.ts';
import { isWrittenByScript } from '../model/scripts/scripted-value.ts';
import { waitsByName } from '../model/waiters/target-match.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';

/** A migration Job that cannot replace the Job of the last release. */
export const jobForce: Rule = {
  id: 'job-force',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'The migration Job cannot be recreated when it changes',
    symptom:
      'The Flux Kustomization turns `Ready: False` with `Job.batch "myapp-migration" is invalid: spec.template: Invalid value: … field is immutable`, and nothing of the release is applied. Or nothing happens at all: `flux get kustomizations` is green, but the new migration has not run.',
    why: 'The pod template of a Job is immutable. If a release changes an environment variable, the hash of a generated ConfigMap or the image of a Job that still exists, the API server refuses the Job, and the whole apply fails with it.\n\nFlux deletes and recreates such an object only if the annotation or label `kustomize.toolkit.fluxcd.io/force` says `enabled` (in any case; `"true"` is silently ignored), or if the Flux Kustomization has `spec.force: true`. Force recreates a Job that *changed*; it does not run an unchanged one again.\n\nIf the name carries the version, each release brings a Job of its own, and only a change of the Job under the same version is refused, such as that of a setting in a ConfigMap with a hash in its name.\n\nUnder Argo CD, hooks and the sync option `Force=true` do the same, while `Replace=true` alone fails on a Job that exists. A hook whose delete policy is only `HookSucceeded` leaves a failed Job behind, which each later sync meets again. A `PreSync` hook of the first sync waits forever for a database, ConfigMap or Secret that comes with the same sync.\n\nNot reported:\n\n- when kubectl applies the tree, since `kubectl apply` has nothing like it and the name has to carry the version\n- when all that is known is that a script of the repository, or an example in a document about the tree, hands it to kubectl; a script also if its objects have annotations for Argo CD, or for Flux other than a misspelt force\n- when all that is known is that Rancher\'s Fleet applies the tree (`fleet.yaml`), or Terraform, which recreates what it cannot change\n- a Job whose name a script writes for each run\n- a Job that keeps its name and that nothing waits for, if nothing shows who applies the tree: `job-name-version` reports it',
    fix: '```yaml\nmetadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: Enabled\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes `kustomize.toolkit.fluxcd.io/force: Enabled`, or corrects a misspelt key. Safe if the annotation says `true` or the like, which Flux ignores, since force was asked for. Not safe if there is no annotation: Flux may then delete a migration that is still running when the next release comes. Under Argo CD there are several ways, and the choice is yours.',
    },
    links: [
      'https://fluxcd.io/flux/components/kustomize/kustomizations/#force',
      'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    if (model.applier.kind === 'kubectl' || isAppliedByScript(model) || isAppliedByFleet(model)) return;
    for (const migration of model.migrations) {
      checkHook(model, migration, report);
      if (findRecreation(model, migration.job) !== undefined || !changesWithRelease(model, migration)) continue;
      if (isNamedByScript(model, migration) || isReportedByName(model, migration)) continue;
      if (isLeftToKubectl(model, migration.job)) continue;
      if (model.applier.kind === 'argocd') checkArgo(model, migration, report);
      else checkFlux(model, migration, report);
    }
  },
};

/** Whether a script writes the name for each run: one such as `orders-{RUN}`, which no object can have. */
function isNamedByScript(model: RootModel, { job }: Migration): boolean {
  const name = job.object.name.value ?? '';
  return /[^a-z0-9.-]/.test(name) && isWrittenByScript(model, name, job.object.name.place);
}

/** If it is not known that Flux applies the tree, `job-name-version` reports a fixed name. */
function isReportedByName(model: RootModel, migration: Migration): boolean {
  return (
    model.applier.kind === 'unknown' &&
    forceSettings(migration.job.object).length === 0 &&
    isFixedAlone(model, migration)
  );
}

/** Whether the Job keeps its name from release to release, and nothing waits for it by name. */
function isFixedAlone(model: RootModel, migration: Migration): boolean {
  return judgeJobName(model, migration).kind === 'fixed' && waitsByName(model.matches, migration.job).length === 0;
}

function checkFlux(model: RootModel, migration: Migration, report: Report): void {
  const common = {
    object: referTo(migration.job.object),
    reasons: [...migration.reasons, `applied by ${model.applier.kind}: ${model.applier.why}`],
  };
  const [ignored] = forceSettings(migration.job.object);
  report({ ...common, ...(ignored ? describeIgnored(migration, ignored) : describeUnforced(model, migration)) });
}

type Described = Omit<ReportedFinding, 'object' | 'reasons'>;

/** Describes a setting that has no effect, such as `force: "true"`. */
function describeIgnored({ job: { object } }: Migration, setting: Present<string>): Described {
  return {
    message: `${describeObject(object)} sets \`${forceKey}\` to \`${setting.value}\`, which Flux silently ignores: only \`enabled\` counts. A release that changes the Job's pod template is refused as immutable.`,
    at: setting.place.at,
    related: historyOf(setting.place, 'value'),
    field: setting.path,
    hint: `Write \`${forceKey}: Enabled\`.`,
    fix: {
      title: `Set \`${forceKey}\` to \`Enabled\``,
      safe: asksForForce(setting.value),
      changes: [setField(setting, 'Enabled')],
    },
  };
}

/** Describes a Job without the setting, or with a misspelt one. */
function describeUnforced(model: RootModel, migration: Migration): Described {
  const { object } = migration.job;
  const missed = findMissedForce(migration.job);
  const { removal } = object.annotation(forceKey);
  const unforced = model.applier.flux.filter(({ force }) => force.value !== true);
  const unchanged = isFixedAlone(model, migration) ? otherEffect(model, migration) : '';
  const isVersioned = judgeJobName(model, migration).kind === 'versioned';
  const otherApplier =
    model.applier.kind === 'unknown'
      ? '; if something other than Flux applies this tree, set `applier` in migrate-lint.yaml'
      : '';
  return {
    message: `${describeObject(object)} has no \`${forceKey}: Enabled\`${removal ? ', since a patch removes it' : describeMissed(missed)}: ${consequence(model, migration)}, and the whole apply fails with it${isVersioned ? ' until the next version' : unchanged}.`,
    at: (removal ?? missed?.view.place ?? object.annotationsPlace).at,
    related: [
      ...(removal ? historyOf(removal, 'annotation') : []),
      ...unforced.map(({ force, object: kustomization }) => ({
        at: force.place.at,
        note: `${describeObject(kustomization)} does not set \`spec.force: true\` either`,
      })),
    ],
    field: `metadata.annotations["${forceKey}"]`,
    hint: `${removal ? 'Leave the annotation where it is' : hintToForce(missed)}${otherApplier}.`,
    fix: fixForce(migration, missed),
    severity: isPassing(model, migration) ? 'warning' : undefined,
  };
}

function describeMissed(missed: MissedForce | undefined): string {
  if (missed === undefined) return '';
  return missed.isOnTemplate
    ? `, and \`${missed.key}\` of its pod template means nothing to Flux`
    : `, and \`${missed.key}\` means nothing to Flux`;
}

function hintToForce(missed: MissedForce | undefined): string {
  if (missed === undefined) return `Add the annotation \`${forceKey}: Enabled\``;
  return missed.isOnTemplate
    ? `Move it to the Job's own annotations, as \`${forceKey}: Enabled\``
    : `Write \`${forceKey}: Enabled\` in its place`;
}

/** Renames a misspelt setting, or adds the annotation. Undefined if a JSON patch or the null of a map removes it. */
function fixForce({ job: { object } }: Migration, missed: MissedForce | undefined): Fix | undefined {
  const field = object.annotation(forceKey);
  if (field.removal && removingNull(field) === undefined) return undefined;
  const isRenamed = missed?.isOnTemplate === false && missed.view.text().value?.toLowerCase() === 'enabled';
  return {
    title: isRenamed ? `Rename \`${missed.key}\` to \`${forceKey}\`` : `Add the annotation \`${forceKey}: Enabled\``,
    safe: false,
    changes: [isRenamed ? renameField(missed.view, missed.key, forceKey) : setField(field, 'Enabled')],
  };
}

/** Whether a value was meant to turn force on. Flux ignores `disabled` as well, but it means the opposite. */
function asksForForce(value: string): boolean {
  return /^(?:true|yes|y|on|1|enable|force)$/i.test(value.trim());
}

function checkArgo(model: RootModel, migration: Migration, report: Report): void {
  const { kind } = judgeJobName(model, migration);
  const { object } = migration.job;
  const common = {
    object: referTo(object),
    reasons: [...migration.reasons, `applied by Argo CD: ${model.applier.why}`],
    severity: isPassing(model, migration) ? 'warning' : undefined,
  } as const;
  const hook =
    'a hook with `argocd.argoproj.io/hook-delete-policy: BeforeHookCreation`: `PreSync` if everything it needs exists before the sync, otherwise `Sync`, with the service in a later wave';
  const withoutTtl = runsAgain(model, migration) ? ', and remove `ttlSecondsAfterFinished`' : '';
  const replaced = replaceWithoutForce(object);
  if (replaced) {
    report({
      ...common,
      message: `${describeObject(object)} has the sync option \`Replace=true\` without \`Force=true\`: Argo CD then replaces the Job in place, which the API server refuses${kind === 'fixed' ? untilGone(migration) : ' if the Job exists already, as at the second sync of a version'}, since its selector and pod template are immutable, and the sync fails with it${runsAgain(model, migration) ? otherEffect(model, migration) : ''}.`,
      at: replaced.place.at,
      related: historyOf(replaced.place, 'options'),
      field: replaced.path,
      hint: `Write \`Force=true,Replace=true\`, so that Argo CD deletes and recreates the Job${withoutTtl}; or make it ${hook}.`,
    });
    return;
  }
  if (kind !== 'fixed') return;
  report({
    ...common,
    message: `${describeObject(object)} is neither a hook nor replaced by Argo CD: ${consequence(model, migration)}, and the sync fails with it${otherEffect(model, migration)}.`,
    at: object.annotationsPlace.at,
    related: [],
    field: 'metadata.annotations["argocd.argoproj.io/hook"]',
    hint: `Make it ${hook}. Or put the version in its name${withoutTtl}.`,
  });
}

/** A hook whose Job Argo CD leaves in the cluster after one of the two ways in which it can end. */
function checkHook(model: RootModel, migration: Migration, report: Report): void {
  const { object } = migration.job;
  const half = halfDeletePolicy(object);
  if (half === undefined || findRecreation(model, migration.job) !== 'argocd hook') return;
  if (isHandedToKubectl(model) || judgeJobName(model, migration).kind === 'versioned') return;
  const until = untilGone(migration);
  report({
    message:
      half.policy === 'HookSucceeded'
        ? `Argo CD deletes ${describeObject(object)} only when it has succeeded: a failed one stays, and each later sync fails with it${until}, also that of a release that repairs the migration, since the pod template of the Job is immutable.`
        : `Argo CD deletes ${describeObject(object)} only when it has failed: that of the last release stays, so${until === '' ? '' : `,${until},`} a release that changes its pod template, which is immutable, is refused, and one that does not change it runs no migration.`,
    at: half.setting.place.at,
    related: historyOf(half.setting.place, 'policy'),
    object: referTo(object),
    field: half.setting.path,
    hint: `Write \`BeforeHookCreation,${half.policy}\`, or \`BeforeHookCreation\` alone, which keeps the logs until the next sync.`,
    reasons: migration.reasons,
    severity: half.policy === 'HookSucceeded' ? 'warning' : undefined,
  });
}

/** What happens to a Job that nothing replaces when a release does not change it. */
function otherEffect(model: RootModel, migration: Migration): string {
  if (runsAgain(model, migration)) {
    return '; once it is over, Argo CD (`selfHeal`) recreates the Job, and the migration runs again and again';
  }
  return isPassing(model, migration) ? '' : '; one that does not change it runs no migration';
}

/** Whether Argo CD recreates the Job after Kubernetes has deleted it by its TTL. */
function runsAgain({ applier }: RootModel, { job }: Migration): boolean {
  return applier.selfHeals && job.ttlSeconds.value !== undefined;
}

/** Whether Kubernetes removes the finished Job by itself, so that it does not block a later release. */
function isPassing(model: RootModel, migration: Migration): boolean {
  return migration.job.ttlSeconds.value !== undefined && isFixedAlone(model, migration);
}

function consequence(model: RootModel, migration: Migration): string {
  return judgeJobName(model, migration).kind === 'versioned'
    ? 'if its pod template, which is immutable, changes under the same version, the Job is refused'
    : `a release that changes its pod template, which is immutable, is refused${untilGone(migration)}`;
}

/** How long a change is refused, in a clause. */
function untilGone({ job }: Migration): string {
  return job.ttlSeconds.value === undefined ? '' : ' until `ttlSecondsAfterFinished` is over';
}
