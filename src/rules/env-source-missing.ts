import type { Report, Rule } from '../lint/rule.ts';
import { findIdleInjection } from '../model/environment/idle-injection.ts';
import { findMissingSources, type MissingSource } from '../model/environment/missing-source.ts';
import { findOpenReferences, type OpenReferences } from '../model/environment/open-reference.ts';
import { releaseWorkloads } from '../model/releases/dependents.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';
import { allContainers, type Workload } from '../objects/workload.ts';

/** Settings that a release refers to and that are missing from the tree. */
export const envSourceMissing: Rule = {
  id: 'env-source-missing',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A ConfigMap, Secret, key or variable that a release takes its environment from does not exist',
    symptom:
      '`CreateContainerConfigError`: `configmap "…" not found` or `couldn\'t find key DATABASE_URL in Secret …`. The migration pod never starts, and whatever waits for it keeps waiting.',
    why: "A reference that is not `optional` keeps the container from starting until its object and its key exist. The rule reports:\n\n- a key that is missing from an object whose keys are all in the tree, also in another Flux Kustomization\n- a name that is close to that of an object in the tree, or that exists in another namespace only\n- a name that is part of the name of a generated object which nothing uses, or the other way round (`orders-config` and `orders-config-production`)\n- the name of an ExternalSecret that writes a Secret of another name\n- the name of an object that the build renames where kustomize does not know the reference: in an Argo Rollout, or to the Secret that CloudNativePG or the operator of Zalando or Crunchy makes for a database\n- the Secret of a user that such a database does not list\n- a Secret that is encrypted with SOPS, or that a SealedSecret or ExternalSecret makes, beside the kustomization, in a file that is named for secrets and that the build does not list: a warning, since that file may be applied separately\n\nIt also reports a database setting that is put together from other variables, `postgres://$(DB_HOST)/shop`, if one of them is defined after it or not at all: Kubernetes expands only variables that are defined before, and leaves the rest as text. And it reports pods that tell Vault's agent which secrets to write, without the annotation that has the agent injected.\n\nNot reported:\n\n- other objects that the tree does not hold\n- keys that an ExternalSecret may fetch without naming them\n- an object that a script of the repository creates (`kubectl create secret`)\n- when part of the tree was not built",
    fix: 'Correct the name or the key, add the object to `resources`, or mark the reference `optional: true` if the program can do without it. Define the parts of a value above it.',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of releaseWorkloads(model)) {
      for (const source of findMissingSources(model, workload, allContainers(workload.pod)))
        reportMissing(workload, source, report);
      for (const references of findOpenReferences(model, workload)) reportOpen(workload, references, report);
      const idle = findIdleInjection(workload);
      if (idle !== undefined) reportIdle(workload, idle, report);
    }
  },
};

function reportMissing({ object: workload }: Workload, source: MissingSource, report: Report): void {
  const { container, kind, object, field, what, clause, hint, near, isUncertain } = source;
  const reference = what === 'key' ? `key \`${field.value ?? ''}\` of ${kind} \`${object}\`` : `${kind} \`${object}\``;
  report({
    message: `${describeContainer(container, workload)} refers to ${reference}, which ${clause}: its pods stay in \`CreateContainerConfigError\`.`,
    at: field.place.at,
    related: [
      ...historyOf(field.place, what === 'key' ? 'key' : 'name'),
      { at: near.object.name.place.at, note: describeNear(near) },
    ],
    object: referTo(workload),
    field: field.path,
    hint,
    severity: isUncertain ? 'warning' : undefined,
  });
}

/** Reports annotations for Vault's agent without the one that has it injected. */
function reportIdle({ object }: Workload, annotation: Present<string>, report: Report): void {
  report({
    message: `${describeObject(object)} tells Vault's agent to write \`${annotation.value}\` into its pods, which have no \`vault.hashicorp.com/agent-inject: "true"\`: the agent is not injected, and nothing is written to \`/vault/secrets\`.`,
    at: annotation.place.at,
    related: historyOf(annotation.place, 'annotation'),
    object: referTo(object),
    field: annotation.path,
    hint: 'Add the annotation `vault.hashicorp.com/agent-inject: "true"` to the pod template.',
  });
}

function describeNear({ kind, name, object }: MissingSource['near']): string {
  const isMade = !object.kind.includes(kind) && object.kind !== 'ExternalSecret';
  return isMade ? `an operator makes ${kind} \`${name}\` for this ${object.kind}` : `${kind} \`${name}\` is here`;
}

function reportOpen({ object: workload }: Workload, open: OpenReferences, report: Report): void {
  const { container, variable, names, later } = open;
  const parts = names.map((name) => `\`$(${name})\``).join(', ');
  const are = names.length === 1 ? 'is' : 'are';
  const why = later.length === 0 ? 'nothing defines' : `${are} defined only after it`;
  const bare = names.map((name) => `\`${name}\``).join(', ');
  report({
    message: `${describeContainer(container, workload)} builds \`${variable.name}\` from ${parts}, which ${why}: Kubernetes leaves that text in the value, and the connection fails.`,
    at: variable.place.at,
    related:
      later.length === 0
        ? historyOf(variable.place, 'value')
        : later.map(({ name, place }) => ({ at: place.at, note: `\`${name}\` is defined here` })),
    object: referTo(workload),
    field: variable.path,
    hint:
      later.length === 0 ? `Define ${bare} above \`${variable.name}\`.` : `Move ${bare} above \`${variable.name}\`.`,
  });
}
