import { getField, type MapNode, stringNode } from '../../source/node.ts';
import type { KustomizationFiles } from '../build-context.ts';
import type { Resource } from '../resource.ts';
import { encodeBase64 } from './base64.ts';
import { GeneratedObject } from './generated-object.ts';
import { loadKeyValues } from './key-value.ts';

/**
 * Makes the Secret of one entry of `secretGenerator:`, of type `Opaque` where the entry says none. All values are
 * base64; `data` is there even without entries. Throws a BuildError for an entry that cannot be read.
 * Follows kustomize's SecretGenerator.
 * @param args `{name, namespace, type, behavior, envs, literals, files, options}`
 * @param options the kustomization's `generatorOptions:`
 */
export function generateSecret(args: MapNode, options: MapNode | undefined, files: KustomizationFiles): Resource {
  const object = new GeneratedObject('Secret', args, 'secretGenerator');
  const type = getField(args, 'type');
  const asked = type?.kind === 'scalar' && type.value !== '' ? type : undefined;
  object.setField('type', stringNode(asked?.value ?? 'Opaque', asked?.origin ?? object.origin, asked?.style));
  object.makeData();
  for (const pair of loadKeyValues(args, files)) object.setData('data', pair, encodeBase64(pair.value));
  return object.finish(options);
}
