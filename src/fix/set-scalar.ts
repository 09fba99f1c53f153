import type { ScalarNode } from '../source/node.ts';
import type { Span } from '../source/span.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';
import type { Found } from './find-value.ts';
import { endOf, layoutOf, startOf } from './layout.ts';
import { printFlow, printScalar } from './print-value.ts';
import { encodeInline, type Region } from './region.ts';

/** Replaces a scalar; a text keeps the quotes of the old one. */
export function setScalar(
  { region, scalar }: Pick<Found, 'region' | 'scalar'>,
  from: string,
  to: string | number | boolean,
): Edit {
  if (scalar.value !== from && Number(scalar.value) !== Number(from)) {
    throw new CannotFix('the file has only a part of the value, or another step of the build changes it');
  }
  return region.edit(startOf(scalar), endOf(scalar), printLike(region, scalar, to));
}

/** Replaces a text within a scalar: the occurrence at a location in the file, or the only one. */
export function replaceText({ region, scalar }: Found, from: string, to: string, at: Span): Edit {
  if (scalar.value === from) return setScalar({ region, scalar }, from, to);
  const start = findText(region, scalar, from, at);
  if (scalar.style === 'plain' && /: |:$| #/.test(to)) throw new CannotFix('the text would need quotes');
  const isBlock = scalar.style === 'literal' || scalar.style === 'folded';
  return region.edit(start, start + from.length, isBlock ? to : encodeInline(to, scalar.style));
}

function findText(region: Region, scalar: ScalarNode, text: string, at: Span): number {
  const found: number[] = [];
  const end = endOf(scalar);
  for (let i = startOf(scalar); i <= end - text.length; i++) if (region.text.startsWith(text, i)) found.push(i);
  const [only, ...others] = found;
  if (only === undefined) throw new CannotFix('the text is written with escapes or over several lines');
  const isExact = at.end - at.start === text.length;
  const here = found.find((offset) => isExact && region.offsetInFile(offset) === at.start);
  if (here === undefined && others.length > 0) throw new CannotFix(`\`${text}\` occurs more than once`);
  return here ?? only;
}

/** Prints a new value in the style of the old one. */
function printLike(region: Region, scalar: ScalarNode, to: string | number | boolean): string {
  if (typeof to !== 'string') return String(to);
  const { style, value } = scalar;
  switch (style) {
    case 'single':
      return `'${to.replaceAll("'", "''")}'`;
    case 'double':
      return JSON.stringify(to);
    case 'plain':
      if (isAfterQuotedKey(region, scalar)) return JSON.stringify(to);
      // If the plain old value contains any of these, it is not in brackets or braces.
      return /[,[\]{}]/.test(value) ? printScalar(to, layoutOf(region)) : printFlow(to, layoutOf(region));
    case 'literal':
    case 'folded':
      throw new CannotFix('the value is written as a text block');
  }
}

/** Whether a value follows a key in quotes, as a number or boolean does in JSON. */
function isAfterQuotedKey({ text }: Region, scalar: ScalarNode): boolean {
  return /"\s*:\s*$/.test(text.slice(Math.max(0, startOf(scalar) - 100), startOf(scalar)));
}
