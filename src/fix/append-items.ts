import type { Value } from '../findings/fix.ts';
import { isNull, type MapNode, type Node } from '../source/node.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';
import type { Found } from './find-value.ts';
import { columnOf, endOf, endOfLine, isBlock, layoutOf, startOf } from './layout.ts';
import { printFlow, printItems } from './print-value.ts';
import { fillEntry, follow, refuseAlias, writeValue } from './write-value.ts';

/** Appends items to a list; creates the list if there is none. */
export function appendItems(found: Found, path: readonly string[], items: readonly Value[]): Edit[] {
  const { region } = found;
  const { map, entry, node, rest } = follow(found, path);
  refuseAlias(entry, node);
  if (rest.length > 0) return writeValue(found, path, items);
  if (map && entry && (isNull(node) || isEmptyBelow(found, map, node))) return fillEntry(region, map, entry, items);
  if (node.kind !== 'sequence') throw new CannotFix('the value is not a list');
  const layout = layoutOf(region);
  const last = node.items.at(-1);
  if (isBlock(region, node)) {
    const at = endOfLine(region.text, endOf(node));
    return [region.edit(at, at, `\n${printItems(items, columnOf(region, startOf(node)), layout).join('\n')}`)];
  }
  const json = region.text.charAt(startOf(last ?? node)) === '"';
  const written = items.map((item) => printFlow(item, layout, json)).join(', ');
  if (last === undefined) return [region.edit(startOf(node), endOf(node), `[${written}]`)];
  return [region.edit(endOf(last), endOf(last), `, ${written}`)];
}

/** Whether a list is an empty `[]` after a block key; its new items are written on lines of their own. */
function isEmptyBelow({ region }: Found, map: MapNode, node: Node): boolean {
  return node.kind === 'sequence' && node.items.length === 0 && isBlock(region, map);
}
