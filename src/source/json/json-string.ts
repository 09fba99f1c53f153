const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Quotes a string as Go's encoding/json does, which differs from JSON.stringify in HTML, line separators and lone
 * surrogates.
 */
export function jsonString(text: string, escapeHtml = true): string {
  const json = JSON.stringify(text.replace(LONE_SURROGATE, '\ufffd')).replace(/[\u2028\u2029]/g, escapeUnit);
  return escapeHtml ? json.replace(/[<>&]/g, escapeUnit) : json;
}

function escapeUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
