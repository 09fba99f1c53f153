import type { Report, Rule } from '../lint/rule.ts';
import { findEmptiedScripts } from '../model/commands/emptied-use.ts';
import { isNameOverwritten, missesPlaceholder } from '../model/replacements/segment-fault.ts';
import type { RootModel } from '../model/root-model.ts';
import { aimAtJob } from '../model/waiters/mismatches/aim-waiter.ts';
import { explainMismatch } from '../model/waiters/mismatches/name-mismatch.ts';
import { explainUnlistedJob } from '../model/waiters/mismatches/unlisted-job.ts';
import { unmatchedTargets } from '../model/waiters/mismatches/unmatched-target.ts';
import type { TargetMatch } from '../model/waiters/target-match.ts';
import { describeStuck, describeWaiter, reasonFor } from '../model/waiters/waiter.ts';
import { describeObject, referTo, writtenName } from '../objects/kubernetes-object.ts';
import { firstText, hasStep, historyOf, narrowPlace } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';
import { asSentence } from '../text/as-sentence.ts';

/** A waiter for a Job that the build does not contain. */
export const waitJobMatch: Rule = {
  id: 'wait-job-match',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'An init container waits for a Job that the build does not contain',
    symptom:
      'The new pods stay in `Init:0/1` or `Init:CrashLoopBackOff`; `kubectl logs POD -c wait-for-migration` says `Error from server (NotFound): jobs.batch "…" not found`. The old pods keep running, and the rollout never ends.',
    why: "The name in the waiter's arguments is plain text that kustomize does not know as a reference. A `namePrefix` or `nameSuffix` renames the Job but not the argument. A replacement without `delimiter` replaces the whole argument with the bare version. A target that selects nothing silently changes nothing. The rule compares the argument with the Jobs of the build, in the namespace where the waiter looks. If a Job of that name is in a file that the kustomization does not list, the finding says so and is a warning, since that file may be applied separately.",
    fix: 'In the base, change only the part that holds the version; in an overlay with a prefix, copy the built name:\n\n```yaml\nreplacements:\n  - source: {kind: Job, fieldPath: metadata.name}\n    targets:\n      - select: {kind: Deployment, name: myapp}\n        fieldPaths:\n          - spec.template.spec.initContainers.[name=wait-for-migration].args.1\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes the name of the intended Job into the argument, the way the Job gets its own: with a replacement in the overlay that adds a prefix, with the replacement that writes the version, or as text. Safe if the argument is an earlier name of the Job, or lost its text to a replacement without `delimiter`; otherwise the intended Job is a guess.',
    },
    links: [
      'https://github.com/groundnuty/k8s-wait-for',
      'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const match of unmatchedTargets(model)) {
      if (hasRuleOfItsOwn(model, match) || isEmptiedScript(model, match)) continue;
      if (match.target.kind === 'name') reportName(model, match, match.target.name, report);
      else if (match.target.labels !== undefined)
        reportSelector(model, match, match.target.labels, match.target.selector, report);
    }
  },
};

/** `wait-namespace` and `wait-job-prefix` report these, and `replacement-segment` a Job whose own name is wrong. */
function hasRuleOfItsOwn({ replacementWrites }: RootModel, { near, target }: TargetMatch): boolean {
  if (near === undefined) return false;
  if (near.how === 'other namespace' || near.how === 'prefix') return true;
  if (missesPlaceholder(replacementWrites, near.job)) return true;
  // A replaced argument with the Job's text in the files is right if only the Job's name was overwritten.
  const isRight =
    target.kind === 'name' &&
    hasStep(target.name.place, 'replacement') &&
    firstText(target.name.place) === writtenName(near.job.object);
  return isRight && isNameOverwritten(replacementWrites, near.job);
}

/** `variable-unresolved` reports a mounted script from which Flux has taken the name. */
function isEmptiedScript(model: RootModel, { waiter, target }: TargetMatch): boolean {
  return target.kind === 'name' && target.name.value === '' && findEmptiedScripts(model, waiter).length > 0;
}

function reportName(model: RootModel, match: TargetMatch, name: Present<string>, report: Report): void {
  const unlisted = explainUnlistedJob(model, match, name);
  const mismatch = unlisted ?? explainMismatch(model, match, name);
  report({
    message: `${describeWaiter(match.waiter)} waits for Job \`${name.value}\`, which this build does not contain; ${mismatch.clause}${/[?.]$/.test(mismatch.clause) ? '' : '.'} ${asSentence(describeStuck(match.waiter))}`,
    at: mismatch.at,
    related: mismatch.related,
    object: referTo(match.waiter.workload.object),
    field: name.path,
    hint: mismatch.hint,
    reasons: [reasonFor(match.waiter)],
    fix: unlisted ? undefined : aimAtJob(model, match, name),
    severity: unlisted ? 'warning' : undefined,
  });
}

function reportSelector(
  model: RootModel,
  match: TargetMatch,
  labels: ReadonlyMap<string, string>,
  selector: Present<string>,
  report: Report,
): void {
  const near = model.jobs.find(({ object }) =>
    [...labels].some(([key, value]) => object.labels.get(key)?.value === value),
  );
  const place = narrowPlace(selector.place, selector.value);
  report({
    message: `${describeWaiter(match.waiter)} waits for Jobs with \`${selector.value}\`, but no Job of this build has these labels. ${asSentence(describeStuck(match.waiter))}`,
    at: place.at,
    related: [
      ...historyOf(place, 'selector'),
      ...(near
        ? [
            {
              at: near.object.name.place.at,
              note: `${describeObject(near.object)} has some of them`,
            },
          ]
        : []),
    ],
    object: referTo(match.waiter.workload.object),
    field: selector.path,
    hint: 'Give the migration Job these labels (`metadata.labels`, not those of its pod template), or wait for it by name.',
    reasons: [reasonFor(match.waiter)],
  });
}
