import { getField } from '../../source/node.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { readFieldSpecs } from '../field-specs/read-transformer-config.ts';
import { list, object, string } from '../load/field-type.ts';
import { fieldSpec } from '../load/kustomization-schema.ts';
import { scalarField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { addAffix } from '../transformers/name-affix.ts';
import type { PluginTask, TransformerPlugin } from './plugin.ts';

export const prefixTransformer = affixTransformer('PrefixTransformer', 'prefix');
export const suffixTransformer = affixTransformer('SuffixTransformer', 'suffix');
/** Both transformers with one configuration. */
export const prefixSuffixTransformer = affixTransformer('PrefixSuffixTransformer', 'prefix', 'suffix');

function affixTransformer(kind: string, ...affixes: readonly ('prefix' | 'suffix')[]): TransformerPlugin {
  const texts = Object.fromEntries(affixes.map((affix) => [affix, string]));
  return {
    kind,
    schema: object({ ...texts, fieldSpecs: list(fieldSpec) }),
    transform(resources, task) {
      const specs = requireFieldSpecs(task);
      for (const affix of affixes) {
        const value = scalarField(task.config, affix);
        if (value !== undefined) addAffix(`name ${affix}`, resources, value, specs, task.context);
      }
    },
  };
}

/** kustomize refuses these transformers without `fieldSpecs`. */
function requireFieldSpecs({ config, at }: PluginTask): readonly FieldSpec[] {
  if (getField(config, 'fieldSpecs') !== undefined) return readFieldSpecs(config, 'fieldSpecs');
  throw new BuildError('this transformer needs `fieldSpecs`; add `fieldSpecs: [{path: metadata/name}]`', at);
}
