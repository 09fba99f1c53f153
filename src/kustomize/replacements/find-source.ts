import { cloneNode, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import { filledScalar, firstKeySpan, mapField, scalarField } from '../load/read-field.ts';
import { isEmpty } from '../load/read-resources.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import { formatId } from '../resources/resource-id.ts';
import { compileExactSelector, idFields } from '../selectors/selector.ts';
import type { BuildContext } from '../session/build-context.ts';
import { followPath } from './follow-path.ts';
import { lookupField } from './lookup-field.ts';
import type { NamedObjects } from './named-objects.ts';
import { readFieldOptions } from './read-replacement.ts';

/** The value that a replacement writes, and the object that it is read from; undefined with `sourceValue`. */
export interface ReplacementSource {
  readonly value: Node;
  readonly resource: Resource | undefined;
}

/**
 * Finds the value of a replacement: `sourceValue`, or a field of the object that `source` names by a current or previous
 * id. Sources are compared as exact text, in every version. Throws a BuildError if there is no such object or field, if
 * several objects match, or if `options` select a part that does not exist.
 */
export function findSource(objects: NamedObjects, replacement: MapNode, context: BuildContext): ReplacementSource {
  const source = mapField(replacement, 'source');
  const constant = scalarField(replacement, 'sourceValue');
  if (source && constant) {
    throw new BuildError(
      'a replacement has either `source` or `sourceValue`; remove one of the two',
      originSpan(constant.origin),
    );
  }
  if (constant) return { value: untyped(constant), resource: undefined };
  if (source === undefined) {
    throw new BuildError(
      'this replacement has no `source`; say which field of which object is to be copied',
      firstKeySpan(replacement),
    );
  }
  const resource = findSourceObject(objects, source);
  return { value: refine(findSourceField(resource, source, context), source), resource };
}

/** A `sourceValue` is text without a type: if it replaces a map or list, it gets the type that YAML resolves. */
function untyped(scalar: ScalarNode): ScalarNode {
  const style = scalar.value.includes('\n') ? 'literal' : 'plain';
  return { ...scalar, style, tag: style === 'literal' ? '!!str' : resolveScalar(scalar.value) };
}

function findSourceObject(objects: NamedObjects, source: MapNode): Resource {
  const isSource = compileExactSelector(source);
  const named = objects.list(filledScalar(source, 'name')?.value);
  const matches = named.filter((resource) => objects.ids(resource).some(isSource));
  const [resource] = matches;
  const at = originSpan((filledScalar(source, 'name') ?? filledScalar(source, 'kind') ?? source).origin);
  if (resource === undefined) {
    throw new BuildError(
      `no object is ${describe(source)}, which this replacement takes its value from; correct the source, or add the object to \`resources\``,
      at,
    );
  }
  if (matches.length > 1) {
    throw new BuildError(
      `${matches.length} objects are ${describe(source)}, and a replacement takes its value from one; say more about it, such as its name and namespace`,
      at,
      matches.map((match) => ({ at: originSpan(match.node.origin), note: formatId(match.id) })),
    );
  }
  return resource;
}

function describe(source: MapNode): string {
  const parts = idFields.flatMap((field) => {
    const text = filledScalar(source, field)?.value;
    return text === undefined ? [] : [`${field} ${text}`];
  });
  return parts.length === 0 ? 'named by an empty source' : `of ${parts.join(', ')}`;
}

function findSourceField(resource: Resource, source: MapNode, context: BuildContext): Node {
  const path = filledScalar(source, 'fieldPath');
  const text = path?.value ?? 'metadata.name';
  const at = originSpan((path ?? source).origin);
  const related = [{ at: originSpan(resource.node.origin), note: `the source, ${formatId(resource.id)}` }];
  const fail = (reason: string): BuildError =>
    new BuildError(`cannot follow \`${text}\` in ${formatId(resource.id)}: ${reason}`, at, related);
  const value = followPath(text, (steps) => lookupField(resource.node, steps), fail, context);
  if (value !== undefined && !isEmpty(value)) return value;
  throw new BuildError(
    `${formatId(resource.id)} has no value at \`${text}\` to copy; correct the path, or add the field`,
    at,
    related,
  );
}

/** The part of a value that `options` select by `delimiter` and `index`; the whole value without a delimiter. */
function refine(value: Node, source: MapNode): Node {
  const { delimiter, index, at } = readFieldOptions(source);
  if (delimiter === '') return value;
  if (value.kind !== 'scalar') {
    throw new BuildError('only a single value can be split at a delimiter; remove the `delimiter`', originSpan(at));
  }
  const parts = value.value.split(delimiter);
  const part = index < 0 ? undefined : parts[index];
  if (part === undefined) {
    const last = parts.length - 1;
    throw new BuildError(
      `\`${value.value}\` split at \`${delimiter}\` has no part ${index}; the parts are numbered 0 to ${last}`,
      originSpan(at),
      [{ at: originSpan(value.origin), note: 'the value' }],
    );
  }
  return { ...cloneNode(value), value: part };
}
