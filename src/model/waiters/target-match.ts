import { groupBy } from '../../collections/group-by.ts';
import { once, oncePer } from '../../collections/once.ts';
import { hasLabels, sameNamespace, writtenName } from '../../objects/kubernetes-object.ts';
import { firstText, hasStep, keepsHead } from '../../objects/place.ts';
import { nameStem } from '../../objects/version.ts';
import type { Job } from '../../objects/workload.ts';
import { isNear } from '../../text/is-near.ts';
import type { JobTarget } from './reading/job-target.ts';
import type { JobWaiter, Waiter } from './waiter.ts';

/** A target of a waiter, and the Jobs of the build that match it. */
export interface TargetMatch {
  readonly waiter: JobWaiter;
  readonly target: JobTarget;
  /** The Jobs with exactly this name (or these labels) in the waiter's namespace. */
  readonly exact: readonly Job[];
  /** If there are none, the Job that was probably meant. */
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

/** The matches of a waiter's targets. */
export function matchesOf(matches: readonly TargetMatch[], waiter: Waiter): readonly TargetMatch[] {
  return byWaiter(matches).get(waiter) ?? [];
}

const byWaiter = oncePer((matches: readonly TargetMatch[]) =>
  groupBy<TargetMatch, Waiter>(matches, ({ waiter }) => [waiter]),
);

/** The waits that match a Job by its exact name. */
export function waitsByName(matches: readonly TargetMatch[], job: Job): readonly TargetMatch[] {
  return namedByJob(matches).get(job) ?? [];
}

const namedByJob = oncePer((matches: readonly TargetMatch[]) => {
  const named = matches.filter(({ target }) => target.kind === 'name');
  return groupBy(named, ({ exact }) => exact);
});

/** A Job with what targets are compared with, computed once for all waiters. */
interface Candidate {
  readonly job: Job;
  /** Its name, with known variables filled in. */
  readonly name: string;
  readonly stem: () => string;
  /** The name in its file. */
  readonly written: () => string;
  /** Its name without the prefixes and suffixes of the build. */
  readonly bare: () => readonly string[];
}

/** The Jobs that a waiter may mean: all but its own. */
interface Candidates {
  readonly all: () => readonly Candidate[];
  named(name: string): readonly Candidate[];
  /** The names of all Jobs that its workload waits for. */
  readonly ownNames: () => ReadonlySet<string>;
}

/**
 * Finds the Jobs that each target of the waiters means.
 * @param fill replaces the known variables in a text with their values
 */
export function matchTargets(
  waiters: readonly Waiter[],
  jobs: readonly Job[],
  fill: (text: string) => string,
): TargetMatch[] {
  const all = jobs.map((job) => readCandidate(job, fill));
  const byName = groupBy(all, ({ name }) => [name]);
  const byWorkload = once(() => groupBy(waiters.filter(isJobWaiter), ({ workload }) => [workload.object]));
  return waiters.flatMap((waiter) => {
    if (!isJobWaiter(waiter)) return [];
    // A Job does not wait for itself.
    const isOther = ({ job }: Candidate): boolean => job.object !== waiter.workload.object;
    const candidates: Candidates = {
      named: (name) => (byName.get(name) ?? []).filter(isOther),
      all: once(() => all.filter(isOther)),
      ownNames: once(() => awaitedNames(byWorkload().get(waiter.workload.object) ?? [], fill)),
    };
    return waiter.targets.map((target) => matchTarget(waiter, target, candidates, fill));
  });
}

function isJobWaiter(waiter: Waiter): waiter is JobWaiter {
  return waiter.kind === 'job';
}

/** The names of all Jobs that waiters wait for. */
function awaitedNames(waiters: readonly JobWaiter[], fill: (text: string) => string): Set<string> {
  const targets = waiters.flatMap((waiter) => waiter.targets);
  return new Set(targets.flatMap((target) => (target.kind === 'name' ? [fill(target.name.value)] : [])));
}

function readCandidate(job: Job, fill: (text: string) => string): Candidate {
  const name = fill(job.object.name.value ?? '');
  return {
    job,
    name,
    stem: once(() => nameStem(name)),
    written: once(() => writtenName(job.object)),
    bare: once(() => withoutAffixes(job)),
  };
}

function matchTarget(
  waiter: JobWaiter,
  target: JobTarget,
  candidates: Candidates,
  fill: (text: string) => string,
): TargetMatch {
  const wanted = target.kind === 'name' ? fill(target.name.value) : '';
  const meant = (target.kind === 'name' ? candidates.named(wanted) : withLabels(candidates.all(), target)).map(
    ({ job }) => job,
  );
  const namespace = waitedNamespace(waiter);
  const exact = meant.filter(({ object }) => sameNamespace(object.namespace.value, namespace));
  const elsewhere = meant[0];
  if (exact.length > 0) return { waiter, target, exact, near: undefined };
  if (elsewhere) return { waiter, target, exact, near: { job: elsewhere, how: 'other namespace' } };
  const near = target.kind === 'name' ? findNear(target, wanted, waiter.tool, candidates) : undefined;
  return { waiter, target, exact, near };
}

function withLabels(
  candidates: readonly Candidate[],
  { labels }: Exclude<JobTarget, NameTarget>,
): readonly Candidate[] {
  return labels === undefined ? [] : candidates.filter(({ job }) => hasLabels(job.object, labels));
}

type NameTarget = Extract<JobTarget, { kind: 'name' }>;

/** Tries the strongest similarity first. Of Jobs that are similar in the same way, the first listed counts. */
function findNear(
  { name: { place, value } }: NameTarget,
  wanted: string,
  tool: JobWaiter['tool'],
  { all, ownNames }: Candidates,
): NearJob | undefined {
  const written = firstText(place);
  const [stem, writtenStem] = [nameStem(wanted), nameStem(written)];
  // A replacement without `delimiter` left nothing of the original argument.
  const isReplaced = hasStep(place, 'replacement') && !keepsHead(written, value);
  const isReplacedBy = (each: Candidate): boolean =>
    isReplaced && (each.name.includes(value) || writtenStem === each.stem());
  const isNamedAlike = ({ job: { object } }: Candidate): boolean =>
    writtenStem !== '' && writtenStem === nameStem(object.name.value ?? '');
  const ways: readonly (readonly [NearJob['how'], (candidate: Candidate) => boolean])[] = [
    ['replaced whole', (each) => isReplacedBy(each) && isNamedAlike(each)],
    ['earlier name', ({ job, bare }) => job.object.earlierNames.includes(wanted) || bare().includes(wanted)],
    ['prefix', ({ name }) => tool === 'k8s-wait-for' && wanted.length > 2 && name.startsWith(`${wanted}-`)],
    ['earlier name', (each) => each.written() === written || each.written() === wanted],
    ['same stem', (each) => stem !== '' && stem === each.stem()],
    ['same stem', ({ bare }) => stem !== '' && bare().some((name) => stem === nameStem(name))],
    ['typo', ({ name }) => isNear(wanted, name, 5, 2)],
    ['replaced whole', isReplacedBy],
  ];
  for (const [how, isAlike] of ways) {
    const found = all().find(isAlike);
    if (found) return { job: found.job, how };
  }
  const [only, ...others] = all();
  if (only === undefined || others.length > 0) return undefined;
  // Pods that already wait for the only Job mean another one.
  return ownNames().has(only.name) ? undefined : { job: only.job, how: 'only one' };
}

/** The names that remain when prefixes and suffixes are removed one by one from the outside. */
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
