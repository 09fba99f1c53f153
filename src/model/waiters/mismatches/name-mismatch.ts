import { historyOf, narrowPlace, type Place } from '../../../objects/place.ts';
import type { Present } from '../../../objects/view.ts';
import type { Job } from '../../../objects/workload.ts';
import type { Related } from '../../../source/related.ts';
import type { Span } from '../../../source/span.ts';
import { listNames } from '../../../text/list-names.ts';
import type { RootModel } from '../../root-model.ts';
import type { TargetMatch } from '../target-match.ts';
import { explainArgument } from './argument-fault.ts';
import { called, explainReplacedWhole, explainSteps, jobName, pointAtBoth } from './step-mismatch.ts';

/** Why a waiter's argument and the name of the Job it means differ, and where to fix that. */
export interface NameMismatch {
  readonly at: Span;
  /** A clause that follows a semicolon, or a comma and `but` if the Job is in another namespace. */
  readonly clause: string;
  readonly related: readonly Related[];
  readonly hint: string;
}

/** Explains how the name that a waiter asks for and the name of the Job that it means came to differ. */
export function explainMismatch(model: RootModel, match: TargetMatch, name: Present<string>): NameMismatch {
  const place = narrowPlace(name.place, name.value);
  const { near } = match;
  const fault = explainArgument(match, name.value, place);
  if (fault) return fault;
  if (near === undefined) return explainNone(model, match, place);
  switch (near.how) {
    case 'replaced whole':
      return explainReplacedWhole(near.job, name);
    case 'other namespace':
      return explainNamespace(match, near.job, place);
    case 'prefix':
      return {
        ...pointAtBoth(near, place),
        clause: `${called(near.job)}. \`kubectl describe\` takes the argument as a prefix, so an older release's finished Job satisfies the wait`,
        hint: `Wait for \`${jobName(near.job)}\`, written by the replacement that names the Job.`,
      };
    case 'typo':
      return {
        ...pointAtBoth(near, place),
        clause: `did you mean \`${jobName(near.job)}\`?`,
        hint: `Write \`${jobName(near.job)}\`.`,
      };
    case 'earlier name':
    case 'same stem':
    case 'only one':
      return explainSteps(model, match, near, place);
  }
}

function explainNone(model: RootModel, { waiter }: TargetMatch, place: Place): NameMismatch {
  const isNone = model.jobs.length === 0;
  const clause = isNone
    ? 'the build contains no Job at all'
    : `its Jobs are called ${listNames(model.jobs.map(jobName))}`;
  const isSecond = waiter.targets.length > 1;
  const hint = isNone
    ? "Add the migration Job to the kustomization's `resources`."
    : isSecond
      ? 'Wait only for the Job that migrates, or add this one to `resources`.'
      : 'Wait for the Job that migrates, or add it to `resources`.';
  return { at: place.at, clause, related: historyOf(place, 'argument'), hint };
}

function explainNamespace(match: TargetMatch, job: Job, place: Place): NameMismatch {
  const given = match.waiter.namespace;
  const own = match.waiter.workload.object.namespace;
  const at = given === undefined ? place.at : given.place.at;
  const namespace = job.object.namespace.value ?? '';
  return {
    at,
    clause: `this build has ${match.target.kind === 'name' ? 'that Job' : 'them'} in namespace \`${namespace}\``,
    related: [
      ...historyOf(job.object.namespace.place, 'namespace of the Job', at),
      ...(given === undefined ? historyOf(own.place, 'namespace of the pods', at) : []),
    ],
    hint: `Put both into one namespace, or ${given === undefined ? `add the arguments \`-n\` and \`${namespace}\`` : `let the container look in \`${namespace}\``}.`,
  };
}
