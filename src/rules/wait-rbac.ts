import { setField } from '../findings/field-change.ts';
import { joinWords } from '../join-words.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findAccount } from '../model/access/access.ts';
import { type Denial, explainDenial, explainLostRole } from '../model/access/denial.ts';
import { accountOf, decide, type JobRequest } from '../model/access/grants.ts';
import type { RootModel } from '../model/root-model.ts';
import { matchesOf, type TargetMatch, waitedNamespace } from '../model/waiters/target-match.ts';
import { describeStuck, type JobWaiter } from '../model/waiters/waiter.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A waiter whose pod may not read Jobs. */
export const waitRbac: Rule = {
  id: 'wait-rbac',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: "The waiting pod's service account may not read Jobs",
    symptom:
      '`Init:0/1` or `Init:CrashLoopBackOff`; the log of the init container says `jobs.batch "…" is forbidden: User "system:serviceaccount:NS:default" cannot get resource "jobs" in API group "batch"`, or `couldn\'t get current server API group list` where no token is mounted.',
    why: "The init container asks the Kubernetes API for the Job with the token of the pod's service account. That account must be bound to a role that allows `get`, `list` and `watch` on `jobs` of group `batch` in the Job's namespace. A Deployment without `serviceAccountName` runs as `default`, whatever account the RoleBinding names.\n\n`kubectl wait` needs all three verbs. k8s-wait-for needs only `get` for a Job by name, so if only the other two are missing the finding is a warning. A loop over `kubectl get job NAME`, or over a request to the API, needs only `get`. Built-in ClusterRoles (`view`, `edit`, `admin`, `cluster-admin`), groups, wildcards, `resourceNames` and aggregated roles count as they do in the cluster. If the binding is in a file that the kustomization does not list, the finding says so and is a warning, since that file may be applied separately.\n\nNot reported:\n\n- when the account is bound to a role that the tree does not hold, unless the tree has a role with these rights that nobody is bound to",
    fix: '```yaml\nrules:\n  - apiGroups: ["batch"]\n    resources: ["jobs"]\n    verbs: ["get", "list", "watch"]\n```\n\nIn the Deployment, set `serviceAccountName:` to the account that the RoleBinding names.',
    fixing: {
      safe: 'no',
      how: "Adds the missing verbs, mounts the token, names the account that the binding or the pods name, or writes a Role and a RoleBinding to a file beside the ServiceAccount's (the workload's, if the tree has no such account) and lists it where that one is listed. Not safe, since it grants rights.",
    },
    links: [
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
      'https://github.com/groundnuty/k8s-wait-for',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      if (waiter.kind !== 'job') continue;
      checkToken(model, waiter, report);
      checkVerbs(model, waiter, report);
    }
  },
};

/** Reports a pod without a token. Its own setting wins over the account's. */
function checkToken(model: RootModel, waiter: JobWaiter, report: Report): void {
  const { object, pod } = waiter.workload;
  const { name, namespace } = accountOf(waiter.workload);
  const account = findAccount(model.access, name, namespace);
  const setting = pod.automountToken.value !== undefined ? pod.automountToken : account?.automountToken;
  if (setting?.value !== false || pod.mountsToken) return;
  const whose = setting === pod.automountToken ? describeObject(object) : `ServiceAccount \`${name}\``;
  report({
    message: `${whose} sets \`automountServiceAccountToken: false\`: ${nameWaiter(waiter)} has no token for the API server, and ${describeStuck(waiter)}.`,
    at: setting.place.at,
    related: historyOf(setting.place, 'setting'),
    object: referTo(object),
    field: setting.path,
    hint: 'Set `automountServiceAccountToken: true` in the pod template of the workload that waits.',
    fix: { title: 'Mount the token', safe: false, changes: [setField(pod.automountToken, true)] },
  });
}

function checkVerbs(model: RootModel, waiter: JobWaiter, report: Report): void {
  const { workload } = waiter;
  const refusal = findRefusal(model, waiter);
  if (refusal === undefined) return;
  const { verbs, denial } = refusal;
  const needed = verbs.some((verb) => neededVerbs(waiter).includes(verb));
  const effect = needed
    ? `${nameWaiter(waiter)} is refused, and ${describeStuck(waiter)}`
    : `${nameWaiter(waiter)} ${verbs.includes('list') ? 'needs only `get` as long as the Job exists, and is refused once it has to list' : 'does without it, but `kubectl wait` would be refused'}`;
  report({
    message: `ServiceAccount \`${accountOf(workload).name}\`, which ${describeObject(workload.object)} runs as, may not ${inWords(verbs)} Jobs${denial.clause}: ${effect}.`,
    at: denial.at,
    related: denial.related,
    object: referTo(workload.object),
    field: denial.field,
    hint: denial.hint,
    fix: waiter.namespace === undefined ? denial.fix : undefined,
    reasons: [`it waits with ${waiter.tool}`],
    severity: needed && !denial.isUncertain ? undefined : 'warning',
  });
}

/** What a waiter's account needs to do but may not. */
interface Refusal {
  readonly verbs: readonly string[];
  readonly denial: Denial;
}

/** Undefined if nothing is refused, if another root may allow it, or if it is allowed in the namespace of the Job. */
function findRefusal(model: RootModel, waiter: JobWaiter): Refusal | undefined {
  const account = accountOf(waiter.workload);
  const matches = matchesOf(model.matches, waiter);
  const [names, namespace] = [jobNames(matches), waitedNamespace(waiter)];
  const requests = askedVerbs(waiter).map((verb): JobRequest => ({ verb, namespace, names }));
  const decisions = requests.map((request) => decide(model.access, account, request));
  const isBound = decisions.includes('allowed');
  const lost = isBound ? undefined : explainLostRole(model.access, account, requests);
  const denied = requests.filter((_, index) => lost !== undefined || decisions[index] === 'denied');
  if (denied.length === 0 || (!model.completeButSettings && !isBound)) return undefined;
  const others = model.otherRoots.accessOf(account.name);
  const missing = denied.filter((request) => others.every((access) => decide(access, account, request) === 'denied'));
  if (missing.length === 0) return undefined;
  const there = otherNamespace(matches);
  const isAllowedThere = (request: JobRequest): boolean =>
    decide(model.access, account, { ...request, namespace: there }) === 'allowed';
  if (there !== undefined && missing.every(isAllowedThere)) return undefined;
  return { verbs: missing.map(({ verb }) => verb), denial: lost ?? explainDenial(model, waiter.workload, missing) };
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

function nameWaiter(waiter: JobWaiter): string {
  return `${waiter.container.role === 'main' ? 'container' : 'init container'} \`${waiter.container.name.value ?? ''}\``;
}

function inWords(verbs: readonly string[]): string {
  return joinWords(
    verbs.map((verb) => `\`${verb}\``),
    'or',
  );
}
