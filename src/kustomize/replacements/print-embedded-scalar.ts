import type { ScalarNode, ScalarStyle, ScalarTag } from '../../source/node.ts';
import { escapeOf } from '../../source/print-scalar.ts';
import { resolveScalar } from '../../source/resolve-scalar.ts';
import { canBeBlock, writeBlock } from '../../source/write-block.ts';
import type { WrittenForm } from '../../source/written-forms.ts';

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
export function printEmbeddedScalar(node: ScalarNode, place: ScalarPlace, form?: WrittenForm): string {
  if (node.tag === '!!alias') return node.value;
  const properties = anchorAndTag(form);
  const isTagged = hasTag(form) || wasTagged(node);
  const text = writeText(node.value, chooseStyle(node, place, isTagged), ' '.repeat(place.indent));
  if (!hasTag(form)) properties.push(isTagged ? formatTag(node.tag) : neededTag(node));
  return [...properties, text].filter((part) => part !== '').join(' ');
}

/** What stands in front of a value, in go-yaml's order. */
export function anchorAndTag(form: WrittenForm | undefined): string[] {
  const anchor = form?.anchor === undefined ? [] : [`&${form.anchor}`];
  return hasTag(form) ? [...anchor, formatTag(form.tag)] : anchor;
}

/** `!` alone only says that a text is no number, and go-yaml forgets it. */
function hasTag(form: WrittenForm | undefined): form is WrittenForm & { tag: string } {
  return form?.tag !== undefined && form.tag !== '!';
}

/** A tag that is neither YAML's own nor local is written in full. */
function formatTag(tag: string): string {
  const [, mark = '', name = ''] = /^(!?!?)(.*)$/.exec(tag) ?? [];
  const escaped = encodeURI(name).replaceAll('!', '%21');
  return mark === '' ? `!<${escaped}>` : mark + escaped;
}

/** Whether go-yaml writes a key in front of its `:` on one line, and not behind a `?`. */
export function fitsBeforeColon(key: ScalarNode, form: WrittenForm | undefined): boolean {
  const length = Buffer.byteLength((form?.anchor ?? '') + (form?.tag ?? '') + key.value);
  return !key.value.includes('\n') && length <= LONGEST_KEY;
}

const LONGEST_KEY = 128;

/** The tag without which the text would be of another type. */
function neededTag({ tag, value, style }: ScalarNode): string {
  return tag === '!!str' || style !== 'plain' || typeInPlain(value) === tag ? '' : tag;
}

/** Whether a tag stands in front of a scalar in the file that it is from: one that was copied from an object. */
function wasTagged({ origin }: ScalarNode): boolean {
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

function chooseStyle(node: ScalarNode, { inFlow, isKey }: ScalarPlace, isTagged: boolean): ScalarStyle {
  const { value } = node;
  const style = wantedStyle(node, isTagged);
  if (style === 'literal' || style === 'folded') {
    return value === '' || inFlow || isKey || !canBeBlock(value) ? 'double' : style;
  }
  if (style === 'plain' && canBePlain(value, inFlow, isKey)) return 'plain';
  return style === 'double' || !canBeSingle(value) ? 'double' : 'single';
}

function wantedStyle({ style, tag, value }: ScalarNode, isTagged: boolean): ScalarStyle {
  if (style !== 'plain') return style;
  if (value.includes('\n')) return 'literal';
  return tag === '!!str' && typeInPlain(value) !== '!!str' && !isTagged ? 'double' : 'plain';
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
  return `"${text.replace(special, escapeOf)}"`;
}
