import type { Report, Rule } from '../lint/rule.ts';
import { type BlockedTraffic, findBlockedTraffic } from '../model/network/blocked-traffic.ts';
import { findIdlePolicies, type IdlePolicies } from '../model/network/idle-policy.ts';
import { describeStuck, describeWaiter, reasonFor } from '../model/waiters/waiter.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { lastSetter } from '../objects/place.ts';
import type { Workload } from '../objects/workload.ts';
import type { Related } from '../source/related.ts';

/** Network policies that keep a migration or its service from their database, or a waiter from the API server. */
export const networkPolicy: Rule = {
  id: 'network-policy',
  severity: 'error',
  category: 'service',
  docs: {
    summary:
      'Network policies let only one of service and migration reach the database, keep the waiter from the API server, or select no pods',
    symptom:
      'The migration fails with `connection timed out`, though the service connects with the same settings; or a service does, though the migration went well. Or the init container repeats `dial tcp 10.96.0.1:443: i/o timeout`, and the pods stay in `Init:0/1`.',
    why: "A pod that any NetworkPolicy selects for a direction may only do what some policy allows. Policies are written for the labels of the service. The pods of the migration Job have other labels, so a database that admits `app: myapp` turns them away, and a default deny for the namespace leaves them without egress. The same happens to a second service with labels of its own. A waiter asks the API server, which is outside the pod network: only a rule without `to`, or one with an address, reaches it.\n\nThe rule compares the labels of the release's pods with the policies of the same build, and with those of the other trees linted with it. It counts what a rule may cover as covered: addresses, named ports and namespaces that the build does not describe. Policies of Cilium, Calico and the like count as open. A policy that selects by a label which only the objects have, and not their pods, selects none: `labels` of a kustomization leaves out pod templates unless `includeTemplates` or `includeSelectors` is true. A cluster whose network plugin ignores NetworkPolicies is not affected.\n\nNot reported:\n\n- a migration that reaches one of several databases that its settings name, such as the one behind a proxy\n- a database that the policies of this build open to neither the migration nor its service\n- a service that is tied to the migration only by its name, label or image\n- a waiter whose pods no policy of this build lets out at all\n- pods on the host network\n- trees that were only partly built",
    fix: 'Allow the labels of the migration as well:\n\n```yaml\nkind: NetworkPolicy\nspec:\n  podSelector:\n    matchLabels: {app: postgres}\n  ingress:\n    - from:\n        - podSelector:\n            matchExpressions:\n              - {key: app, operator: In, values: [myapp, myapp-migration]}\n```\n\nFor a waiter, allow the address and port of the API server (`kubectl get endpoints kubernetes`) in `egress`.',
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const idle of findIdlePolicies(model)) reportIdle(idle, report);
    for (const blocked of findBlockedTraffic(model)) {
      if (blocked.kind === 'api server') reportWaiter(blocked, report);
      else reportPods(blocked, report);
    }
  },
};

/** Reports policies that select no pods, so that a default deny denies nothing, or what they allow stays denied. */
function reportIdle({ policies, workload, label, key }: IdlePolicies, report: Report): void {
  const [first, ...others] = policies;
  const adding = lastSetter(label.place);
  const isAdded = adding?.by === 'labels';
  const more = others.length === 0 ? 'selects' : `and ${others.length} more select`;
  report({
    message: `${describeObject(first.object)} ${more} pods by \`${key}\`, a label that ${describeObject(workload.object)} has and its pods do not: no pod of this build is selected, so nothing is restricted or allowed by ${others.length === 0 ? 'it' : 'them'}.`,
    at: first.selectorPlace.at,
    related: [
      {
        at: label.place.at,
        note: isAdded
          ? 'added to objects here, not to their pod templates'
          : `${describeObject(workload.object)} has it here`,
      },
      ...others.map(({ object }) => ({
        at: object.name.place.at,
        note: `${describeObject(object)} selects by it, too`,
      })),
    ],
    object: referTo(first.object),
    field: 'spec.podSelector',
    hint: isAdded
      ? 'Add `includeTemplates: true` to that entry of `labels`, which leaves the selectors of workloads alone.'
      : `Give the pod templates the label \`${key}\`.`,
  });
}

type BlockedPods = Exclude<BlockedTraffic, { kind: 'api server' }>;
type BlockedWaiter = Extract<BlockedTraffic, { kind: 'api server' }>;

function reportPods(found: BlockedPods, report: Report): void {
  const { migration, blocked, allowed } = found;
  const name = describeObject(blocked.object);
  const opening = `${describeObject(found.policy.object)} lets the pods of ${describeObject(allowed.object)} reach`;
  const effect = `the ${blocked === migration.job ? 'migration' : 'service'} cannot connect`;
  const described =
    found.kind === 'ingress'
      ? {
          message: `${opening} ${describeObject(found.database)}, and no policy admits those of ${name}: ${effect}.`,
          at: found.rule.place.at,
          related: [],
          hint: `Add the pods of ${name} to \`from\`.`,
        }
      : {
          message: `${opening} their database. ${describeObject(found.closing.object)} restricts the egress of ${name}, and no policy lets its pods reach the database: ${effect}.`,
          at: found.policy.selectorPlace.at,
          related: [{ at: found.closing.object.name.place.at, note: `restricts the egress of ${name}` }],
          hint: `Let \`podSelector\` select the pods of ${name} as well.`,
        };
  report({
    ...described,
    related: [...described.related, pointAtLabels(blocked)],
    object: referTo(blocked.object),
    field: 'spec.template.metadata.labels',
    reasons: migration.reasons,
  });
}

function reportWaiter({ waiter, closing }: BlockedWaiter, report: Report): void {
  const { workload } = waiter;
  const name = describeObject(workload.object);
  report({
    message: `${describeWaiter(waiter)} asks the API server about its Job. ${describeObject(closing.object)} restricts the egress of these pods, and no policy lets them reach the API server: ${describeStuck(waiter)}.`,
    at: closing.object.name.place.at,
    related: [pointAtLabels(workload)],
    object: referTo(workload.object),
    field: waiter.container.path,
    hint: `Allow the pods of ${name} egress to the address and port of the API server.`,
    reasons: [reasonFor(waiter)],
  });
}

function pointAtLabels(workload: Workload): Related {
  const { object, pod } = workload;
  const [first] = pod.labels.values();
  return {
    at: (first ?? object.name).place.at,
    note: `${describeObject(object)} has ${describeLabels(workload)}`,
  };
}

function describeLabels({ pod: { labels } }: Workload): string {
  const pairs = [...labels].map(([key, { value }]) => `\`${key}: ${value}\``);
  return pairs.length === 0 ? 'pods without labels of their own' : `pods with ${pairs.join(', ')}`;
}
