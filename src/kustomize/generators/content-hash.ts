import { createHash } from 'node:crypto';
import { toJson } from '../../source/json.ts';
import { getField, getPath, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { PrintError } from '../../source/print-error.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resource.ts';
import { describe } from '../transformers/apply-field-spec.ts';
import { changeText } from '../transformers/change.ts';
import { keepId } from '../transformers/keep-id.ts';

/**
 * Appends the hash of its content to the name of a ConfigMap or Secret, and keeps the id that it had.
 * Throws a BuildError for an object of another kind, and for content that has no JSON. Follows kustomize's
 * HashTransformer.
 */
export function addContentHash(resource: Resource): void {
  const hash = hashContent(resource);
  keepId(resource);
  const name = getPath(resource.node, ['metadata', 'name']);
  if (name?.kind !== 'scalar') return;
  const { origin } = resource.node;
  const configuredIn = originSpan(origin.kind === 'generated' ? origin : name.origin);
  changeText(name, `${name.value}-${hash}`, { by: 'content hash', configuredIn });
}

/** Ten letters and digits, with those replaced that could make a word of them. Takes what the object holds, not its name. */
function hashContent(resource: Resource): string {
  const digest = createHash('sha256').update(encodeContent(resource)).digest('hex');
  return digest.slice(0, 10).replace(/[013ae]/g, (digit) => replacements[digit] ?? digit);
}

const replacements: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/**
 * The fields that count, sorted by name: the name itself is always empty, since kustomize looks for it in a wrong
 * place, and `binaryData` or `stringData` are there only as maps.
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
        `${describe(resource)} was generated with a content hash, which only a ConfigMap or Secret can have here; ` +
          'leave its kind as it was, or set `disableNameSuffixHash`',
        originSpan((getField(resource.node, 'kind') ?? resource.node).origin),
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

/** An absent field counts as empty text, and a list as null. */
function encodeValue(value: Node | undefined, resource: Resource): string {
  if (value === undefined) return '""';
  if (value.kind === 'sequence') return 'null';
  try {
    if (value.kind === 'scalar') return toJson({ ...value, tag: '!!str' });
    return roundNumbers(toJson(value));
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new BuildError(`the content of ${describe(resource)} cannot be hashed: ${error.message}`, error.at);
  }
}

/** For the hash, numbers go through floats of 64 bits; JavaScript writes these as Go's encoding/json does. */
function roundNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : String(Number(token)),
  );
}
