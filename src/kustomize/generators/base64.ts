/** The length of a line of base64 in a generated Secret or `binaryData`. */
const lineLength = 70;

/** Encodes bytes as kustomize does: text shorter than a line has no line break, longer text has one after every line. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  if (text.length < lineLength) return text;
  return text.replace(/.{1,70}/g, '$&\n');
}
