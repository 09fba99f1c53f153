import { getField, getPath, isNull, type MapNode, type ScalarNode, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { fieldSpan } from '../load/read-field.ts';
import { isClusterScoped } from '../openapi/scope.ts';
import { BuildError } from '../problem.ts';
import { chartAnnotation } from '../resources/internal-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { formatId } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { applyFieldSpec, applyFieldSpecs, type FieldSetting, wrongKind } from './apply-field-spec.ts';
import { addEntry, type Change, changeConfiguredBy, changedOrigin, changeText } from './change.ts';
import { IdIndex } from './id-index.ts';

/** Which subjects of role bindings get the namespace; others are unchanged. */
export type RoleBindingSubjects = 'defaultOnly' | 'allServiceAccounts' | 'none';

/** How to set a namespace. A `namespace:` field means `{unsetOnly: false, setRoleBindingSubjects: 'defaultOnly'}`. */
export interface NamespaceOptions {
  /** Whether to skip fields that are already set. */
  readonly unsetOnly: boolean;
  readonly setRoleBindingSubjects: RoleBindingSubjects;
  readonly specs: readonly FieldSpec[];
}

/**
 * Sets the namespace of every namespaced object, the name of Namespace objects, other fields of the specs, and subjects
 * of role bindings. Stores previous ids. An empty namespace changes nothing. Throws a BuildError if two objects get the
 * same id. Follows kustomize's NamespaceTransformer.
 */
export function setNamespace(
  resources: ResourceSet,
  value: ScalarNode,
  options: NamespaceOptions,
  context: BuildContext,
): void {
  if (value.value === '') return;
  const ids = new IdIndex(resources);
  for (const resource of resources.toArray()) {
    context.checkTime(originSpan(value.origin));
    if (resource.node.entries.length === 0 || isLeftToHelm(resource, context)) continue;
    resource.storePreviousId();
    setNamespaceOf(resource, value, options);
    const others = ids.move(resource);
    if (others.length > 0) throw sameObject(resource, others, value);
  }
}

/** kustomize 5.8 skips the output of charts, which it recognizes by an annotation that anybody may write. */
function isLeftToHelm(resource: Resource, { dialect }: BuildContext): boolean {
  if (dialect === '5.7') return false;
  const annotation = getPath(resource.node, ['metadata', 'annotations', chartAnnotation]);
  return annotation?.kind === 'scalar' && annotation.value === 'true';
}

/** Sets the namespace of one object, without storing its previous id. */
export function setNamespaceOf(resource: Resource, value: ScalarNode, options: NamespaceOptions): void {
  const setting = namespaceSetting(resource, value, options);
  if (!isClusterScoped(resource.id)) applyFieldSpec(resource, namespaceField, setting);
  const isBinding = resource.kind === 'RoleBinding' || resource.kind === 'ClusterRoleBinding';
  if (isBinding) setSubjects(resource, options.setRoleBindingSubjects, setting);
  const specs = options.specs.filter((spec) => !isIgnored(spec, resource.apiVersion));
  applyFieldSpecs(resource, specs, setting);
}

const namespaceField: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/namespace', create: true };

/**
 * Whether a spec is ignored: `metadata/namespace` depends on scope, subjects of role bindings on their own option, and
 * `metadata/name` is a namespace's name only in the core API.
 */
function isIgnored({ path, kind }: FieldSpec, apiVersion: string): boolean {
  if (path === 'metadata/namespace') return true;
  if (path === 'metadata/name') return apiVersion !== 'v1';
  return path === 'subjects/namespace' && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
}

function namespaceSetting(resource: Resource, value: ScalarNode, options: NamespaceOptions): FieldSetting {
  const change = changeConfiguredBy(value, 'namespace');
  return {
    change,
    create: '!!str',
    set(field, spec) {
      if (options.unsetOnly && field.kind === 'scalar' && !isNull(field) && field.value !== '') return;
      if (field.kind !== 'scalar') throw wrongKind(field, 'a single value', spec.path, resource, change);
      changeText(field, value.value, change, '!!str');
    },
  };
}

function setSubjects(resource: Resource, mode: RoleBindingSubjects, setting: FieldSetting): void {
  const subjects = getField(resource.node, 'subjects');
  if (mode === 'none' || subjects === undefined || isNull(subjects)) return;
  if (subjects.kind !== 'sequence') throw wrongKind(subjects, 'a list', 'subjects', resource, setting.change);
  for (const subject of subjects.items) {
    if (isNull(subject)) continue;
    if (subject.kind !== 'map') throw wrongKind(subject, 'a map', 'subjects', resource, setting.change);
    if (!isSubject(subject, mode, resource, setting.change)) continue;
    let field = getField(subject, 'namespace');
    if (field === undefined) {
      field = stringNode('', changedOrigin(setting.change));
      addEntry(subject, 'namespace', field, setting.change);
    }
    setting.set(field, { ...namespaceField, path: 'subjects/namespace' });
  }
}

/** Whether a subject gets the namespace; by default, those named `default`, of any kind. */
function isSubject(
  subject: MapNode,
  mode: 'defaultOnly' | 'allServiceAccounts',
  resource: Resource,
  change: Change,
): boolean {
  const [name, wanted] =
    mode === 'defaultOnly' ? (['name', 'default'] as const) : (['kind', 'ServiceAccount'] as const);
  const field = getField(subject, name);
  if (field === undefined || isNull(field)) return false;
  if (field.kind !== 'scalar') throw wrongKind(field, 'a single value', `subjects/${name}`, resource, change);
  return field.value === wanted;
}

function sameObject(resource: Resource, others: readonly Resource[], value: ScalarNode): BuildError {
  const id = formatId(resource.id);
  // The namespace becomes the name of each Namespace, so renaming one changes nothing.
  const advice =
    resource.id.kind === 'Namespace'
      ? 'move all but one into a kustomization without `namespace`, or remove them'
      : 'rename them, or remove one';
  return new BuildError(
    `the namespace \`${value.value}\` gives ${others.length + 1} objects the same id (${id}); ${advice}`,
    originSpan(value.origin),
    [resource, ...others].map((same) => ({
      at: fieldSpan(same.node, 'metadata', 'name'),
      note: `becomes ${id}`,
    })),
  );
}
