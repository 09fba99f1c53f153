import type { ScalarNode, ScalarStyle, ScalarTag } from '../../source/node.ts';
import { resolveScalar } from '../../source/resolve-scalar.ts';
import { canBeBlock, writeBlock } from '../../source/write-block.ts';

/** Where a scalar stands. */
export interface ScalarPlace {
  /** How far lines after the first are indented. */
  readonly indent: number;
  /** Inside of braces or brackets. */
  readonly inFlow: boolean;
  /** In front of a `:`, on one line. */
  readonly isKey: boolean;
}

/**
 * A scalar as go-yaml v3 writes it, in the style that it has where that style can hold its text. A type that the text
 * does not have by itself is written in front of it.
 */
export function printEmbeddedScalar(node: ScalarNode, place: ScalarPlace): string {
  const tag = writtenTag(node);
  const text = writeText(node.value, chooseStyle(node, place), ' '.repeat(place.indent));
  return [tag, text].filter((part) => part !== '').join(' ');
}

/** The tag in front of the text: one that was written before, or one without which the text would be of another type. */
function writtenTag(node: ScalarNode): string {
  const { tag, value } = node;
  if (isTagged(node)) return tag;
  return tag === '!!str' || node.style !== 'plain' || typeInPlain(value) === tag ? '' : tag;
}

/** Whether a tag stands in front of a scalar in the file that it is from. */
function isTagged({ origin }: ScalarNode): boolean {
  if (origin.kind !== 'source') return false;
  const { file, start } = origin;
  return /(?:^|[\s,[{])![^\s,[\]{}]+[ \t]*$/.test(file.text.slice(Math.max(0, start - 100), start));
}

/** The type that go-yaml v3's writer sees in a plain text: to it `<<` is a text like any other. */
export function typeInPlain(text: string): ScalarTag {
  return text === '<<' ? '!!str' : resolveScalar(text);
}

function writeText(text: string, style: ScalarStyle, pad: string): string {
  switch (style) {
    case 'plain':
      return text;
    case 'single':
      return singleQuoted(text, pad);
    case 'double':
      return doubleQuoted(text);
    case 'literal':
      return `|${writeBlock(text, false, pad)}`.replace(/\n$/, '');
    case 'folded':
      return `>${writeBlock(text, true, pad)}`.replace(/\n$/, '');
  }
}

function chooseStyle(node: ScalarNode, { inFlow, isKey }: ScalarPlace): ScalarStyle {
  const { value } = node;
  const style = wantedStyle(node);
  if (style === 'literal' || style === 'folded') {
    return value === '' || inFlow || isKey || !canBeBlock(value) ? 'double' : style;
  }
  if (style === 'plain' && canBePlain(value, inFlow, isKey)) return 'plain';
  return style === 'double' || !canBeSingle(value) ? 'double' : 'single';
}

function wantedStyle(node: ScalarNode): ScalarStyle {
  const { style, tag, value } = node;
  if (style !== 'plain') return style;
  if (value.includes('\n')) return 'literal';
  return tag === '!!str' && typeInPlain(value) !== '!!str' && !isTagged(node) ? 'double' : 'plain';
}

/** One line of what go-yaml writes as it is; it escapes what is beyond the basic plane. */
const LINE = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** The same, in any number of lines. */
const PRINTABLE = /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** What cannot stand in a plain text, at its start or further on, because it means something. */
const INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?](?:[ \t]|$))|:(?:[ \t]|$)|[ \t]#/;
const FLOW_INDICATOR = /[,?:[\]{}]/;

function canBePlain(text: string, inFlow: boolean, isKey: boolean): boolean {
  if (text === '') return !inFlow && !isKey;
  if (!LINE.test(text) || text.startsWith(' ') || text.endsWith(' ')) return false;
  return !INDICATOR.test(text) && !(inFlow && FLOW_INDICATOR.test(text));
}

function canBeSingle(text: string): boolean {
  return PRINTABLE.test(text) && !/[\n\u2028\u2029] | [\n\u2028\u2029]/.test(text);
}

/** The first of several line breaks is written twice, as one alone would be read as a space. */
function singleQuoted(text: string, pad: string): string {
  const doubled = text.replaceAll("'", "''").replaceAll(/(?<![\n\u2028\u2029])\n/g, '\n\n');
  return `'${doubled.replaceAll(/(?<=[\n\u2028\u2029])(?![\n\u2028\u2029]|$)/g, pad)}'`;
}

/** With a byte order mark in front go-yaml takes each character for one. */
function doubleQuoted(text: string): string {
  const special = text.startsWith('\ufeff')
    ? /./gsu
    : /["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;
  return `"${text.replace(special, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

/** What go-yaml has a letter for. */
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ...['"', '\\'].map((character) => [character, `\\${character}`] as const),
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['\x85', '\\N'],
  ['\xa0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);
