/**
 * What a terminal would act on instead of showing: control characters, and the format characters that reorder or hide
 * text (bidirectional controls, zero-width spaces and joiners, byte-order marks), and halves of surrogate pairs.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const everyInvisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Whether a character (one code point) must be escaped before it is shown. */
export function isInvisible(character: string): boolean {
  return invisible.test(character);
}

/** A character as YAML and JSON would escape it: `\n`, `\u001b`. */
export function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  return escapeUnits(character);
}

function escapeUnits(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) {
    escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

/** One line of text that is safe to show on a terminal, whatever a YAML value put into it. */
export function escapeText(text: string): string {
  return text.replace(everyInvisible, escapeCharacter);
}

/**
 * The same for text that may have several lines, such as a hint that shows YAML to write: line breaks stay. A CI system takes
 * a line for a command where it starts so, whatever blanks stand before it; no hint does by itself.
 */
export function escapeLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      escapeText(line).replace(/^(\s*)([:#])(?=\2)/, (_, blanks: string, mark: string) => blanks + escapeUnits(mark)),
    );
}
