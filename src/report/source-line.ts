import { mask } from '../lint/secrets/mask.ts';
import { characterWidth } from './character-width.ts';
import { escapeCharacter, isInvisible } from './escape-text.ts';

/** Offsets into one line, half-open. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A line of a file, prepared for display: safe for a terminal, with secrets masked, and cut to a width. */
export interface ShownLine {
  readonly text: string;
  /** The cells, from 0, of a range of the line in `text`: at least one cell, and never outside of `text`. */
  locate(range: LineRange): LineRange;
}

const tab = '    ';
const ellipsis = '...';

/**
 * Prepares a line for a frame: replaces tabs with spaces, escapes control characters, masks ranges, and cuts a line wider
 * than `width` on both sides so that `focus` stays visible.
 */
export function showLine(line: string, focus: LineRange, masked: readonly LineRange[], width: number): ShownLine {
  const cells = layOut(line, masked);
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  const window = total <= width ? { start: 0, end: total } : placeWindow(locateCells(cells, focus), total, width);
  const shift = window.start === 0 ? 0 : ellipsis.length - window.start;
  const kept = cells.filter((cell) => cell.at >= window.start && cell.at + cell.width <= window.end);
  const text = `${window.start > 0 ? ellipsis : ''}${kept.map((cell) => cell.text).join('')}${window.end < total ? ellipsis : ''}`;
  return {
    text,
    locate(range) {
      const found = locateCells(cells, range);
      const start = Math.min(Math.max(found.start, window.start), window.end);
      const end = Math.max(Math.min(found.end, window.end), start + 1);
      return { start: start + shift, end: end + shift };
    },
  };
}

/** An indivisible part of the displayed line: a character, an escape, or a mask. */
interface Cell extends LineRange {
  readonly text: string;
  readonly at: number;
  readonly width: number;
}

function layOut(line: string, masked: readonly LineRange[]): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (let start = 0; start < line.length; ) {
    const hidden = masked.find((range) => start >= range.start && start < range.end);
    const character = hidden ? '' : String.fromCodePoint(line.codePointAt(start) ?? 0);
    const end = hidden ? Math.min(hidden.end, line.length) : start + character.length;
    const text = hidden ? mask : showCharacter(character);
    const width = text === character ? characterWidth(character) : text.length;
    cells.push({ start, end, text, at, width });
    at += width;
    start = end;
  }
  return cells;
}

function showCharacter(character: string): string {
  if (character === '\t') return tab;
  return isInvisible(character) ? escapeCharacter(character) : character;
}

function locateCells(cells: readonly Cell[], range: LineRange): LineRange {
  const first = cells.find((cell) => cell.end > range.start);
  const last = cells.findLast((cell) => cell.start < range.end);
  const lineEnd = cells.reduce((end, cell) => Math.max(end, cell.at + cell.width), 0);
  const start = first?.at ?? lineEnd;
  return { start, end: last && range.end > range.start ? Math.max(last.at + last.width, start) : start };
}

/** Places the focus a third into the window if there is room. The ellipses count towards the width. */
function placeWindow(focus: LineRange, total: number, width: number): LineRange {
  const room = width - 2 * ellipsis.length;
  const lead = Math.max(0, Math.min(Math.floor(room / 3), room - (focus.end - focus.start)));
  const start = Math.max(0, Math.min(focus.start - lead, total - room));
  return { start, end: Math.min(total, start + room) };
}
