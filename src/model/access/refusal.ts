import { once, oncePer } from '../../collections/once.ts';
import type { RootModel } from '../root-model.ts';
import { matchesOf, type TargetMatch, waitedNamespace } from '../waiters/target-match.ts';
import type { JobWaiter } from '../waiters/waiter.ts';
import type { Access } from './access.ts';
import { type Denial, explainDenial } from './denial.ts';
import { type AccountName, accountOf, bindingsFor, type Decision, decide, type JobRequest } from './grants.ts';
import { explainLostRole } from './lost-role.ts';
import { withSharedRoles } from './shared-roles.ts';

/** What a waiter's account should be able to do with its Jobs but may not. */
export interface Refusal {
  readonly verbs: readonly string[];
  /** Whether the waiter fails at once without them. */
  readonly isAtOnce: boolean;
  readonly denial: Denial;
}

/** Finds what is refused. Undefined if nothing is, if another root may allow it, or if it is allowed in the namespace of the Job. */
export function findRefusal(model: RootModel, waiter: JobWaiter): Refusal | undefined {
  const account = accountOf(waiter.workload);
  const matches = matchesOf(model.matches, waiter);
  const [names, namespace] = [jobNames(matches), waitedNamespace(waiter)];
  const requests = askedVerbs(waiter).map((verb): JobRequest => ({ verb, namespace, names }));
  const { denied, isBound, lost } = decideHere(model, account, requests);
  if (denied.length === 0 || (!model.completeButSettings && !isBound)) return undefined;
  const elsewhere = decideElsewhere(model, account, requests);
  const missing = denied.filter((request) => elsewhere.refuses(request));
  if (missing.length === 0) return undefined;
  const there = otherNamespace(matches);
  const isAllowedThere = (request: JobRequest): boolean =>
    decide(model.access, account, { ...request, namespace: there }) === 'allowed';
  if (there !== undefined && missing.every(isAllowedThere)) return undefined;
  const verbs = missing.map(({ verb }) => verb);
  const isAtOnce = neededVerbs(waiter).some((verb) => verbs.includes(verb));
  return { verbs, isAtOnce, denial: lost ?? elsewhere.lost() ?? explainDenial(model, waiter.workload, missing) };
}

/** What a root itself decides, with the ClusterRoles of other roots that its bindings refer to. */
interface OwnDecision {
  readonly denied: readonly JobRequest[];
  /** Whether it allows some of the requests. */
  readonly isBound: boolean;
  /** A binding that refers to the wrong role, and so gives none of the rights. */
  readonly lost: Denial | undefined;
}

function decideHere(model: RootModel, account: AccountName, requests: readonly JobRequest[]): OwnDecision {
  const completed = once(() => withSharedRoles(model.access, bindingsFor(model.access, account), model.otherRoots));
  const decisions = requests.map((request) => {
    const own = decide(model.access, account, request);
    return own === 'unknown' ? decideAny(completed(), account, request) : own;
  });
  const isBound = decisions.includes('allowed');
  const lost = isBound ? undefined : explainLostRole(completed()[0], account, requests);
  return { denied: requests.filter((_, index) => lost !== undefined || decisions[index] === 'denied'), isBound, lost };
}

/** What the other roots decide that bind the account. */
interface OtherDecision {
  refuses(request: JobRequest): boolean;
  /** A binding of theirs that refers to the wrong role. */
  lost(): Denial | undefined;
}

function decideElsewhere(
  { otherRoots }: RootModel,
  account: AccountName,
  requests: readonly JobRequest[],
): OtherDecision {
  const others = otherRoots.accessOf(account.name);
  const lostIn = oncePer((access: Access) => explainLostRole(access, account, requests));
  return {
    refuses: (request) =>
      others.every((access) => {
        const decision = decide(access, account, request);
        return decision === 'denied' || (decision === 'unknown' && lostIn(access) !== undefined);
      }),
    lost: () => {
      const lost = others.map(lostIn).find((each) => each !== undefined);
      return lost && { ...lost, fix: undefined };
    },
  };
}

/** What the most generous of several access rules decide. */
function decideAny(all: readonly Access[], account: AccountName, request: JobRequest): Decision {
  const decisions = new Set(all.map((access) => decide(access, account, request)));
  return decisions.has('allowed') ? 'allowed' : decisions.has('unknown') ? 'unknown' : 'denied';
}

/**
 * The verbs that a tool may use. k8s-wait-for-multi lists and watches; `kubectl get` and a bare request get a Job by
 * its name, and list if there is a selector.
 */
function askedVerbs({ tool, targets }: JobWaiter): readonly string[] {
  if (tool === 'k8s-wait-for-multi') return ['list', 'watch'];
  if (tool === 'k8s-wait-for' || tool === 'kubectl wait') return ['get', 'list', 'watch'];
  return targets.some(({ kind }) => kind === 'selector') ? ['list'] : ['get'];
}

/**
 * The verbs without which a tool fails at once: k8s-wait-for describes a Job by its name, and lists if there is a
 * selector.
 */
function neededVerbs(waiter: JobWaiter): readonly string[] {
  if (waiter.tool !== 'k8s-wait-for') return askedVerbs(waiter);
  return waiter.targets.some(({ kind }) => kind === 'selector') ? ['get', 'list'] : ['get'];
}

/** The namespace of the intended Job, if the waiter looks in another one; `wait-namespace` reports that. */
function otherNamespace(matches: readonly TargetMatch[]): string | undefined {
  const match = matches.find(({ near }) => near?.how === 'other namespace');
  return match?.near?.job.object.namespace.value;
}

/** The names that are waited for and those of the intended Jobs: `resourceNames` may hold either. */
function jobNames(matches: readonly TargetMatch[]): string[] {
  return matches.flatMap(({ target, exact, near }) => [
    ...(target.kind === 'name' ? [target.name.value] : []),
    ...[...exact, ...(near ? [near.job] : [])].flatMap(({ object }) => object.name.value ?? []),
  ]);
}
