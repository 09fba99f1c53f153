import { resolveYaml11 } from '../scalars/resolve-scalar.ts';

/** Lines are folded at the first single space beyond this column. */
const WIDTH = 80;

/**
 * Prints a string as go-yaml v2's emitter does and returns its lines. The first continues the current line, the others
 * are complete.
 * @param value the text
 * @param column the length of the current line, including the space after it
 * @param indent the indentation of lines after the first
 * @param isKey whether it is a key before a `:`, which must be on one line
 */
export function printString(value: string, column: number, indent: number, isKey: boolean): string | string[] {
  if (isBareWord(value)) return value;
  const shape = analyze(value);
  if (value.includes('\n') && shape.blockAllowed && !isKey) return printLiteral(value, indent);
  const plain = shape.plainAllowed && !value.includes('\n') && !needsQuotes(value);
  const width = isKey ? Number.POSITIVE_INFINITY : WIDTH;
  if (plain) return column + value.length <= width ? value : foldPlain(value, column, indent);
  if (value.includes('\n') || needsQuotes(value) || !shape.singleAllowed) {
    return printDouble(value, column, indent, width);
  }
  return printSingle(value, column, indent, width);
}

/** A fast test for short words that need no quotes, as most do not. */
function isBareWord(value: string): boolean {
  const { length } = value;
  if (length < 4 || length > 40) return false;
  const first = value.charCodeAt(0) | 0x20;
  if (first < 0x61 || first > 0x7a) return false;
  for (let i = 1; i < length; i++) {
    const code = value.charCodeAt(i);
    // From - to 9 are the hyphen, dot, slash and digits.
    if ((code < 0x2d || code > 0x39) && (code < 0x61 || code > 0x7a) && (code < 0x41 || code > 0x5a)) return false;
  }
  return length > 5 || !MAYBE_WORDS.has(value.toLowerCase());
}

const MAYBE_WORDS = new Set(['true', 'false', 'null']);
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether YAML 1.1, with its base 60 numbers, would not read the plain text as a string. */
function needsQuotes(value: string): boolean {
  return resolveYaml11(value) !== '!!str' || BASE_60.test(value);
}

interface Shape {
  plainAllowed: boolean;
  singleAllowed: boolean;
  blockAllowed: boolean;
}

/** The styles that can hold the text, as in `yaml_emitter_analyze_scalar`. */
function analyze(value: string): Shape {
  if (value === '') return { plainAllowed: true, singleAllowed: true, blockAllowed: false };
  const edges = isSpaceOrBreak(value.charCodeAt(0)) || isSpaceOrBreak(value.charCodeAt(value.length - 1));
  const indicator = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?:[ \t]|$))|:(?:[ \t]|$)|[ \t\n\x85\u2028\u2029]#/.test(
    value,
  );
  const lineBreak = /[\r\n\x85\u2028\u2029]/.test(value);
  const special = !/^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(value);
  const spaceBeforeBreak = / [\r\n\x85\u2028\u2029]/.test(value);
  const spaceAfterBreak = /[\r\n\x85\u2028\u2029] /.test(value);
  return {
    plainAllowed: !edges && !indicator && !lineBreak && !special,
    singleAllowed: !special && !spaceBeforeBreak && !spaceAfterBreak,
    blockAllowed: !special && !spaceBeforeBreak && !value.endsWith(' '),
  };
}

function isSpaceOrBreak(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Prints a `|` block. Empty lines are not indented. */
function printLiteral(value: string, indent: number): string[] {
  const pad = ' '.repeat(indent);
  let header = /^[ \n\x85\u2028\u2029]/.test(value) ? '|2' : '|';
  const last = value.charCodeAt(value.length - 1);
  if (!isSpaceOrBreak(last)) header += '-';
  else if (value.length === 1 || isSpaceOrBreak(value.charCodeAt(value.length - 2))) header += '+';
  const lines = [header];
  const end = value.endsWith('\n') ? value.length - 1 : value.length;
  for (let from = 0; from <= end; ) {
    let to = value.indexOf('\n', from);
    if (to === -1 || to > end) to = end;
    lines.push(from === to ? '' : pad + value.slice(from, to));
    from = to + 1;
  }
  if (/[\u2028\u2029]/.test(value)) {
    return [header, ...lines.slice(1).map((line) => padAfterSeparators(line, pad))];
  }
  return lines;
}

/** Indents the non-empty lines after line and paragraph separators. */
function padAfterSeparators(line: string, pad: string): string {
  return line
    .slice(pad.length)
    .replace(/[\u2028\u2029]+|[^\u2028\u2029]+/g, (part) =>
      isSpaceOrBreak(part.charCodeAt(0)) && part[0] !== ' ' ? part : pad + part,
    );
}

/** Folds plain text at single spaces beyond the width. */
function foldPlain(value: string, column: number, indent: number): string | string[] {
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let line = '';
  let start = column;
  let from = 0;
  for (let at = value.indexOf(' '); at !== -1; at = value.indexOf(' ', at + 1)) {
    if (value.charCodeAt(at - 1) === 0x20 || value.charCodeAt(at + 1) === 0x20) continue;
    if (start + (at - from) <= WIDTH) continue;
    lines.push(line + value.slice(from, at));
    line = pad;
    start = indent;
    from = at + 1;
  }
  if (lines.length === 0) return value;
  lines.push(line + value.slice(from));
  return lines;
}

/** Prints text in `'`, folded at single spaces; the line after a line or paragraph separator is indented. */
function printSingle(value: string, column: number, indent: number, width: number): string[] {
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let line = "'";
  let at = column + 1;
  let wasSpace = false;
  let wasBreak = false;
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i);
    if (char === ' ') {
      if (!wasSpace && at > width && i > 0 && i < value.length - 1 && value[i + 1] !== ' ') {
        lines.push(line);
        line = pad;
        at = indent;
      } else {
        line += char;
        at++;
      }
      wasSpace = true;
    } else if (char === '\u2028' || char === '\u2029') {
      line += char;
      at = 0;
      wasBreak = true;
    } else {
      if (wasBreak) {
        line += pad;
        at = indent;
      }
      line += char === "'" ? "''" : char;
      at += char === "'" ? 2 : 1;
      wasSpace = false;
      wasBreak = false;
    }
  }
  lines.push(`${line}'`);
  return lines;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};
const ESCAPED = /^[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|["\\]$/;

/** Prints text in `"` with escapes, folded at spaces; the first of several spaces is replaced by the line break. */
function printDouble(value: string, column: number, indent: number, width: number): string[] {
  // go-yaml tests the first character for a byte-order mark where it means the current one.
  const escapeAll = value.startsWith('\ufeff');
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let line = '"';
  let at = column + 1;
  let wasSpace = false;
  let rest = value.length;
  for (const char of value) {
    rest -= char.length;
    if (escapeAll || ESCAPED.test(char)) {
      const escaped = escapeOf(char);
      line += escaped;
      at += escaped.length;
      wasSpace = false;
    } else if (char === ' ') {
      if (!wasSpace && at > width && rest < value.length - 1 && rest > 0) {
        lines.push(line);
        const more = value[value.length - rest] === ' ';
        line = more ? `${pad}\\` : pad;
        at = line.length;
      } else {
        line += char;
        at++;
      }
      wasSpace = true;
    } else {
      line += char;
      at++;
      wasSpace = false;
    }
  }
  lines.push(`${line}"`);
  return lines;
}

/** Escapes a character as go-yaml does in double quotes: by a letter if there is one, otherwise by its code point. */
export function escapeOf(char: string): string {
  const short = SHORT_ESCAPES[char];
  if (short !== undefined) return short;
  const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
