import type { Report, Rule } from '../lint/rule.ts';
import { findStaleHosts, type StaleHost } from '../model/databases/stale-host.ts';
import { settingPlace } from '../model/environment/environment.ts';
import { describeAffixes, describeObject, referTo, sameNamespace } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, narrowPlace } from '../objects/place.ts';

/** A database host that no longer names the build's own Service. */
export const databaseHost: Rule = {
  id: 'database-host',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A database setting names a Service that the build renames or puts into another namespace',
    symptom:
      'The migration fails with `could not translate host name "postgres" to address` or `getaddrinfo ENOTFOUND postgres`. Or it changes the database of another environment that lives in the same cluster.',
    why: "`namePrefix`, `nameSuffix` and `namespace` change a Service, and every reference to it that kustomize knows. A host in an environment variable, a ConfigMap or a Secret is plain text to kustomize and stays as written. The rule follows the database settings of a release's containers. It reports a host that names no Service of the build, but named one before the build changed its name or namespace. The Services that CloudNativePG and the operator of Zalando make for a database count, too. Values of Secrets are compared and never printed.\n\nNot reported:\n\n- a host that no Service of the build ever had\n- hosts in a tree if part of it could not be built",
    fix: 'Set the host in the overlay that changes the name, or copy the name:\n\n```yaml\nnamePrefix: staging-\nreplacements:\n  - source: {kind: Service, name: postgres, fieldPath: metadata.name}\n    targets:\n      - select: {kind: ConfigMap, name: myapp-config}\n        fieldPaths: [data.DATABASE_HOST]\n```\n\nLeave the namespace out of a host in the same namespace: `postgres`, not `postgres.shop.svc.cluster.local`.',
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
      'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const stale of findStaleHosts(model)) reportHost(stale, report);
  },
};

function reportHost(stale: StaleHost, report: Report): void {
  const { variable, workload, service, host, changed } = stale;
  const place = settingPlace(variable);
  // A part of a secret value is just as secret.
  const { at } = variable.secret ? place : narrowPlace(place, host);
  const what = changed === 'name' ? 'name of the Service' : 'namespace of the Service';
  report({
    message: `\`${variable.name}\` of ${describeObject(workload.object)} ${describeChange(stale)}: nothing answers there, or the database of another environment does.`,
    at,
    related: joinRelated(historyOf(place, 'setting', at), historyOf(service[changed].place, what, at)),
    object: referTo(workload.object),
    field: variable.path,
    hint: changed === 'name' ? adviseName(stale) : adviseNamespace(stale),
  });
}

function describeChange({ variable, host, service, changed }: StaleHost): string {
  const name = service.name.value ?? '';
  if (changed === 'name') {
    const old = variable.secret ? 'the old name of' : `host \`${host}\`,`;
    return `leads to ${old} a Service that the build renames to \`${name}\``;
  }
  const old = variable.secret ? `the old namespace of Service \`${name}\`, which` : `host \`${host}\`, a Service that`;
  return `leads to ${old} the build puts into namespace \`${service.namespace.value ?? ''}\``;
}

function adviseName({ service }: StaleHost): string {
  const affixes = describeAffixes(service);
  const where = affixes === '' ? 'where it is renamed' : `in the kustomization that adds ${affixes}`;
  return `Set the host to \`${service.name.value ?? ''}\` ${where}: kustomize changes the references it knows, never settings.`;
}

function adviseNamespace({ service, workload }: StaleHost): string {
  const name = service.name.value ?? '';
  const isShort = sameNamespace(service.namespace.value, workload.object.namespace.value);
  return isShort
    ? `Write \`${name}\` without a namespace: it is looked up in the pod's own.`
    : `Write \`${name}.${service.namespace.value ?? ''}\` in the kustomization that sets the namespace.`;
}
