import { findEntry, getPath } from '../../source/node.ts';
import { firstOrigin, originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { Resource } from './resource.ts';

/** An object as messages name it: `Deployment api`. */
export function describeResource({ kind, name }: Resource): string {
  return `${kind === '' ? 'the object' : kind} ${name === '' ? 'without a name' : `\`${name}\``}`;
}

/** The location of an object's name as it was first written or generated; of its kind if it has no name. */
export function nameSpan(resource: Resource): Span {
  const name = getPath(resource.node, ['metadata', 'name']);
  const node = name ?? findEntry(resource.node, 'kind')?.value ?? resource.node;
  return originSpan(firstOrigin(node.origin));
}
