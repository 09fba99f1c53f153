import type { Resource } from '../kustomize/resources/resource.ts';
import type { ConfigObject } from './config-object.ts';
import { readObject } from './kubernetes-object.ts';
import { View } from './view.ts';

/**
 * The Secrets that an operator makes for a database of the build, named after it: CloudNativePG for the application of a
 * Cluster and, if that says so, its superuser, Zalando's operator for each user of a `postgresql`, Crunchy's for each user of a PostgresCluster.
 */
export function readOperatorSecrets(resource: Resource): ConfigObject[] {
  const view = View.ofResource(resource);
  const group = resource.apiVersion.split('/')[0] ?? '';
  if (group === 'postgresql.cnpg.io' && resource.kind === 'Cluster') {
    // With a Secret of the user's own the operator makes none.
    const isGiven = view.get('spec', 'bootstrap', 'initdb', 'secret').exists;
    const hasSuperuser = view.get('spec', 'enableSuperuserAccess').text().value === 'true';
    return [
      ...(isGiven ? [] : [toSecret(resource, (cluster) => `${cluster}-app`)]),
      ...(hasSuperuser ? [toSecret(resource, (cluster) => `${cluster}-superuser`)] : []),
    ];
  }
  if (group === 'acid.zalan.do' && resource.kind === 'postgresql') {
    const users = view.get('spec', 'users').keys();
    return users.map((user) =>
      toSecret(resource, (cluster) => {
        return `${user.replaceAll('_', '-')}.${cluster}.credentials.postgresql.acid.zalan.do`;
      }),
    );
  }
  if (group === 'postgres-operator.crunchydata.com' && resource.kind === 'PostgresCluster') {
    const users = view.get('spec', 'users').items();
    const names = users.flatMap((user) => user.get('name').text().value ?? []);
    // Without users the operator makes one with the name of the cluster.
    return users.length === 0
      ? [toSecret(resource, (cluster) => `${cluster}-pguser-${cluster}`)]
      : names.map((user) => toSecret(resource, (cluster) => `${cluster}-pguser-${user}`));
  }
  return [];
}

/** Whether an operator makes a Secret for a database of the build. */
export function isMadeForDatabase({ object }: ConfigObject): boolean {
  return /^(Cluster|postgresql|PostgresCluster)$/.test(object.kind);
}

/** Whether CloudNativePG would make a Secret of this name if the Cluster let it: the superuser's. */
export function isForSuperuser({ object }: ConfigObject, name: string): boolean {
  return object.kind === 'Cluster' && name === `${object.name.value ?? ''}-superuser`;
}

/** Whether the operator would make a Secret of this name for another user of the same database. */
export function isForOtherUser({ name: made, object }: ConfigObject, name: string): boolean {
  const database = object.name.value ?? '';
  if (object.kind === 'PostgresCluster') return name.startsWith(`${database}-pguser-`);
  return object.kind === 'postgresql' && name.endsWith(made.slice(made.indexOf('.')));
}

function toSecret(resource: Resource, nameOf: (database: string) => string): ConfigObject {
  const object = readObject(resource);
  return {
    kind: 'Secret',
    name: nameOf(object.name.value ?? ''),
    earlierNames: object.earlierNames.map(nameOf),
    object,
    keys: new Map(),
    allKeysKnown: false,
    unquoted: () => [],
    notBase64: () => [],
  };
}
