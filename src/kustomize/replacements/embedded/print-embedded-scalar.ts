import type { ScalarNode, ScalarStyle, ScalarTag } from '../../../source/node.ts';
import { escapeOf } from '../../../source/print/print-scalar.ts';
import { canBeBlock, writeBlock } from '../../../source/print/write-block.ts';
import { resolveScalar } from '../../../source/scalars/resolve-scalar.ts';
import type { WrittenForm } from '../../../source/written-forms.ts';

/** The context in which a scalar is printed. */
export interface ScalarPlace {
  /** The indentation of lines after the first. */
  readonly indent: number;
  /** Whether it is in a flow collection. */
  readonly inFlow: boolean;
  /** Whether it is followed by a `:` on the same line. */
  readonly isKey: boolean;
}

/**
 * Prints a scalar as go-yaml v3 does, in its own style if that can hold the text. A tag precedes it if YAML would
 * resolve another type.
 */
export function printEmbeddedScalar(node: ScalarNode, place: ScalarPlace, form?: WrittenForm): string {
  if (node.tag === '!!alias') return node.value;
  const properties = anchorAndTag(form);
  const isTagged = hasTag(form) || wasTagged(node);
  const text = writeText(node.value, chooseStyle(node, place, isTagged), ' '.repeat(place.indent));
  if (!hasTag(form)) properties.push(isTagged ? formatTag(node.tag) : neededTag(node));
  return [...properties, text].filter((part) => part !== '').join(' ');
}

/** The anchor and tag that precede a value, in go-yaml's order. */
export function anchorAndTag(form: WrittenForm | undefined): string[] {
  const anchor = form?.anchor === undefined ? [] : [`&${form.anchor}`];
  return hasTag(form) ? [...anchor, formatTag(form.tag)] : anchor;
}

/** `!` alone only prevents type resolution, and go-yaml drops it. */
function hasTag(form: WrittenForm | undefined): form is WrittenForm & { tag: string } {
  return form?.tag !== undefined && form.tag !== '!';
}

/** Formats a tag; one that is neither YAML's own nor local is verbatim, `!<…>`. */
function formatTag(tag: string): string {
  const [, mark = '', name = ''] = /^(!?!?)(.*)$/.exec(tag) ?? [];
  const escaped = encodeURI(name).replaceAll('!', '%21');
  return mark === '' ? `!<${escaped}>` : mark + escaped;
}

/** Whether go-yaml prints a key and its `:` on one line, instead of a `?` and the key. */
export function fitsBeforeColon(key: ScalarNode, form: WrittenForm | undefined): boolean {
  const length = Buffer.byteLength((form?.anchor ?? '') + (form?.tag ?? '') + key.value);
  return !key.value.includes('\n') && length <= LONGEST_KEY;
}

const LONGEST_KEY = 128;

/** The tag if YAML would resolve another type without it. */
function neededTag({ tag, value, style }: ScalarNode): string {
  return tag === '!!str' || style !== 'plain' || typeInPlain(value) === tag ? '' : tag;
}

/** Whether a tag precedes a scalar in its file, for scalars that were copied from an object. */
function wasTagged({ origin }: ScalarNode): boolean {
  if (origin.kind !== 'source') return false;
  const { file, start } = origin;
  return /(?:^|[\s,[{])![^\s,[\]{}]+[ \t]*$/.test(file.text.slice(Math.max(0, start - 100), start));
}

/** The type that go-yaml v3's emitter resolves for plain text: unlike its parser, it treats `<<` as a string. */
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
      return `|${writeBlock(text, style, pad)}`.replace(/\n$/, '');
    case 'folded':
      return `>${writeBlock(text, style, pad)}`.replace(/\n$/, '');
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

/** One line of text that go-yaml prints without escapes, which excludes anything beyond the basic multilingual plane. */
const LINE = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** The same, in any number of lines. */
const PRINTABLE = /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** Syntax that plain text cannot contain: indicators at its start, `: ` and ` #` anywhere. */
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

/** The first of consecutive line breaks is doubled, since a single one is read as a space. */
function singleQuoted(text: string, pad: string): string {
  const doubled = text.replaceAll("'", "''").replaceAll(/(?<![\n\u2028\u2029])\n/g, '\n\n');
  return `'${doubled.replaceAll(/(?<=[\n\u2028\u2029])(?![\n\u2028\u2029]|$)/g, pad)}'`;
}

/** After a leading byte order mark, go-yaml escapes every character. */
function doubleQuoted(text: string): string {
  const special = text.startsWith('\ufeff')
    ? /./gsu
    : /["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;
  return `"${text.replace(special, escapeOf)}"`;
}
