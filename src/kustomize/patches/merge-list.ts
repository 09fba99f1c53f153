import { emptyList, getField, isNull, type Node, type SequenceNode, scalarText } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { TypeSchema } from '../openapi/merge-schema.ts';
import { findListItem, setListItem } from './keyed-items.ts';
import { type MergeContext, mergeNodes } from './merge-nodes.ts';

/**
 * Merges the items of a patch's list into a list. Items are identified by the schema's merge keys or, without keys, by
 * their values. The result has the patch's new items first, in the patch's order, then the list's own.
 * `target` and `patch` may be the same list. Returns a new list with `target`'s origin.
 * Follows `walkAssociativeSequence` of kyaml.
 */
export function mergeListItems(
  target: SequenceNode,
  patch: SequenceNode | undefined,
  schema: TypeSchema,
  context: MergeContext,
): SequenceNode {
  const keys = schema.mergeKeys.length > 0 ? schema.mergeKeys : [''];
  let identities = listIdentities([patch, target], keys);
  // As in kustomize, the time to merge grows with the square of the length.
  const isLong = target.items.length + identities.length > 100;
  const checkTime = (): void => {
    if (isLong) context.checkTime(originSpan(target.origin));
  };
  if (keys.length > 1) identities = completeIdentities(identities, checkTime);

  const merged = emptyList(target.origin);
  let usedKeys: readonly string[] = keys;
  for (const identity of identities) {
    checkTime();
    const used = selectKeys(identities, identity, keys);
    usedKeys = used.keys;
    // An item is looked up only by the keys that it has itself.
    const own = selectKeys([used.values], used.values, used.keys);
    const item = mergeNodes(
      findListItem(target, own.keys, own.values),
      findListItem(patch, own.keys, own.values),
      schema.items(),
      context,
    );
    if (item === undefined || isNull(item) || (item.kind === 'map' && item.entries.length === 0)) {
      setListItem(target, used.keys, used.values, undefined);
    } else {
      setListItem(merged, used.keys, used.values, item);
    }
  }
  if (identities.length === 0) return target;
  for (const item of target.items) {
    checkTime();
    appendItem(merged, item, usedKeys);
  }
  return merged;
}

type Identity = readonly string[];

/** The distinct values of the items' merge keys; an absent key has the empty value. */
function listIdentities(lists: readonly (SequenceNode | undefined)[], keys: readonly string[]): Identity[] {
  const identities = new Map<string, Identity>();
  for (const item of lists.flatMap((list) => list?.items ?? [])) {
    const identity = keys.map((key) => (key === '' ? scalarText(item) : keyText(item, key)));
    identities.set(JSON.stringify(identity), identity);
  }
  return [...identities.values()];
}

function keyText(item: Node, key: string): string {
  const value = item.kind === 'map' ? getField(item, key) : undefined;
  return value === undefined || isNull(value) ? '' : scalarText(value);
}

/** Unifies identities that share a value and differ only where one has none, such as ports with and without protocol. */
function completeIdentities(identities: readonly Identity[], checkTime: () => void): Identity[] {
  const completed = [...identities];
  for (let i = 0; i < completed.length; i++) {
    checkTime();
    const identity = completed[i] ?? [];
    for (let j = 0; j < completed.length; j++) {
      const joined = joinIdentities(identity, completed[j] ?? []);
      if (joined) completed[i] = completed[j] = joined;
    }
  }
  return completed;
}

function joinIdentities(a: Identity, b: Identity): Identity | undefined {
  const conflicts = a.some((value, i) => value !== b[i] && value !== '' && b[i] !== '');
  const agrees = a.some((value, i) => value === b[i]);
  return agrees && !conflicts ? a.map((value, i) => value || (b[i] ?? '')) : undefined;
}

/** The keys for which any identity has a value, with this identity's values; all keys if there are none. */
function selectKeys(
  identities: readonly Identity[],
  identity: Identity,
  keys: readonly string[],
): { keys: readonly string[]; values: Identity } {
  const used = keys.map((_, i) => identities.some((other) => other[i] !== ''));
  if (!used.includes(true)) return { keys, values: identity };
  return { keys: keys.filter((_, i) => used[i]), values: identity.filter((_, i) => used[i]) };
}

/** Adds one of the target's items, replacing a merged item with the same keys. */
function appendItem(list: SequenceNode, item: Node, keys: readonly string[]): void {
  if (keys[0] === '') {
    setListItem(list, keys, [scalarText(item)], item);
    return;
  }
  const values: string[] = [];
  for (const key of keys) {
    const value = item.kind === 'map' ? getField(item, key) : undefined;
    if (value === undefined) list.items.push(item);
    else values.push(scalarText(value));
  }
  // With several keys, kustomize removes the item first, which moves it to the end.
  if (keys.length > 1) setListItem(list, keys, values, undefined);
  setListItem(list, keys, values, item);
}
