import type { Report, Rule } from '../lint/rule.ts';
import { hookOf, isArgoHook, isInEarlierPhase, syncWave, waveOf } from '../model/order/argo-phases.ts';
import { findDeletedNeeds, findLateNeeds, type LateNeed } from '../model/order/late-needs.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import type { Job } from '../objects/workload.ts';
import { joinWords } from '../text/join-words.ts';

/** A migration that Argo CD runs before the objects it needs exist. */
export const jobPhase: Rule = {
  id: 'job-phase',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'Argo CD runs the migration Job before it applies what the Job needs',
    symptom:
      'The first sync of a new environment hangs at its `PreSync` hook: the pods of the migration stay in `CreateContainerConfigError`, are not created because their ServiceAccount is missing, or find no database.',
    why: 'Argo CD starts the `Sync` phase, which holds all objects without a hook, only once every `PreSync` hook has succeeded, and each wave only once the waves before it are healthy. So a ConfigMap, Secret, ServiceAccount or database from the same build does not exist yet when the Job first runs. In later syncs it does, with the content of the previous sync: the migration runs with the settings, or the mounted statements, of the old release. If a generator gives a ConfigMap or Secret a new name with each change, a sync that changes it hangs like the first one, and the finding is an error.\n\nThe same goes for any other Job that is a `PreSync` hook, such as one that creates databases: nothing else is applied until it has succeeded. A `PostDelete` hook runs once everything else of the Application is deleted, the ConfigMaps that it takes its settings from among it.\n\nNot reported:\n\n- objects that the build does not hold\n- a Secret that a script or document of the repository creates, unless the build holds a SealedSecret for it\n- when a script hands the tree to kubectl',
    fix: 'Leave the Job in the `Sync` phase, and put the service into a later wave, which Argo CD starts once the Job is done.\n\n```yaml\nkind: Job\nmetadata:\n  annotations:\n    argocd.argoproj.io/hook: Sync\n    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation\n---\nkind: Deployment\nmetadata:\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n```',
    links: ['https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const needs = findLateNeeds(model, migration.job);
      if (needs.length > 0) reportNeeds(migration.job, migration.reasons, needs, report);
    }
    for (const job of otherHooks(model)) {
      const needs = findLateNeeds(model, job).filter((need) => isInEarlierPhase(job.object, need.object));
      if (needs.length > 0) reportNeeds(job, undefined, needs, report);
      const deleted = findDeletedNeeds(model, job);
      if (deleted.length > 0) reportDeleted(job, deleted, report);
    }
  },
};

/** The other Jobs that are hooks: one that never succeeds keeps Argo CD from the rest of the sync. */
function otherHooks({ jobs, migrations }: RootModel): readonly Job[] {
  const known = new Set(migrations.map(({ job }) => job));
  return jobs.filter((job) => !known.has(job) && isArgoHook(job.object));
}

/** Reports a Job that runs when an Application is deleted, and needs objects that are deleted before it. */
function reportDeleted({ object }: Job, needs: readonly LateNeed[], report: Report): void {
  const setting = hookOf(object) ?? object.name;
  report({
    message: `Argo CD runs ${describeObject(object)} only once it has deleted ${named(needs)}, which the Job needs: its pod never starts, and the deletion of the Application never ends.`,
    at: setting.place.at,
    related: needs.map((need) => ({ at: need.object.name.place.at, note: `${describe(need)} is deleted before it` })),
    object: referTo(object),
    field: setting.path,
    hint: 'Write the values into the Job, or give it objects of its own that are `PostDelete` hooks of an earlier wave.',
  });
}

/** @param reasons why the Job counts as a migration; undefined if it does not */
function reportNeeds(
  { object }: Job,
  reasons: readonly string[] | undefined,
  needs: readonly LateNeed[],
  report: Report,
): void {
  const inPhase = needs.filter((need) => isInEarlierPhase(object, need.object));
  const early = inPhase.length > 0 ? inPhase : needs;
  const hashed = early.filter((need) => need.hashed);
  const setting = (inPhase.length > 0 ? hookOf(object) : (waveOf(object) ?? waveOf(early[0]?.object))) ?? object.name;
  report({
    message: `Argo CD runs ${describeObject(object)} before it applies ${named(early)}, which the Job needs: the first sync never gets past it${laterSyncs(early, hashed)}.`,
    at: setting.place.at,
    related: early.map((need) => ({ at: need.object.name.place.at, note: `${describe(need)} comes after it` })),
    object: referTo(object),
    field: setting.path,
    hint:
      inPhase.length > 0
        ? reasons === undefined
          ? 'Make the Job a `Sync` hook in a later wave, or a `PostSync` hook if no pods need what it does.'
          : hintToSync(object, early)
        : `Put ${withPods(early)} into wave ${syncWave(object)} or an earlier one (\`argocd.argoproj.io/sync-wave\`).`,
    ...(reasons && { reasons }),
    severity: hashed.length > 0 ? 'error' : undefined,
  });
}

/** As a `Sync` hook, the Job still has to come no earlier than what it needs, and the service later than the Job. */
function hintToSync(job: KubernetesObject, needs: readonly LateNeed[]): string {
  const own = syncWave(job);
  const wave = Math.max(own, ...needs.map((need) => syncWave(need.object)));
  const raised = wave > own ? ` in wave ${wave} instead of ${own}` : '';
  return `Make the Job a \`Sync\` hook${raised}, and put the service into a later wave (\`argocd.argoproj.io/sync-wave: "${wave + 1}"\`).`;
}

function laterSyncs(needs: readonly LateNeed[], hashed: readonly LateNeed[]): string {
  if (hashed.length > 0)
    return `, and neither does one that changes ${named(hashed)}, since each change makes a new object`;
  const old = [
    ...(needs.some((need) => need.for === 'environment') ? ['settings'] : []),
    ...(needs.some((need) => need.for === 'files') ? ['files'] : []),
  ];
  return old.length > 0 ? `, and later ones run it with the ${joinWords(old)} of the previous sync` : '';
}

/** The objects by name. A Service is of no use without the pods behind it. */
function withPods(needs: readonly LateNeed[]): string {
  return `${named(needs)}${needs.some((need) => need.for === 'service') ? ', with the pods behind it,' : ''}`;
}

function named(needs: readonly LateNeed[]): string {
  return joinWords(needs.map(describe));
}

/** Names the object without its content hash, which differs in each overlay. */
function describe({ object, hashed }: LateNeed): string {
  return hashed ? `${object.kind} \`${object.earlierNames.at(-1) ?? ''}\`` : describeObject(object);
}
