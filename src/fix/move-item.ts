import type { Node } from '../source/node.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';
import type { Found } from './find-value.ts';
import { endOf, endOfLine, isBlock, startOf, startOfLine } from './layout.ts';
import type { Region } from './region.ts';

/** Moves a list item in front of another one, with the comments above it and on its line. */
export function moveItem(item: Found, before: Found): Edit[] {
  const { region, list } = item;
  if (list === undefined || list !== before.list) throw new CannotFix('the two items are in different lists');
  return isBlock(region, list)
    ? moveLines(region, list.items, item.scalar, before.scalar)
    : moveInBrackets(region, list.items, item.scalar, before.scalar);
}

function moveLines(region: Region, items: readonly Node[], item: Node, before: Node): Edit[] {
  const { text } = region;
  const end = endOfLine(text, endOf(item));
  const start = startWithComments(region, items, item);
  const target = startWithComments(region, items, before);
  // Remove the line break before the item, because the last line of a file may have none after it.
  const moved = text.slice(start, end).replaceAll('\r\n', '\n');
  const gap = text[start - 2] === '\r' ? 2 : 1;
  return [region.edit(target, target, `${moved}\n`), region.edit(start - gap, end, '')];
}

/** The start of an item's lines, with comments above it. A comment above the first item is about the list. */
function startWithComments({ text }: Region, items: readonly Node[], item: Node): number {
  let start = startOfLine(text, startOf(item));
  if (!/^\s*-[ \t]+(?:\S+[ \t]*)?$/.test(text.slice(start, startOf(item)))) {
    throw new CannotFix('the item shares its line with something else');
  }
  while (item !== items[0]) {
    const above = startOfLine(text, start - 1);
    if (start === 0 || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

function moveInBrackets(region: Region, items: readonly Node[], item: Node, before: Node): Edit[] {
  const previous = items[items.indexOf(item) - 1];
  if (previous === undefined) throw new CannotFix('the item is the first of its list');
  const text = region.text.slice(startOf(item), endOf(item));
  const gap = region.text.slice(endOf(previous), startOf(item));
  if (!/^\s*,\s*$/.test(gap)) throw new CannotFix('there is a comment between the items');
  const separator = gap.replaceAll('\r\n', '\n');
  return [
    region.edit(startOf(before), startOf(before), `${text}${separator}`),
    region.edit(endOf(previous), endOf(item), ''),
  ];
}
