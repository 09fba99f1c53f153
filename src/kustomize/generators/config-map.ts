import type { MapNode } from '../../source/node.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import type { Resource } from '../resources/resource.ts';
import { encodeBase64 } from './base64.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { GeneratedObject } from './generated-object.ts';
import { loadKeyValues } from './key-value.ts';

/**
 * Generates the ConfigMap of one entry of `configMapGenerator:`. Values in UTF-8 go to `data`, others to `binaryData`;
 * without values, both are absent. The content hash is added at the end of the build.
 * Throws a BuildError for an entry that cannot be read. Follows kustomize's ConfigMapGenerator.
 * @param args `{name, namespace, behavior, envs, literals, files, options}`
 * @param options the kustomization's `generatorOptions:`
 */
export function generateConfigMap(args: MapNode, options: MapNode | undefined, files: KustomizationFiles): Resource {
  const object = new GeneratedObject('ConfigMap', args, 'configMapGenerator');
  for (const pair of loadKeyValues(args, files)) {
    const text = decodeUtf8(pair.value);
    if (text === undefined) object.setData('binaryData', pair, encodeBase64(pair.value));
    else object.setData('data', pair, text);
  }
  return object.finish(options);
}
