import { getField, getPath, getText, listItems, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { compareText } from '../../text/compare-text.ts';
import { fieldSpan, textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { kindsFirst, kindsLast, rankKinds, typeKey } from '../resources/kind-order.ts';
import type { Resource } from '../resources/resource.ts';
import { formatGvk, type ResourceId } from '../resources/resource-id.ts';

/** The order of a build's objects: as they were listed (`fifo`), or by kind (`legacy`). */
export interface SortOrder {
  readonly order: 'fifo' | 'legacy';
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** The order of the `build` command without `sortOptions:`. */
export const defaultSortOrder: SortOrder = { order: 'legacy', first: kindsFirst, last: kindsLast };

/** Reads `sortOptions:`. Throws a BuildError for an unknown order, and for `legacySortOptions` with another order. */
export function readSortOrder(options: MapNode): SortOrder {
  const order = textField(options, 'order');
  const legacyOptions = getField(options, 'legacySortOptions');
  if (order !== 'fifo' && order !== 'legacy') {
    throw new BuildError('the field `sortOptions.order` must be one of fifo, legacy', fieldSpan(options, 'order'));
  }
  if (legacyOptions === undefined) return { ...defaultSortOrder, order };
  if (order === 'fifo') {
    throw new BuildError(
      '`sortOptions.legacySortOptions` is set, but the order is fifo; set `order: legacy` or remove it',
      originSpan(legacyOptions.origin),
    );
  }
  return {
    order,
    first: texts(getPath(legacyOptions, ['orderFirst'])),
    last: texts(getPath(legacyOptions, ['orderLast'])),
  };
}

function texts(list: Node | undefined): string[] {
  return listItems(list).map((item) => getText(item) ?? '');
}

/** Sorts the objects into a new array. Follows kustomize's SortOrderTransformer. */
export function sortResources(resources: readonly Resource[], { order, first, last }: SortOrder): Resource[] {
  if (order === 'fifo') return [...resources];
  const ranks = rankKinds(first, last);
  return resources
    .map((resource) => ({ resource, key: sortKey(resource.id, ranks) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ resource }) => resource);
}

interface SortKey {
  readonly rank: number;
  readonly isNamespace: boolean;
  readonly isCore: boolean;
  readonly type: string;
  readonly id: string;
}

function sortKey(id: ResourceId, ranks: ReadonlyMap<string, number>): SortKey {
  return {
    rank: ranks.get(id.kind) ?? 0,
    isNamespace: id.kind === 'Namespace',
    isCore: id.group === '',
    type: typeKey(id),
    id: `${formatGvk(id)}|${id.namespace || '~X'}|${id.name || '~N'}`,
  };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.type !== b.type) {
    const byType = compareText(a.type, b.type);
    // Among kinds named Namespace, the core group's comes first, contrary to the general order.
    return a.isNamespace && b.isNamespace && (a.isCore || b.isCore) ? -byType : byType;
  }
  return compareText(a.id, b.id);
}
