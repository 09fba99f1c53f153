import {
  childMap,
  cloneNode,
  getField,
  isNull,
  type MapNode,
  removeField,
  setField,
  stringNode,
} from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import { encodeBase64 } from './base64.ts';

/**
 * A copy of a Secret with what is in `stringData` in its `data`, in base64, as the API server stores it. Throws a BuildError
 * for a value that is a map or list.
 */
export function encodeStringData(secret: MapNode): MapNode {
  const encoded = cloneNode(secret);
  const texts = getField(encoded, 'stringData');
  removeField(encoded, 'stringData');
  if (texts?.kind !== 'map') return encoded;
  const data = childMap(encoded, 'data', texts.origin);
  for (const { key, value } of texts.entries) {
    if (value.kind !== 'scalar') {
      throw new BuildError(
        `\`stringData.${key.value}\` must be a single value, to be merged with a generated Secret`,
        originSpan(value.origin),
      );
    }
    const text = encodeBase64(Buffer.from(isNull(value) ? '' : value.value));
    setField(data, key, stringNode(text, value.origin, text.includes('\n') ? 'literal' : 'plain'));
  }
  return encoded;
}
