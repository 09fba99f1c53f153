import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { editDistance } from '../../text/edit-distance.ts';
import { eachValue } from './each-value.ts';
import { resourceName } from './field-formats.ts';
import { isSound } from './is-sound.ts';
import { fieldsOf, typeOf } from './kubernetes-fields.ts';

/** A field that Kubernetes does not have at its place. */
export interface StrayField {
  readonly view: View;
  readonly key: string;
  /** The field of the same object that was most likely meant; undefined for one that belongs elsewhere. */
  readonly meant: string | undefined;
  /** What has a field of this name, as a sentence calls it: a path between backquotes, `the container`, or an item of a list. */
  readonly home: string | undefined;
}

/**
 * The fields of a workload with its pod template, or of a role, binding or account, that are misspelt or at the wrong level. Any other
 * unknown field may be of a later Kubernetes than 1.35, whose names these are.
 */
export function findStrayFields(part: Pick<Workload, 'object' | 'view'>): StrayField[] {
  const { object, view } = part;
  const kind = typeOf(object);
  if (kind === undefined || isSound(part)) return [];
  const strays: StrayField[] = [];
  eachValue(view, { holds: 'fields', type: kind }, (value, shape) => {
    if (shape.holds === 'fields') strays.push(...straysOf(value, shape.type, kind));
  });
  return strays;
}

/** The annotations that are written into `metadata` itself, whatever the kind of the object. */
export function findStrayAnnotations({ metadata }: Pick<KubernetesObject, 'metadata'>): StrayField[] {
  const keys = metadata.keys().filter(isAnnotation);
  return keys.map((key) => ({ view: metadata.get(key), key, meant: undefined, home: annotations }));
}

/** Whether a key is one of an annotation, such as `argocd.argoproj.io/sync-wave`. No field of Kubernetes has a slash. */
function isAnnotation(key: string): boolean {
  return /^[\w.-]+\.[\w-]+\/\w/.test(key);
}

const annotations = '`metadata.annotations`';

/** The stray fields of one value of a type, in an object of a kind. */
export function straysOf(value: View, type: string, kind: string): StrayField[] {
  const { shapes } = fieldsOf(type);
  return value.keys().flatMap((key): StrayField[] => {
    if (shapes.has(key)) return [];
    const meant = [...shapes.keys()].find((field) => isSlip(key, field));
    // The levels of a CronJob have other paths.
    const home = meant === undefined && kind !== 'CronJob' ? homeOf(key, type, kind) : undefined;
    return meant === undefined && home === undefined ? [] : [{ view: value.get(key), key, meant, home }];
  });
}

/** Where a field of this name belongs: the outermost of the places that have one. */
function homeOf(key: string, type: string, kind: string): string | undefined {
  const has = (other: string) => fieldsOf(other).shapes.has(key);
  const [, , near] = nearHomes.find(([into, from]) => type === into && has(from)) ?? [];
  if (near !== undefined) return near;
  if (type === 'ResourceRequirements' && resourceName.accepts(key, true)) return '`requests` or `limits`';
  if (innerTypes.has(type)) return homeInContainer(has);
  if (!movableTypes.has(type) && type !== `${kind}Spec`) return undefined;
  if (key === 'metadata') return kind === 'Service' ? 'the top of the object' : '`spec.template`';
  if (has(kind)) return 'the top of the object';
  if (isAnnotation(key)) return annotations;
  if (movableMetadata.has(key)) return '`metadata`';
  if (has(`${kind}Spec`)) return '`spec`';
  if (has('PodSpec')) return '`spec.template.spec`';
  return homeInContainer(has);
}

function homeInContainer(has: (type: string) => boolean): string | undefined {
  if (has('Container')) return 'the container';
  if (has('ResourceRequirements')) return '`resources`';
  if (has('EnvVarSource')) return '`valueFrom`';
  return has('EnvFromSource') ? 'an item of `envFrom`' : undefined;
}

/** Whether a key is a typo of a field. No two fields of the same object differ by so little. */
function isSlip(key: string, field: string): boolean {
  return editDistance(key.toLowerCase(), field.toLowerCase()) <= (field.length < 6 ? 1 : 2);
}

/** The types, beside that of `spec`, whose fields often end up in each other. */
const movableTypes: ReadonlySet<string> = new Set([
  'ObjectMeta',
  'PodTemplateSpec',
  'PodSpec',
  'Container',
  'EnvVar',
  'EnvFromSource',
  'ResourceRequirements',
  'SecurityContext',
]);

/** The types that often get fields of another type, and where these belong. */
const nearHomes: readonly (readonly [type: string, other: string, home: string])[] = [
  ['SecurityContext', 'PodSecurityContext', '`spec.template.spec.securityContext`'],
  ['PodSecurityContext', 'SecurityContext', 'the `securityContext` of the containers'],
  ['PodSpec', 'PodSecurityContext', '`securityContext`'],
  ['Container', 'SecurityContext', '`securityContext`'],
];

/** The types that often get a field of their container, or of the item that they are in. */
const innerTypes: ReadonlySet<string> = new Set([
  'ConfigMapEnvSource',
  'ConfigMapKeySelector',
  'ContainerPort',
  'Probe',
  'SecretEnvSource',
  'SecretKeySelector',
  'VolumeMount',
]);

/** The fields of `metadata` that no other map of a workload has. */
const movableMetadata: ReadonlySet<string> = new Set(['annotations', 'generateName', 'labels', 'namespace']);
