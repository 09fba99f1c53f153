import { getField, type MapNode, stringNode } from '../../source/node.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import type { Resource } from '../resources/resource.ts';
import { encodeBase64 } from './base64.ts';
import { GeneratedObject } from './generated-object.ts';
import { loadKeyValues } from './key-value.ts';

/**
 * Generates the Secret of one entry of `secretGenerator:`, by default of type `Opaque`. All values are in base64; `data`
 * is there even without values. Throws a BuildError for an entry that cannot be read.
 * Follows kustomize's SecretGenerator.
 * @param args `{name, namespace, type, behavior, envs, literals, files, options}`
 * @param options the kustomization's `generatorOptions:`
 */
export function generateSecret(args: MapNode, options: MapNode | undefined, files: KustomizationFiles): Resource {
  const object = new GeneratedObject('Secret', args, 'secretGenerator');
  const type = getField(args, 'type');
  const given = type?.kind === 'scalar' && type.value !== '' ? type : undefined;
  object.setField('type', stringNode(given?.value ?? 'Opaque', given?.origin ?? object.origin, given?.style));
  object.makeData();
  for (const pair of loadKeyValues(args, files)) object.setData('data', pair, encodeBase64(pair.value));
  return object.finish(options);
}
