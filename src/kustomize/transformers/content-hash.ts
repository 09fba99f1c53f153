import { createHash } from 'node:crypto';
import { toJson } from '../../source/json/json.ts';
import { getField, getPath, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { fieldSpan } from '../load/read-field.ts';
import { BuildError, refusePrintErrors } from '../problem.ts';
import { describeResource } from '../resources/describe-resource.ts';
import type { Resource } from '../resources/resource.ts';
import { changeText } from './change.ts';

/**
 * Appends a hash of its content to the name of a ConfigMap or Secret, and stores its previous id.
 * Throws a BuildError for an object of another kind, and for content that JSON cannot hold. Follows kustomize's
 * HashTransformer.
 */
export function addContentHash(resource: Resource): void {
  const hash = hashContent(resource);
  resource.storePreviousId();
  const name = getPath(resource.node, ['metadata', 'name']);
  if (name?.kind !== 'scalar') return;
  const { origin } = resource.node;
  const configuredIn = originSpan(origin.kind === 'generated' ? origin : name.origin);
  changeText(name, `${name.value}-${hash}`, { by: 'content hash', configuredIn });
}

/** Ten hexadecimal digits of the hash, some replaced so that they cannot spell words. The name is not hashed. */
function hashContent(resource: Resource): string {
  const digest = createHash('sha256').update(encodeContent(resource)).digest('hex');
  return digest.slice(0, 10).replace(/[013ae]/g, (digit) => replacements[digit] ?? digit);
}

const replacements: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/**
 * The hashed fields as JSON, sorted by name. The name is always empty, since kustomize reads it from the wrong path;
 * `binaryData` and `stringData` count only if they are maps.
 */
function encodeContent(resource: Resource): string {
  switch (resource.kind) {
    case 'ConfigMap':
      return joinFields([ifMap(resource, 'binaryData'), field(resource, 'data'), '"kind":"ConfigMap"', '"name":""']);
    case 'Secret':
      return joinFields([
        field(resource, 'data'),
        '"kind":"Secret"',
        '"name":""',
        ifMap(resource, 'stringData'),
        field(resource, 'type'),
      ]);
    default:
      throw new BuildError(
        `${describeResource(resource)} was generated with a content hash, which only a ConfigMap or Secret can have here; ` +
          'leave its kind as it was, or set `disableNameSuffixHash`',
        fieldSpan(resource.node, 'kind'),
      );
  }
}

function joinFields(fields: string[]): string {
  return `{${fields.filter((text) => text !== '').join(',')}}`;
}

function ifMap(resource: Resource, name: string): string {
  return getField(resource.node, name)?.kind === 'map' ? field(resource, name) : '';
}

function field(resource: Resource, name: string): string {
  return `"${name}":${encodeValue(getField(resource.node, name), resource)}`;
}

/** Encodes a field: an absent one as the empty string, a list as null. */
function encodeValue(value: Node | undefined, resource: Resource): string {
  if (value === undefined) return '""';
  if (value.kind === 'sequence') return 'null';
  return refusePrintErrors(
    () => (value.kind === 'scalar' ? toJson({ ...value, tag: '!!str' }) : roundNumbers(toJson(value))),
    (reason) => `the content of ${describeResource(resource)} cannot be hashed: ${reason}`,
  );
}

/** kustomize decodes numbers into float64 before hashing; JavaScript prints these as Go's encoding/json does. */
function roundNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"?|-?[0-9][0-9.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : String(Number(token)),
  );
}
