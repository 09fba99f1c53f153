import { prefixSuffixTransformer, prefixTransformer, suffixTransformer } from './affix.ts';
import {
  annotationsTransformer,
  hashTransformer,
  imageTagTransformer,
  labelTransformer,
  namespaceTransformer,
  replicaCountTransformer,
  valueAddTransformer,
} from './field-transformers.ts';
import { configMapGenerator, helmChartInflationGenerator, iamPolicyGenerator, secretGenerator } from './generators.ts';
import {
  patchJson6902Transformer,
  patchStrategicMergeTransformer,
  patchTransformer,
  replacementTransformer,
} from './patches.ts';
import type { GeneratorPlugin, TransformerPlugin } from './plugin.ts';

/** Every transformer that an object of apiVersion `builtin` can configure. */
export const transformerPlugins: readonly TransformerPlugin[] = [
  annotationsTransformer,
  hashTransformer,
  imageTagTransformer,
  labelTransformer,
  namespaceTransformer,
  patchJson6902Transformer,
  patchStrategicMergeTransformer,
  patchTransformer,
  prefixSuffixTransformer,
  prefixTransformer,
  replacementTransformer,
  replicaCountTransformer,
  suffixTransformer,
  valueAddTransformer,
];

/** Every generator that an object of apiVersion `builtin` can configure. */
export const generatorPlugins: readonly GeneratorPlugin[] = [
  configMapGenerator,
  helmChartInflationGenerator,
  iamPolicyGenerator,
  secretGenerator,
];
