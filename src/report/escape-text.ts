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

/** The same for text that may have several lines, such as a hint that shows YAML to write: line breaks stay. */
export function escapeLines(text: string): string[] {
  return text.split('\n').map(escapeText);
}
