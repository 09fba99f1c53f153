/** The line breaks that go-yaml v3 writes without escaping. */
const BREAK = /[\n\u2028\u2029]/;

/** Whether go-yaml v3 writes a text as a block: one without spaces at line ends and without special characters. */
export function canBeBlock(value: string): boolean {
  return !/ $| [\n\x85\u2028\u2029]|[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
}

/**
 * A text as go-yaml v3 writes it in a block: everything after the `|` or `>`, to the end of the last line.
 * @param style `folded` after a `>`, `literal` after a `|`
 * @param pad the indentation of each line that is not empty
 */
export function writeBlock(value: string, style: 'literal' | 'folded', pad: string): string {
  let out = `${indentationHint(value)}${chompingHint(value)}\n`;
  const doubles = style === 'folded' && doublesBreaks(value);
  let breaks = true;
  let leadingSpaces = true;
  for (const char of value) {
    if (BREAK.test(char)) {
      if (!breaks && !leadingSpaces && char === '\n' && doubles) out += '\n';
      out += char;
      breaks = true;
    } else {
      if (breaks) {
        out += pad;
        leadingSpaces = char === ' ' || char === '\t';
      }
      out += char;
      breaks = false;
    }
  }
  return breaks ? out : `${out}\n`;
}

function indentationHint(value: string): string {
  return /^[ \n\u2028\u2029]/.test(value) ? '2' : '';
}

function chompingHint(value: string): string {
  if (!/[\n\u2028\u2029]$/.test(value)) return '-';
  return value.length === 1 || /[\n\u2028\u2029]{2}$/.test(value) ? '+' : '';
}

/** go-yaml checks the first line of the whole value where it means the next line. */
function doublesBreaks(value: string): boolean {
  const first = /[^\n\u2028\u2029]/.exec(value)?.[0];
  return first !== undefined && first !== ' ' && first !== '\t';
}
