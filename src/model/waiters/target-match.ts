import { editDistance } from '../../edit-distance.ts';
import { hasLabels, sameNamespace, writtenName } from '../objects/kubernetes-object.ts';
import { firstText, keepsHead, lastStep } from '../objects/place.ts';
import { nameStem } from '../objects/version.ts';
import type { Job } from '../objects/workload.ts';
import type { JobTarget } from './job-target.ts';
import type { JobWaiter } from './waiter.ts';

/** What became of one of a waiter's targets in the build. */
export interface TargetMatch {
  readonly waiter: JobWaiter;
  readonly target: JobTarget;
  /** The Jobs that it finds, under that exact name (or with those labels) and in that namespace. */
  readonly exact: readonly Job[];
  /** Where it finds none: the Job that was meant, as far as one can tell. */
  readonly near: NearJob | undefined;
}

/** How a Job resembles a name that no Job has. */
export interface NearJob {
  readonly job: Job;
  readonly how: 'other namespace' | 'earlier name' | 'replaced whole' | 'prefix' | 'same stem' | 'typo' | 'only one';
}

/** The namespace in which a waiter looks. */
export function waitedNamespace(waiter: JobWaiter): string | undefined {
  return waiter.namespace?.value ?? waiter.workload.object.namespace.value;
}

/** The waits that find a migration's Job by its very name. */
export function waitsByName(matches: readonly TargetMatch[], job: Job): TargetMatch[] {
  return matches.filter(({ target, exact }) => target.kind === 'name' && exact.includes(job));
}

/** Finds the Jobs that a target means. `fill` puts the values of known variables into a text. */
export function matchTarget(
  waiter: JobWaiter,
  target: JobTarget,
  jobs: readonly Job[],
  fill: (text: string) => string,
): TargetMatch {
  const inNamespace = (job: Job): boolean => sameNamespace(job.object.namespace.value, waitedNamespace(waiter));
  const meant = jobs.filter((job) => meets(target, job, fill));
  const exact = meant.filter(inNamespace);
  const elsewhere = meant[0];
  if (exact.length > 0) return { waiter, target, exact, near: undefined };
  if (elsewhere) return { waiter, target, exact, near: { job: elsewhere, how: 'other namespace' } };
  return {
    waiter,
    target,
    exact,
    near: target.kind === 'name' ? findNear(target, waiter.tool, jobs, fill) : undefined,
  };
}

function meets(target: JobTarget, job: Job, fill: (text: string) => string): boolean {
  if (target.kind === 'name') return fill(target.name.value) === fill(job.object.name.value ?? '');
  return target.labels !== undefined && hasLabels(job.object, target.labels);
}

type NameTarget = Extract<JobTarget, { kind: 'name' }>;

/** The most telling likeness first; of Jobs alike in the same way the first listed. */
function findNear(
  target: NameTarget,
  tool: JobWaiter['tool'],
  jobs: readonly Job[],
  fill: (text: string) => string,
): NearJob | undefined {
  const wanted = fill(target.name.value);
  const written = firstText(target.name.place);
  const ways: readonly (readonly [NearJob['how'], (job: Job, name: string) => boolean])[] = [
    ['replaced whole', (job, name) => isReplacedWhole(target, name) && resembles(written, job)],
    ['earlier name', (job) => job.object.earlierNames.includes(wanted) || withoutAffixes(job).includes(wanted)],
    ['prefix', (_, name) => tool === 'k8s-wait-for' && wanted.length > 2 && name.startsWith(`${wanted}-`)],
    ['earlier name', (job) => writtenName(job.object) === written || writtenName(job.object) === wanted],
    ['same stem', (_, name) => nameStem(wanted) !== '' && nameStem(wanted) === nameStem(name)],
    [
      'same stem',
      (job) => withoutAffixes(job).some((name) => nameStem(wanted) !== '' && nameStem(wanted) === nameStem(name)),
    ],
    ['typo', (_, name) => editDistance(wanted, name) <= Math.max(2, Math.floor(wanted.length / 5))],
    ['replaced whole', (_, name) => isReplacedWhole(target, name)],
  ];
  for (const [how, test] of ways) {
    const job = jobs.find((candidate) => test(candidate, fill(candidate.object.name.value ?? '')));
    if (job) return { job, how };
  }
  const [only, ...others] = jobs;
  return only && others.length === 0 ? { job: only, how: 'only one' } : undefined;
}

/** A replacement without delimiter left nothing of the argument: neither its head nor anything like a name. */
function isReplacedWhole(target: NameTarget, jobName: string): boolean {
  const { place, value } = target.name;
  const written = firstText(place);
  if (lastStep(place, 'replacement') === undefined || keepsHead(written, value)) return false;
  return jobName.includes(value) || nameStem(written) === nameStem(jobName);
}

function resembles(written: string, job: Job): boolean {
  return nameStem(written) !== '' && nameStem(written) === nameStem(job.object.name.value ?? '');
}

/** The Job's name without its prefixes and suffixes, taken off one by one from the outside. */
function withoutAffixes(job: Job): string[] {
  let name = job.object.name.value ?? '';
  const names: string[] = [];
  for (const prefix of [...job.object.prefixes].reverse()) {
    if (name.startsWith(prefix)) name = name.slice(prefix.length);
    names.push(name);
  }
  for (const suffix of [...job.object.suffixes].reverse()) {
    if (name.endsWith(suffix)) name = name.slice(0, name.length - suffix.length);
    names.push(name);
  }
  return names;
}
