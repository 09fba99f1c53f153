import { emptyMap, getField, getPath, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Accumulation } from '../accumulate/accumulation.ts';
import { idKey } from '../accumulate/accumulation.ts';
import type { Target } from '../accumulate/target.ts';
import type { BuiltRoot } from '../built-root.ts';
import type { Dialect } from '../dialect.ts';
import { addContentHash } from '../generators/content-hash.ts';
import { BuildError } from '../problem.ts';
import { duplicateResource, nameSpan } from '../resources/duplicate-resource.ts';
import { cleanAnnotations } from '../resources/internal-annotations.ts';
import { originAnnotation, removeAnnotation, transformationsAnnotation } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceId } from '../resources/resource-id.ts';
import { ResourceSet } from '../resources/resource-set.ts';
import { attemptStep } from '../session/build-session.ts';
import { addLabels } from '../transformers/labels.ts';
import { resolveVariables } from '../variables/resolve-variables.ts';
import { fixNameReferences } from './name-references/fix-name-references.ts';
import { defaultSortOrder, readSortOrder, sortResources } from './sort-order.ts';

/** The objects of a finished build, and their order. */
export type FinishedBuild = Pick<BuiltRoot, 'resources' | 'listed' | 'order'>;

/**
 * Runs the steps that need the whole build: kustomize's `makeCustomizedResMap` after `accumulateTarget`, and the sort.
 */
export function finish(target: Target, { resources, variables, config }: Accumulation): FinishedBuild {
  for (const resource of resources.toArray()) if (resource.needsHash) addContentHash(resource);
  for (const resource of resources) refuseCommasInIds(resource);
  fixNameReferences(resources, config?.nameReference ?? [], target.session.context);
  attemptStep(target.session, () =>
    resolveVariables(resources, variables, config?.varReference ?? [], target.session.context),
  );
  for (const resource of resources) refuseNameless(resource);
  const listed = resources.toArray().filter((resource) => !isLocalConfig(resource));
  const options = target.kustomization.map('sortOptions');
  const order = options === undefined ? defaultSortOrder : readSortOrder(options);
  if (order.order === 'legacy') refuseDuplicates(listed);
  const sorted = sortResources(listed, order);
  if (target.session.metadata.managedByLabel) addManagedByLabel(sorted, target);
  for (const resource of sorted) stripBuildAnnotations(resource, target);
  return { resources: sorted, listed, order: options === undefined ? undefined : order.order };
}

/**
 * kustomize keeps an object's previous names, namespaces and kinds in comma-separated lists, and crashes if their
 * lengths differ, for example because metadata was encrypted as a whole.
 */
function refuseCommasInIds(resource: Resource): void {
  const hasComma = ({ name, namespace, kind }: ResourceId): boolean => `${name}${namespace}${kind}`.includes(',');
  if (!resource.previousIds.some(hasComma)) return;
  const lengths = (['name', 'namespace', 'kind'] as const).map((part) =>
    resource.previousIds.reduce((length, id) => length + id[part].split(',').length, 0),
  );
  if (new Set(lengths).size === 1) return;
  throw new BuildError(
    `kustomize cannot follow the ${resource.kind.includes(',') ? 'object' : resource.kind} through this build, since its ` +
      'name, namespace or kind holds a comma; if its metadata is encrypted, encrypt its values only',
    nameSpan(resource),
  );
}

/** An object without a kind or name is refused at the end of the build too, not only when a file is read. */
function refuseNameless({ node, kind, name }: Resource): void {
  if (kind !== '' && (name !== '' || kind.endsWith('List'))) return;
  const [what, field] = kind === '' ? ['object', 'kind'] : [kind, 'metadata.name'];
  const metadata = kind === '' ? node : (getField(node, 'metadata') ?? node);
  throw new BuildError(
    `this ${what} has no \`${field}\` at the end of the build; correct the patch or replacement that removes it`,
    originSpan(metadata.origin),
  );
}

/** Whether an object is meant for tools that read the tree, not for a cluster (`IgnoreLocal` in kustomize). */
function isLocalConfig(resource: Resource): boolean {
  const mark = getPath(resource.node, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
  return mark !== undefined && !(mark.kind === 'scalar' && mark.value === 'false');
}

/** Patches and name references may have given two objects the same id; kustomize detects that when it sorts. */
function refuseDuplicates(resources: readonly Resource[]): void {
  const known = new Map<string, Resource>();
  for (const resource of resources) {
    const key = idKey(resource.id);
    const other = known.get(key);
    if (other !== undefined) throw duplicateResource(resource, other);
    known.set(key, resource);
  }
}

const kustomizeVersions: Readonly<Record<Dialect, string>> = { '5.7': 'v5.7.1', '5.8': 'v5.8.1' };

function addManagedByLabel(resources: readonly Resource[], { kustomization, session }: Target): void {
  const origin = {
    kind: 'generated',
    by: 'build metadata',
    configuredIn: kustomization.keySpan('buildMetadata'),
  } as const;
  const labels = emptyMap(origin);
  labels.entries.push({
    key: stringNode('app.kubernetes.io/managed-by', origin),
    value: stringNode(`kustomize-${kustomizeVersions[session.context.dialect]}`, origin),
  });
  const set = new ResourceSet();
  set.reset(resources);
  addLabels(
    set,
    labels,
    [{ group: '', version: '', kind: '', path: 'metadata/labels', create: true }],
    session.context,
  );
}

/** Strips the annotations that kustomize writes during a build, except those that `buildMetadata` asks for. */
function stripBuildAnnotations(resource: Resource, { session: { context, metadata } }: Target): void {
  if (!metadata.origins) removeAnnotation(resource, originAnnotation);
  if (!metadata.transformers) removeAnnotation(resource, transformationsAnnotation);
  cleanAnnotations(resource, !metadata.origins || !metadata.transformers, context.dialect);
}
