import type { ReadFailure } from '../source-cache.ts';
import { SourceFile } from '../source-file.ts';

const inUtf16 = 'it is UTF-16 without a byte-order mark, which kustomize cannot read; save it as UTF-8 in an editor';

/** Decodes UTF-8, with or without a byte-order mark, and UTF-16 with one, as Windows PowerShell writes with `>`. */
export function decode(path: string, bytes: Uint8Array): SourceFile | ReadFailure {
  const utf16 = findUtf16(bytes);
  if (utf16 !== undefined) {
    return hasMark(bytes)
      ? new SourceFile(path, new TextDecoder(utf16).decode(bytes), 'utf-16')
      : { code: 'not-utf8', message: inUtf16 };
  }
  // kustomize's reader refuses NUL in any file, and it is the surest sign of a binary file.
  if (bytes.includes(0)) return { code: 'binary', message: 'it is a binary file, not YAML' };
  try {
    return new SourceFile(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { code: 'not-utf8', message: 'it is not UTF-8 text' };
  }
}

function hasMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Decodes UTF-16; undefined if the bytes are anything else. */
export function decodeUtf16(bytes: Uint8Array): string | undefined {
  const encoding = findUtf16(bytes);
  return encoding && new TextDecoder(encoding).decode(bytes);
}

/**
 * Detects UTF-16 and its byte order: by the byte-order mark or, as in YAML 1.2.2, section 5.2, by the NUL next to the
 * first character. Binary files may start the same way, but do not continue as text.
 */
function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === undefined || second === undefined || (first === 0) === (second === 0)) return undefined;
  const encoding = first === 0 ? 'utf-16be' : 'utf-16le';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, 1000), { stream: true });
    return /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? undefined : encoding;
  } catch {
    return undefined;
  }
}
