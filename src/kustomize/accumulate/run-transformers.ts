import { getField, getText, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import { type FieldSpec, metadataLabels } from '../field-specs/field-spec.ts';
import { readFieldSpecs } from '../field-specs/read-transformer-config.ts';
import {
  defaultTransformerConfig,
  mergeFieldSpecs,
  type TransformerConfig,
} from '../field-specs/transformer-config.ts';
import { mapField } from '../load/read-field.ts';
import { isEmpty } from '../load/read-resources.ts';
import { applyJsonPatch } from '../patches/apply-json-patch.ts';
import { applyPatch } from '../patches/apply-patch.ts';
import { applyStrategicMergePatches } from '../patches/apply-strategic-merge-patches.ts';
import { applyReplacements } from '../replacements/apply-replacement.ts';
import { annotateTransformed, builtinStep, type ConfiguredBy } from '../resources/origin-annotations.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { tracksOrigins } from '../session/build-metadata.ts';
import { attemptStep } from '../session/build-session.ts';
import { setImage } from '../transformers/image.ts';
import { addPairs } from '../transformers/labels.ts';
import { addAffix } from '../transformers/name-affix.ts';
import { setNamespace } from '../transformers/namespace.ts';
import { setReplicas } from '../transformers/replicas.ts';
import type { Accumulation } from './accumulation.ts';
import { loadTransformers } from './load-plugins.ts';
import { kustomizationOrigin, type Target } from './target.ts';

/** One transformer of a kustomization; it runs on all objects accumulated so far. */
export interface Transformer {
  /** Where it is configured. */
  readonly at: Span;
  /** The transformer as annotations name it. */
  step(): ConfiguredBy | undefined;
  transform(resources: ResourceSet): void;
}

/** Runs a kustomization's transformers in kustomize's fixed order (`KustTarget.runTransformers`). */
export function runTransformers(target: Target, into: Accumulation): void {
  const config = into.config ?? defaultTransformerConfig(target.session.context.dialect);
  const transformers = [
    ...strategicMergePatches(target),
    ...patches(target),
    ...namespace(target, config),
    ...nameAffix('prefix', target, config),
    ...nameAffix('suffix', target, config),
    ...labels(target, config),
    ...annotations(target, config),
    ...jsonPatches(target),
    ...replicas(target, config),
    ...images(target, config),
    ...replacements(target),
    ...externalTransformers(target, 'transformers'),
  ];
  if (transformers.length > 0) into.noteChange();
  for (const transformer of transformers) {
    runTransformer(target, transformer, into.resources);
    dropEmpty(into.resources);
  }
}

function runTransformer({ session }: Target, { at, step, transform }: Transformer, resources: ResourceSet): void {
  session.context.checkTime(at);
  attemptStep(session, () => transform(resources));
  const by = tracksOrigins(session.metadata) ? step() : undefined;
  if (by === undefined) return;
  for (const resource of resources) annotateTransformed(resource, by, at);
}

/** Deletes the objects that a patch has left empty (`DropEmpties` of kustomize's resmap). */
function dropEmpty(resources: ResourceSet): void {
  const kept = resources.toArray().filter(({ node }) => !isEmpty(node));
  if (kept.length < resources.size) resources.reset(kept);
}

function transformer(target: Target, kind: string, at: Span, transform: (resources: ResourceSet) => void): Transformer {
  return { at, step: () => builtinStep(kind, kustomizationOrigin(target)), transform };
}

function strategicMergePatches(target: Target): Transformer[] {
  const list = target.kustomization.list('patchesStrategicMerge');
  const filled = list?.items.length === 0 ? undefined : list;
  return forField(target, filled, 'PatchStrategicMergeTransformer', (resources, paths) =>
    applyStrategicMergePatches(resources, paths, target.folder, target.session.context),
  );
}

function patches(target: Target): Transformer[] {
  const { folder, session } = target;
  return forEach(target, 'patches', 'PatchTransformer', (resources, entry) => {
    const matched = applyPatch(resources, entry, folder, session.context);
    if (matched !== undefined) session.context.traceEntry({ field: 'patches', entry, matched });
  });
}

function namespace(target: Target, { namespace: specs }: TransformerConfig): Transformer[] {
  const options = { unsetOnly: false, setRoleBindingSubjects: 'defaultOnly', specs } as const;
  return forField(target, target.kustomization.text('namespace'), 'NamespaceTransformer', (resources, value) =>
    setNamespace(resources, value, options, target.session.context),
  );
}

function nameAffix(affix: 'prefix' | 'suffix', target: Target, config: TransformerConfig): Transformer[] {
  const [field, kind] =
    affix === 'prefix'
      ? (['namePrefix', 'PrefixTransformer'] as const)
      : (['nameSuffix', 'SuffixTransformer'] as const);
  return forField(target, target.kustomization.text(field), kind, (resources, value) =>
    addAffix(`name ${affix}`, resources, value, config[field], target.session.context),
  );
}

/** The entries of `labels:`, and then `commonLabels:`. */
function labels(target: Target, config: TransformerConfig): Transformer[] {
  const { kustomization, session } = target;
  const entries = forEach(target, 'labels', 'LabelTransformer', (resources, entry) => {
    const pairs = mapField(entry, 'pairs');
    if (pairs !== undefined) addPairs('labels', resources, pairs, labelFields(entry, config), session.context);
  });
  const common = kustomization.map('commonLabels');
  if (entries.length === 0 && (common === undefined || common.entries.length === 0)) return [];
  const at = kustomization.keySpan(common === undefined ? 'labels' : 'commonLabels');
  const commonLabels = transformer(target, 'LabelTransformer', at, (resources) => {
    if (common !== undefined) addPairs('labels', resources, common, config.commonLabels, session.context);
  });
  return [...entries, commonLabels];
}

/** Where an entry of `labels:` puts its pairs. */
function labelFields(entry: MapNode, config: TransformerConfig): readonly FieldSpec[] {
  const specs = mergeFieldSpecs(readFieldSpecs(entry, 'fields'), config.labels);
  if (getText(entry, ['includeSelectors']) === 'true') return mergeFieldSpecs(specs, config.commonLabels);
  const included = [
    ...(getText(entry, ['includeTemplates']) === 'true' ? config.templateLabels : []),
    ...(getText(entry, ['includeVolumeClaimTemplates']) === 'true' ? config.volumeClaimTemplateLabels : []),
  ];
  return mergeFieldSpecs(mergeFieldSpecs(specs, included), [metadataLabels]);
}

function annotations(target: Target, config: TransformerConfig): Transformer[] {
  const pairs = target.kustomization.map('commonAnnotations');
  const filled = pairs?.entries.length === 0 ? undefined : pairs;
  return forField(target, filled, 'AnnotationsTransformer', (resources, value) =>
    addPairs('annotations', resources, value, config.commonAnnotations, target.session.context),
  );
}

function jsonPatches(target: Target): Transformer[] {
  const { folder, session } = target;
  return forEach(target, 'patchesJson6902', 'PatchJson6902Transformer', (resources, entry) => {
    const matched = applyJsonPatch(resources, entry, folder, session.context);
    session.context.traceEntry({ field: 'patchesJson6902', entry, matched });
  });
}

function replicas(target: Target, config: TransformerConfig): Transformer[] {
  return forEach(target, 'replicas', 'ReplicaCountTransformer', (resources, entry) =>
    setReplicas(resources, entry, config.replicas),
  );
}

function images(target: Target, config: TransformerConfig): Transformer[] {
  const { context } = target.session;
  return forEach(target, 'images', 'ImageTagTransformer', (resources, entry) => {
    const matched = setImage(resources, entry, config.images, context);
    context.traceEntry({ field: 'images', entry, matched });
  });
}

/** All replacements together are one transformer. */
function replacements(target: Target): Transformer[] {
  const { folder, session, kustomization } = target;
  const entries = kustomization.maps('replacements').map(withoutEmptyTargets);
  if (entries.length === 0) return [];
  return [
    transformer(target, 'ReplacementTransformer', kustomization.keySpan('replacements'), (resources) =>
      applyReplacements(resources, entries, folder, session.context),
    ),
  ];
}

/** An empty `targets` counts as absent here, and is refused; in a file or an object of its own it selects nothing. */
function withoutEmptyTargets(entry: MapNode): MapNode {
  const targets = getField(entry, 'targets');
  if (targets?.kind !== 'sequence' || targets.items.length > 0) return entry;
  return { ...entry, entries: entry.entries.filter(({ key }) => key.value !== 'targets') };
}

/** The transformer for a field of the kustomization, if the field is set. */
function forField<Value extends Node>(
  target: Target,
  value: Value | undefined,
  kind: string,
  transform: (resources: ResourceSet, value: Value) => void,
): Transformer[] {
  if (value === undefined) return [];
  return [transformer(target, kind, originSpan(value.origin), (resources) => transform(resources, value))];
}

/** A transformer for each entry of a list of the kustomization. */
function forEach(
  target: Target,
  field: string,
  kind: string,
  transform: (resources: ResourceSet, entry: MapNode) => void,
): Transformer[] {
  return target.kustomization
    .maps(field)
    .map((entry) => transformer(target, kind, originSpan(entry.origin), (resources) => transform(resources, entry)));
}

/** The transformers that objects under `transformers:` or `validators:` configure. */
export function externalTransformers(target: Target, field: 'transformers' | 'validators'): Transformer[] {
  return loadTransformers(target, field).map(({ plugin, task, step }) => ({
    at: task.at,
    step: () => step,
    transform: (resources) => plugin.transform(resources, task),
  }));
}
