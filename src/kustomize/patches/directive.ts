import { findEntry, type MapNode, removeField, type SequenceNode, scalarText } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import { setListItem } from './keyed-items.ts';

/** The value of `$patch`. */
export type Directive = 'merge' | 'replace' | 'delete';

const directiveKey = '$patch';

/**
 * Removes `$patch` from a patch's map and returns its value, by default `merge`. An unknown value is a BuildError,
 * unless there is nothing to merge with: kustomize then leaves it in the output.
 */
export function takeMapDirective(patch: MapNode, hasTarget: boolean): Directive {
  const entry = findEntry(patch, directiveKey);
  if (entry === undefined) return 'merge';
  const text = scalarText(entry.value);
  if (!isDirective(text)) {
    if (hasTarget) throw unknownDirective(text, entry.value.origin);
    return 'merge';
  }
  removeField(patch, directiveKey);
  return text;
}

/**
 * Removes items that consist of `$patch: …` alone from a patch's list and returns their value, which applies to the
 * whole list. In an item with other fields, `$patch` applies to that item only. All items with the same value are
 * removed.
 */
export function takeListDirective(patch: SequenceNode): Directive {
  for (const item of patch.items) {
    const entry = item.kind === 'map' ? findEntry(item, directiveKey) : undefined;
    if (item.kind !== 'map' || entry === undefined) continue;
    if (item.entries.length > 1) return 'merge';
    const text = scalarText(entry.value);
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
