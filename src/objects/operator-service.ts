import { apiGroup, type KubernetesObject } from './kubernetes-object.ts';
import { withText } from './view.ts';

/** What operators append to the name of a database for the Services that they make for it, by group and kind. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  'postgresql.cnpg.io/Cluster': ['-rw', '-ro', '-r'],
  'postgresql.cnpg.io/Pooler': [''],
  'acid.zalan.do/postgresql': ['', '-repl', '-pooler'],
};

/** Of these, the ones that lead to standbys alone, which take no writes, and the one that leads to the primary. */
const standbys: Readonly<Record<string, { readonly standby: string; readonly primary: string }>> = {
  'postgresql.cnpg.io/Cluster': { standby: '-ro', primary: '-rw' },
  'acid.zalan.do/postgresql': { standby: '-repl', primary: '' },
};

/** The Services that an operator makes for the standbys and for the primary of a database of the build. */
export function standbyServices(
  object: KubernetesObject,
): { readonly standby: string; readonly primary: string } | undefined {
  const suffix = standbys[`${apiGroup(object)}/${object.kind}`];
  const name = object.name.value;
  return suffix && name !== undefined
    ? { standby: `${name}${suffix.standby}`, primary: `${name}${suffix.primary}` }
    : undefined;
}

/** The Services that an operator makes for an object of the build; their kind is that of the object. */
export function operatorServices(object: KubernetesObject): KubernetesObject[] {
  const ofKind = suffixes[`${apiGroup(object)}/${object.kind}`] ?? [];
  return ofKind.map((suffix) => ({
    ...object,
    name: withText(object.name, `${object.name.value ?? ''}${suffix}`),
    earlierNames: object.earlierNames.map((name) => `${name}${suffix}`),
    labels: object.labels,
    annotations: object.annotations,
    annotationsPlace: object.annotationsPlace,
    annotation: (key) => object.annotation(key),
  }));
}
