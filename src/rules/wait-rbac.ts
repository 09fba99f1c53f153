import { setField } from '../findings/field-change.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findAccount } from '../model/access/access.ts';
import { mountsForeignToken } from '../model/access/foreign-token.ts';
import { accountOf } from '../model/access/grants.ts';
import { findRefusal } from '../model/access/refusal.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeStuck, type JobWaiter } from '../model/waiters/waiter.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { joinWords } from '../text/join-words.ts';

/** A waiter whose pod may not read Jobs. */
export const waitRbac: Rule = {
  id: 'wait-rbac',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: "The waiting pod's service account may not read Jobs",
    symptom:
      '`Init:0/1` or `Init:CrashLoopBackOff`; the log of the init container says `jobs.batch "…" is forbidden: User "system:serviceaccount:NS:default" cannot get resource "jobs" in API group "batch"`, or `couldn\'t get current server API group list` where no token is mounted.',
    why: "The init container asks the Kubernetes API for the Job with the token of the pod's service account. That account must be bound to a role that allows `get`, `list` and `watch` on `jobs` of group `batch` in the Job's namespace. A Deployment without `serviceAccountName` runs as `default`, whatever account the RoleBinding names.\n\n`kubectl wait` needs all three verbs. k8s-wait-for needs only `get` for a Job by name, so if only the other two are missing the finding is a warning. A loop over `kubectl get job NAME`, or over a request to the API, needs only `get`. Built-in ClusterRoles (`view`, `edit`, `admin`, `cluster-admin`), groups, wildcards, `resourceNames` and aggregated roles count as they do in the cluster. If the binding is in a file that the kustomization does not list, the finding says so and is a warning, since that file may be applied separately.\n\nNot reported:\n\n- when the account is bound to a role that the tree does not hold, unless the tree has a role with these rights that nobody is bound to\n- for a container that mounts a Secret of its own at `/var/run/secrets/kubernetes.io/serviceaccount`, and so may act as another account",
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
      if (waiter.kind !== 'job' || mountsForeignToken(waiter.container, waiter.workload.pod)) continue;
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
  const { verbs, isAtOnce, denial } = refusal;
  const effect = isAtOnce
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
    severity: isAtOnce && !denial.isUncertain ? undefined : 'warning',
  });
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
