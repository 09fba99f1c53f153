import { emptyMap, getPath, stringNode } from '../../source/node.ts';
import type { Accumulation } from '../accumulate/accumulation.ts';
import type { Target } from '../accumulate/target.ts';
import type { BuiltRoot } from '../built-root.ts';
import type { Dialect } from '../dialect.ts';
import { metadataLabels } from '../field-specs/field-spec.ts';
import { cleanAnnotations } from '../resources/internal-annotations.ts';
import { originAnnotation, removeAnnotation, transformationsAnnotation } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { ResourceSet } from '../resources/resource-set.ts';
import { attemptStep } from '../session/build-session.ts';
import { addContentHash } from '../transformers/content-hash.ts';
import { addPairs } from '../transformers/labels.ts';
import { resolveVariables } from '../variables/resolve-variables.ts';
import { refuseCommasInIds, refuseDuplicates, refuseNameless } from './final-checks.ts';
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

/** Whether an object is meant for tools that read the tree, not for a cluster (`IgnoreLocal` in kustomize). */
function isLocalConfig(resource: Resource): boolean {
  const mark = getPath(resource.node, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
  return mark !== undefined && !(mark.kind === 'scalar' && mark.value === 'false');
}

const kustomizeVersions: Readonly<Record<Dialect, string>> = { '5.7': 'v5.7.1', '5.8': 'v5.8.1', '5.8.2': 'v5.8.2' };

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
  addPairs('labels', set, labels, [metadataLabels], session.context);
}

/** Strips the annotations that kustomize writes during a build, except those that `buildMetadata` asks for. */
function stripBuildAnnotations(resource: Resource, { session: { context, metadata } }: Target): void {
  if (!metadata.origins) removeAnnotation(resource, originAnnotation);
  if (!metadata.transformers) removeAnnotation(resource, transformationsAnnotation);
  cleanAnnotations(resource, !metadata.origins || !metadata.transformers, context.dialect);
}
