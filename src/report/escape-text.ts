/**
 * Characters that a terminal would interpret instead of showing: control characters, format characters that reorder or hide
 * text (bidirectional controls, zero-width spaces and joiners, byte-order marks), and lone surrogates.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const everyInvisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Whether a character (one code point) must be escaped in output. */
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

/** Makes a line of text safe to show on a terminal, whatever YAML values it contains. */
export function escapeText(text: string): string {
  return text.replace(everyInvisible, escapeCharacter);
}

/**
 * Like {@link escapeText} for text with several lines, such as a hint with YAML; returns the lines. Also escapes `::` and `##`
 * at the start of a line, even after spaces, because CI systems read such a line as a command.
 */
export function escapeLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      escapeText(line).replace(/^(\s*)([:#])(?=\2)/, (_, blanks: string, mark: string) => blanks + escapeUnits(mark)),
    );
}
