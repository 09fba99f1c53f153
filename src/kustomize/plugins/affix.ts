import { getField } from '../../source/node.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { readFieldSpecs } from '../field-specs/read-transformer-config.ts';
import { list, object, string } from '../load/field-type.ts';
import { fieldSpec } from '../load/kustomization-schema.ts';
import { scalarField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { addNamePrefix, addNameSuffix } from '../transformers/name-affix.ts';
import type { PluginTask, TransformerPlugin } from './plugin.ts';

export const prefixTransformer: TransformerPlugin = {
  kind: 'PrefixTransformer',
  schema: object({ prefix: string, fieldSpecs: list(fieldSpec) }),
  transform(resources, task) {
    const specs = requireFieldSpecs(task);
    const prefix = scalarField(task.config, 'prefix');
    if (prefix !== undefined) addNamePrefix(resources, prefix, specs, task.context);
  },
};

export const suffixTransformer: TransformerPlugin = {
  kind: 'SuffixTransformer',
  schema: object({ suffix: string, fieldSpecs: list(fieldSpec) }),
  transform(resources, task) {
    const specs = requireFieldSpecs(task);
    const suffix = scalarField(task.config, 'suffix');
    if (suffix !== undefined) addNameSuffix(resources, suffix, specs, task.context);
  },
};

/** Both transformers with one configuration. */
export const prefixSuffixTransformer: TransformerPlugin = {
  kind: 'PrefixSuffixTransformer',
  schema: object({ prefix: string, suffix: string, fieldSpecs: list(fieldSpec) }),
  transform(resources, task) {
    prefixTransformer.transform(resources, task);
    suffixTransformer.transform(resources, task);
  },
};

/** kustomize refuses these transformers without `fieldSpecs`. */
function requireFieldSpecs({ config, at }: PluginTask): readonly FieldSpec[] {
  if (getField(config, 'fieldSpecs') !== undefined) return readFieldSpecs(config, 'fieldSpecs');
  throw new BuildError('this transformer needs `fieldSpecs`; add `fieldSpecs: [{path: metadata/name}]`', at);
}
