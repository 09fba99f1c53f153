import type { MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import { generateConfigMap } from '../generators/config-map.ts';
import { generateSecret } from '../generators/secret.ts';
import { inflateChart } from '../helm/inflate-chart.ts';
import { annotateGenerated, builtinStep, type ConfiguredBy } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { tracksOrigins } from '../session/build-metadata.ts';
import { attemptPart, attemptStep } from '../session/build-session.ts';
import { absorbResource } from './absorb-resource.ts';
import type { Accumulation } from './accumulation.ts';
import { loadGenerators } from './load-plugins.ts';
import { kustomizationOrigin, type Target } from './target.ts';

/** One generator of a kustomization. */
interface Generator {
  /** Where it is configured. */
  readonly at: Span;
  /** What the build lacks if it fails; undefined if that can be anything. */
  readonly lacks?: 'settings';
  /** The generator as annotations name it. */
  step(): ConfiguredBy | undefined;
  generate(): Resource[];
}

/** Runs a kustomization's generators: all ConfigMaps, then all Secrets, then charts, then those under `generators:`. */
export function runGenerators(target: Target, into: Accumulation): void {
  const generators = [...configMaps(target), ...secrets(target), ...helmCharts(target), ...externalGenerators(target)];
  const { session } = target;
  if (generators.length > 0) into.noteChange();
  for (const { at, lacks, step, generate } of generators) {
    session.context.checkTime(at);
    for (const resource of attemptPart(session, generate, lacks) ?? []) {
      resource.listedIn.unshift(at);
      const by = tracksOrigins(session.metadata) ? step() : undefined;
      if (by !== undefined) annotateGenerated(resource, by, at);
      attemptPart(
        session,
        () => attemptStep(session, () => absorbResource(into.resources, resource, at, session.context)),
        lacks,
      );
    }
  }
}

function configMaps(target: Target): Generator[] {
  return builtin(target, 'configMapGenerator', 'ConfigMapGenerator', (entry, options) => [
    generateConfigMap(entry, options, target.folder),
  ]).map(makesSettings);
}

function secrets(target: Target): Generator[] {
  return builtin(target, 'secretGenerator', 'SecretGenerator', (entry, options) => [
    generateSecret(entry, options, target.folder),
  ]).map(makesSettings);
}

function makesSettings(generator: Generator): Generator {
  return { ...generator, lacks: 'settings' };
}

function helmCharts(target: Target): Generator[] {
  const { kustomization, session, folder, outerNamespace } = target;
  const globals = kustomization.map('helmGlobals')?.entries ?? [];
  // Since 5.8 a chart is rendered for the kustomization's namespace, and `namespace:` no longer moves its objects.
  const namespace = session.context.dialect === '5.7' ? undefined : (kustomization.text('namespace') ?? outerNamespace);
  return builtin(target, 'helmCharts', 'HelmChartInflationGenerator', (entry) => {
    const config = { ...entry, entries: [...globals, ...entry.entries] };
    return inflateChart(config, namespace?.value ?? '', folder, session.context);
  });
}

/** One generator for each entry of a field of the kustomization. */
function builtin(
  target: Target,
  field: string,
  kind: string,
  generate: (entry: MapNode, options: MapNode | undefined) => Resource[],
): Generator[] {
  const options = target.kustomization.map('generatorOptions');
  return target.kustomization.maps(field).map((entry) => ({
    at: originSpan(entry.origin),
    step: () => builtinStep(kind, kustomizationOrigin(target)),
    generate: () => generate(entry, options),
  }));
}

/** The generators that objects under `generators:` configure. */
function externalGenerators(target: Target): Generator[] {
  return loadGenerators(target).map(({ plugin, task, step }) => ({
    at: task.at,
    step: () => step,
    generate: () => plugin.generate(task),
  }));
}
