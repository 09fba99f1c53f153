import { getField, type MapNode, setField, stringNode } from '../../source/node.ts';
import { generateConfigMap } from '../generators/config-map.ts';
import { generateIamPolicy } from '../generators/iam-policy.ts';
import { generateSecret } from '../generators/secret.ts';
import { inflateChart } from '../helm/inflate-chart.ts';
import { embedded, object, string } from '../load/field-type.ts';
import {
  generatorArguments,
  helmChart,
  helmGlobals,
  objectMeta,
  secretArguments,
} from '../load/kustomization-schema.ts';
import { textField } from '../load/read-field.ts';
import type { GeneratorPlugin } from './plugin.ts';

export const configMapGenerator: GeneratorPlugin = {
  kind: 'ConfigMapGenerator',
  schema: object({ metadata: objectMeta, ...embedded(generatorArguments) }),
  generate: ({ config, files }) => [generateConfigMap(withIdentity(config), undefined, files)],
};

export const secretGenerator: GeneratorPlugin = {
  kind: 'SecretGenerator',
  schema: object({ metadata: objectMeta, ...embedded(secretArguments) }),
  generate: ({ config, files }) => [generateSecret(withIdentity(config), undefined, files)],
};

export const iamPolicyGenerator: GeneratorPlugin = {
  kind: 'IAMPolicyGenerator',
  schema: object(
    embedded({
      cloud: string,
      kubernetesService: object({ name: string, namespace: string }),
      serviceAccount: object({ name: string, projectId: string }),
    }),
  ),
  generate: ({ config }) => [generateIamPolicy(config)],
};

export const helmChartInflationGenerator: GeneratorPlugin = {
  kind: 'HelmChartInflationGenerator',
  schema: object({ ...helmGlobals, ...helmChart }),
  generate: ({ config, files, context }) => inflateChart(config, '', files, context),
};

/** The configuration with the generator's own name and namespace as defaults for those of the generated object. */
function withIdentity(config: MapNode): MapNode {
  const copy: MapNode = { ...config, entries: config.entries.filter(({ key }) => key.value !== 'metadata') };
  for (const name of ['name', 'namespace']) {
    if (textField(config, name) !== '') continue;
    const metadata = getField(config, 'metadata');
    const value = metadata?.kind === 'map' ? getField(metadata, name) : undefined;
    if (value !== undefined) setField(copy, stringNode(name, value.origin), value);
  }
  return copy;
}
