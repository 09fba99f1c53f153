import type { ConfigObject } from '../../objects/config-object.ts';
import { spanKey } from '../../source/span.ts';

/**
 * Where the first encrypted value of a SealedSecret is written, which no overlay changes together with the name. Equal for
 * what several roots build from one file; undefined for other objects.
 */
export function sealedSource({ object, keys }: ConfigObject): string | undefined {
  const [first] = object.kind === 'SealedSecret' ? keys.values() : [];
  return first === undefined ? undefined : spanKey(first.place.at);
}
