import { oncePerText } from '../../collections/once.ts';
import { formatOf } from './field-formats.ts';
import type { Format } from './format.ts';
import { kubernetesFields } from './kubernetes-fields.generated.ts';

/** What Kubernetes takes in a field. An `amount` is a number or a text, such as `8080`, `http` and `500m`. */
export type Shape =
  | { readonly holds: 'text' | 'number' | 'boolean' | 'amount' | 'any'; readonly format?: Format }
  | { readonly holds: 'list'; readonly of: Shape }
  | { readonly holds: 'map'; readonly of: Shape; readonly keys?: Format }
  | { readonly holds: 'fields'; readonly type: string };

/** The fields of a type. */
export interface TypeFields {
  readonly shapes: ReadonlyMap<string, Shape>;
  /** Those without which the API server refuses the object. */
  readonly required: readonly string[];
  /** Those of which it needs one; empty if it needs none. */
  readonly choice: readonly string[];
}

/** The type of an object, if its kind is one of a release. Other API groups have kinds of the same names. */
export function typeOf({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): string | undefined {
  return groups.get(kind) === apiVersion.slice(0, apiVersion.lastIndexOf('/') + 1) ? kind : undefined;
}

/** The fields of a known type, of Kubernetes 1.35. Most are read only when an object has a value of the type. */
export const fieldsOf = oncePerText((type: string): TypeFields => {
  const shapes = new Map<string, Shape>();
  const required: string[] = [];
  for (const field of (kubernetesFields[type] ?? '').split(' ')) {
    const [, name = '', mark, shape = ''] = /^([^!:]+)(!?):(.+)$/.exec(field) ?? [];
    shapes.set(name, readShape(shape, formatOf(type, name), formatOf(type, `${name}{}`)));
    if (mark === '!') required.push(name);
  }
  return { shapes, required, choice: choices.get(type) ?? [] };
});

/** @param format that of the values, and of the keys if it is a map */
function readShape(text: string, format?: Format, keys?: Format): Shape {
  const inner = text.slice(0, -2);
  if (text.endsWith('[]')) return { holds: 'list', of: readShape(inner, format) };
  if (text.endsWith('{}')) return { holds: 'map', of: readShape(inner, format), ...(keys && { keys }) };
  switch (text) {
    case 'text':
    case 'number':
    case 'boolean':
    case 'amount':
    case 'any':
      return { holds: text, ...(format && { format }) };
    default:
      return { holds: 'fields', type: text };
  }
}

/** What the `apiVersion` of a kind starts with. */
const groups: ReadonlyMap<string, string> = new Map([
  ['CronJob', 'batch/'],
  ['Job', 'batch/'],
  ['DaemonSet', 'apps/'],
  ['Deployment', 'apps/'],
  ['StatefulSet', 'apps/'],
  ['ConfigMap', ''],
  ['Secret', ''],
  ['Service', ''],
  ['ServiceAccount', ''],
  ['ClusterRole', 'rbac.authorization.k8s.io/'],
  ['ClusterRoleBinding', 'rbac.authorization.k8s.io/'],
  ['Role', 'rbac.authorization.k8s.io/'],
  ['RoleBinding', 'rbac.authorization.k8s.io/'],
]);

/** The types that need one of several fields. */
const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['EnvFromSource', ['configMapRef', 'secretRef']],
  ['EnvVarSource', ['secretKeyRef', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef', 'fileKeyRef']],
  ['LifecycleHandler', ['exec', 'httpGet', 'tcpSocket', 'sleep']],
  ['Probe', ['exec', 'httpGet', 'tcpSocket', 'grpc']],
]);
