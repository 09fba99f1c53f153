import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { argvOf } from '../../objects/argv.ts';
import { describeContainer } from '../../objects/describe-container.ts';
import { imageOf } from '../../objects/image.ts';
import { type Field, type Present, withText } from '../../objects/view.ts';
import { allContainers, type Container, isJob, type Workload, type WorkloadContainer } from '../../objects/workload.ts';
import { type Invocation, readInvocations, wordFields } from '../../shell/command-line.ts';
import { isIdleProgram } from '../../shell/idle-program.ts';
import { isProbeProgram } from '../databases/database-probe.ts';
import { checksSchema } from '../tools/schema-checks.ts';
import type { JobTarget } from './reading/job-target.ts';
import { readApiGet } from './reading/waiter-api.ts';
import { readKubectlGet, readKubectlWait } from './reading/waiter-kubectl.ts';
import { isWaitForImage, type PodWait, readWaitFor, type WaitForReading } from './reading/waiter-wait-for.ts';
import {
  isWaitForMultiImage,
  readOtherItems,
  readWaitForMulti,
  startsWaitForMulti,
  type WaitForMultiReading,
} from './reading/waiter-wait-for-multi.ts';

/** A container that holds its pod back until something is done. */
export type Waiter = JobWaiter | SchemaWaiter | OtherWaiter | UnknownWaiter;

/** Waits for Jobs through the Kubernetes API. */
export interface JobWaiter extends WorkloadContainer, JobWait {
  readonly kind: 'job';
}

/** Checks in the database itself whether the schema is up to date. */
export interface SchemaWaiter extends WorkloadContainer {
  readonly kind: 'schema';
}

/** Waits for a pod, a service or a port, which does not depend on a migration. */
export interface OtherWaiter extends WorkloadContainer {
  readonly kind: 'other';
  /** For k8s-wait-for, the pod that it waits for by name. */
  readonly podWait?: PodWait | undefined;
}

/** Waits, judging by its name, for something that its command does not show. */
export interface UnknownWaiter extends WorkloadContainer {
  readonly kind: 'unknown';
  /** The word that k8s-wait-for takes for its mode and does not know. */
  readonly wrongMode?: Present<string>;
  /** The argument of k8s-wait-for-multi with a kind that it does not know. */
  readonly wrongItem?: Present<string>;
}

/** What a command that waits for Jobs says. */
export interface JobWait {
  readonly tool: 'k8s-wait-for' | 'k8s-wait-for-multi' | 'kubectl wait' | 'kubectl get' | 'Kubernetes API';
  /** Only for k8s-wait-for: `job`, `job-we`, `job-wr`. */
  readonly mode: Present<string> | undefined;
  readonly targets: readonly JobTarget[];
  /** The namespace asked for; undefined means the pod's own. */
  readonly namespace: Field<string> | undefined;
  /** The word `wait` of a `kubectl wait` without `--timeout` and without a loop around it, which gives up after 30 s. */
  readonly untimed: Present<string> | undefined;
  /** For `kubectl wait`, the value of `--for`: `condition=complete`. */
  readonly condition?: Present<string> | undefined;
  /** For k8s-wait-for, the mode if it is run as the program instead of the image's entry point. */
  readonly startedMode?: Present<string> | undefined;
  /** The script that continues after a failed wait as if it had succeeded. */
  readonly ignoredIn?: Present<string> | undefined;
}

/** The waiters of a workload, in the order in which its containers start; one container may wait several times. */
export function findWaiters(workload: Workload): Waiter[] {
  return allContainers(workload.pod).flatMap((container) =>
    readWaiters(container).map((waiter) => ({ ...waiter, workload, container })),
  );
}

/** Those of a root's waiters that are in a workload. */
export function waitersOf(waiters: readonly Waiter[], workload: Workload): readonly Waiter[] {
  return byWorkload(waiters).get(workload) ?? [];
}

const byWorkload = oncePer((waiters: readonly Waiter[]) => groupBy(waiters, ({ workload }) => [workload]));

/** The waiter at the start of a sentence: ``Init container `wait` of Deployment `myapp` ``. */
export function describeWaiter({ container, workload }: Waiter): string {
  return describeContainer(container, workload.object);
}

/** What happens if a waiter never succeeds, in a clause. If its script hides the failure, the service starts. */
export function describeStuck(waiter: Waiter): string {
  const isMain = waiter.container.role === 'main';
  if (hidesFailedWait(waiter)) {
    if (isMain) return 'the container continues anyway';
    return isJob(waiter.workload) ? 'the Job starts anyway' : 'the service starts anyway';
  }
  return isMain ? 'the container never gets past it' : 'the pods never get past `Init`';
}

/** Whether the script of a waiter continues after a failed wait as if it had succeeded. */
export function hidesFailedWait(waiter: Waiter): boolean {
  return waiter.kind === 'job' && waiter.ignoredIn !== undefined;
}

/** Why a container was taken for a waiter, for `reasons`. */
export function reasonFor({ container, tool }: JobWaiter): string {
  return `container \`${container.name.value ?? ''}\` waits with ${tool}`;
}

/** Whether a waiter can hold its workload back until a migration is done. */
export function mayHoldBack(waiter: Waiter): boolean {
  return waiter.kind !== 'other' && waiter.container.role !== 'sidecar';
}

type Reading = WaitForReading | WaitForMultiReading | { readonly kind: 'schema' };

function readWaiters(container: Container): Reading[] {
  const words = argvOf(container);
  const invocations = readInvocations(withEntryPoint(container));
  const waits = isWaitForMultiImage(container)
    ? readWaitForMulti(words, container)
    : invocations.flatMap((invocation) => readJobWaits(invocation, container));
  if (isWaitForImage(container) && !isScript(container, invocations) && waits.length === 0) {
    return [readWaitFor(words, container)];
  }
  if (waits.length > 0) return waits.map((wait) => ({ kind: 'job', ...wait }));
  if (invocations.some((invocation) => checksSchema(invocation.words.join(' '), container.role)))
    return [{ kind: 'schema' }];
  if (isWaitForMultiImage(container)) return [readOtherItems(words, container)];
  if (container.role === 'init' && /^wait|wait(er|ing)?$|wait-for/i.test(container.name.value ?? '')) {
    return [{ kind: waitsForMigration(container) && !onlyConnects(invocations) ? 'unknown' : 'other' }];
  }
  return [];
}

/** Puts `kubectl` before the arguments of a container whose image starts it by itself. */
function withEntryPoint(container: Container): Container {
  const { command, args } = container;
  const [first] = args;
  const startsKubectl = command.length === 0 && /(^|[/-])kubectl$/.test(imageOf(container).repository);
  return startsKubectl && first !== undefined ? { ...container, command: [withText(first, 'kubectl')] } : container;
}

/** Whether a container runs a shell string, which may wait several times and do other things as well. */
function isScript({ command }: Container, invocations: readonly Invocation[]): boolean {
  return command.length > 0 && invocations.some(({ fields }) => fields === undefined);
}

function readJobWaits(invocation: Invocation, container: Container): JobWait[] {
  if (startsWaitForMulti(invocation)) return readWaitForMulti(wordFields(invocation), container);
  if (/^wait_for(\.sh)?$/.test(invocation.words[0] ?? '')) {
    const wait = readWaitFor(wordFields(invocation), container);
    return wait.kind === 'job' ? [withOutcome(wait, invocation)] : [];
  }
  const wait = readKubectlWait(invocation, container) ?? readKubectlGet(invocation, container);
  if (wait !== undefined) return [withOutcome(wait, invocation)];
  const request = readApiGet(invocation, container);
  return request === undefined ? [] : [request];
}

function withOutcome(wait: JobWait, { isFailureIgnored, field }: Invocation): JobWait {
  return isFailureIgnored ? { ...wait, ignoredIn: field } : wait;
}

/** Whether commands do nothing but try whether a server answers on its port. */
function onlyConnects(invocations: readonly Invocation[]): boolean {
  const programs = invocations.map(({ words: [program] }) => program ?? '');
  return (
    programs.some(isProbeProgram) && programs.every((program) => isProbeProgram(program) || isIdleProgram(program))
  );
}

/** Whether a waiter that cannot be read may wait for a migration, by its name, words or image. */
function waitsForMigration(container: Container): boolean {
  const name = container.name.value ?? '';
  const words = argvOf(container).map(({ value }) => value);
  if (/job|init/i.test(name) || [name, ...words].some((word) => /migrat|schema/i.test(word))) return true;
  return /wait-for-multi|(^|[/-])wait-?for-?(job|it-all)/.test(imageOf(container).repository);
}
