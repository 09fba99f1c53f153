import { findEntry, type MapNode, removeField, type SequenceNode } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import { setListItem } from './list-items.ts';

/** What `$patch` asks for instead of a merge. */
export type Directive = 'merge' | 'replace' | 'delete';

const directiveKey = '$patch';

/**
 * Takes `$patch` out of a patch's map and returns what it asks for. One that is not known is a BuildError, except where
 * there is nothing to merge with: kustomize leaves it standing there.
 */
export function takeMapDirective(patch: MapNode, hasTarget: boolean): Directive {
  const entry = findEntry(patch, directiveKey);
  if (entry === undefined) return 'merge';
  const text = entry.value.kind === 'scalar' ? entry.value.value : '';
  if (!isDirective(text)) {
    if (hasTarget) throw unknownDirective(text, entry.value.origin);
    return 'merge';
  }
  removeField(patch, directiveKey);
  return text;
}

/**
 * Takes an item that is nothing but `$patch: …` out of a patch's list and returns what it asks for, for the whole list.
 * An item with other fields beside it asks for that item only. With the list's own go all items that ask for the same.
 */
export function takeListDirective(patch: SequenceNode): Directive {
  for (const item of patch.items) {
    const entry = item.kind === 'map' ? findEntry(item, directiveKey) : undefined;
    if (item.kind !== 'map' || entry === undefined) continue;
    if (item.entries.length > 1) return 'merge';
    const text = entry.value.kind === 'scalar' ? entry.value.value : '';
    if (!isDirective(text)) throw unknownDirective(text, entry.value.origin);
    setListItem(patch, [directiveKey], [text], undefined);
    return text;
  }
  return 'merge';
}

function isDirective(text: string): text is Directive {
  return text === 'merge' || text === 'replace' || text === 'delete';
}

function unknownDirective(text: string, origin: Origin): BuildError {
  return new BuildError(
    `\`${directiveKey}: ${text}\` is not a directive of a strategic merge patch; write delete, replace or merge`,
    originSpan(origin),
  );
}
