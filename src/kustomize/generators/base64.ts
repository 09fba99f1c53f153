/** The length of a line of base64 in a generated Secret or `binaryData`. */
const lineLength = 70;

/** Base64 as kustomize writes it: on one line where it is shorter than a line, else each line with its line break. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  if (text.length < lineLength) return text;
  return text.replace(/.{1,70}/g, '$&\n');
}
