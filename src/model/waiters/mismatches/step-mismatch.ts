import { describeAffixes } from '../../../objects/kubernetes-object.ts';
import { firstText, hasStep, historyOf, joinRelated, lastStep, type Place } from '../../../objects/place.ts';
import type { Present } from '../../../objects/view.ts';
import type { Job } from '../../../objects/workload.ts';
import type { Related } from '../../../source/related.ts';
import { findWrite } from '../../replacements/replacement-write.ts';
import type { RootModel } from '../../root-model.ts';
import type { NearJob, TargetMatch } from '../target-match.ts';
import type { NameMismatch } from './name-mismatch.ts';

/** Explains which step of the build changed one of the two names and not the other. */
export function explainSteps(model: RootModel, match: TargetMatch, near: NearJob, place: Place): NameMismatch {
  return (
    explainAffixes(near, place) ??
    explainOtherPart(model, near.job, place) ??
    explainUnfilledName(near, place) ??
    explainOneSided(model, match, near, place) ?? {
      ...pointAtBoth(near, place),
      clause:
        near.how === 'only one' ? `the only Job of the build is called \`${jobName(near.job)}\`` : called(near.job),
      hint: `Wait for \`${jobName(near.job)}\`, ideally with a replacement that takes the Job's \`metadata.name\` as its source.`,
    }
  );
}

function explainAffixes(near: NearJob, place: Place): NameMismatch | undefined {
  const added = describeAffixes(near.job.object);
  if (added === '') return undefined;
  return {
    ...pointAtBoth(near, place),
    clause: `${called(near.job)}. The build adds ${added} to names and to references that it knows, never to container arguments`,
    hint: "Let a replacement in the overlay write the Job's `metadata.name` into the argument.",
  };
}

/** A variable of the kustomization was filled in in the argument, and not in the Job's name. */
function explainUnfilledName(near: NearJob, place: Place): NameMismatch | undefined {
  const variable = /\$\((\w+)\)/.exec(jobName(near.job))?.[0];
  if (variable === undefined || !hasStep(place, 'variable')) return undefined;
  return {
    ...pointAtBoth(near, place),
    clause: `${called(near.job)}. The build fills \`${variable}\` in the argument, and not in the Job's name`,
    hint: 'List `{kind: Job, path: metadata/name}` under `varReference` in a file of `configurations`.',
  };
}

/** A replacement changed only one of the two, or failed to change the Job's name. */
function explainOneSided(model: RootModel, match: TargetMatch, near: NearJob, place: Place): NameMismatch | undefined {
  const base = pointAtBoth(near, place);
  const isNamed = hasStep(near.job.object.name.place, 'replacement');
  const isArgument = hasStep(place, 'replacement');
  if (isNamed && !isArgument) {
    return {
      ...base,
      clause: `${called(near.job)}. A replacement puts the version into the Job's name, and not into the argument`,
      related: [...base.related, ...targetsWithoutObject(model, match.waiter.workload.object.kind)],
      hint: 'Add a target for the argument to that replacement.',
    };
  }
  const idle = targetsWithoutObject(model, 'Job');
  if (isArgument && !isNamed) {
    return {
      ...base,
      clause: `${called(near.job)}. A replacement puts the version into the argument, and not into the Job's name`,
      related: [...base.related, ...idle],
      hint: 'Let the replacement select the Job by the name that its file gives it, and write `metadata.name`.',
    };
  }
  if (idle.length === 0) return undefined;
  return {
    ...base,
    clause: `${called(near.job)}. A replacement that should change a Job's name selects nothing`,
    related: joinRelated(base.related, idle),
    hint: 'Let the replacement select the Job by the name that its file gives it.',
  };
}

/** Two targets that split the same text in different ways. */
function explainOtherPart(model: RootModel, job: Job, place: Place): NameMismatch | undefined {
  const named = job.object.name.place;
  const [own, other] = [place, named].map((each) => lastStep(each, 'replacement'));
  const [part, right] = [own, other].map((step) => findWrite(model.replacementWrites, step)?.part);
  if (own === undefined || part === undefined || right === undefined) return undefined;
  if (part.delimiter === right.delimiter && part.index === right.index) return undefined;
  const written = firstText(place);
  if (written !== firstText(named)) return undefined;
  return {
    at: own.at,
    clause: `${called(job)}. Both were written as \`${written}\`, and this replacement changes another part of it than in the Job's name`,
    related: joinRelated(historyOf(place, 'argument', own.at), historyOf(named, 'name of the Job', own.at)),
    hint: `Give this target \`options: {delimiter: '${right.delimiter}', index: ${right.index}}\`, as for the Job's name.`,
  };
}

/** Replacement targets for objects of a kind that selected nothing. */
function targetsWithoutObject(model: RootModel, kind: string): Related[] {
  return model.replacementTargets
    .filter(({ selected, select }) => selected === 0 && [kind, undefined].includes(select.get('kind')?.value))
    .map(({ select, place }) => ({
      at: (select.get('name') ?? { place }).place.at,
      note: 'this target of a replacement selects nothing',
    }));
}

/** A replacement without `delimiter` replaces the whole argument with its value. */
export function explainReplacedWhole(job: Job, name: Present<string>): NameMismatch {
  const target = lastStep(name.place, 'replacement')?.at ?? name.place.at;
  const written = firstText(name.place);
  const related = joinRelated(
    historyOf(name.place, 'argument', target),
    historyOf(job.object.name.place, 'name of the Job', target),
  );
  return {
    at: target,
    clause: `${called(job)}. The replacement has no \`delimiter\`, so it replaced the whole argument \`${written}\` with the bare value`,
    related,
    hint: delimiterHint(written, jobName(job)),
  };
}

/** The options that would change only the part of the argument that differs from the Job's name. */
function delimiterHint(written: string, name: string): string {
  const parts = written.split('-');
  const index = parts.findIndex((part, i) => part !== name.split('-')[i]);
  const only = index >= 0 && index === parts.length - 1 && name.startsWith(parts.slice(0, index).join('-'));
  return only
    ? `Give this target \`options: {delimiter: '-', index: ${index}}\`.`
    : "Give this target a `delimiter` and an `index`, or take the Job's `metadata.name` as the source.";
}

/** Points at the argument, with the history of both names. */
export function pointAtBoth({ job }: NearJob, place: Place): Pick<NameMismatch, 'at' | 'related'> {
  const { place: named } = job.object.name;
  return {
    at: place.at,
    related: joinRelated(historyOf(place, 'argument'), historyOf(named, 'name of the Job', place.at)),
  };
}

/** Says in a clause what the Job is called. */
export function called(job: Job): string {
  return `the Job is called \`${jobName(job)}\` after the build`;
}

/** The name of a Job after the build. */
export function jobName(job: Job): string {
  return job.object.name.value ?? '';
}
