import type { ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import { decodeUtf8 } from './decode-utf8.ts';

/** One line of an env file. Starts are offsets into the file's text without its byte-order mark. */
export interface EnvLine {
  readonly key: string;
  readonly keyStart: number;
  readonly value: string;
  readonly valueStart: number;
}

/** The longest line that fits into the buffer of Go's bufio.Scanner with its line break, in bytes. */
const longestLine = 64 * 1024 - 1;

/**
 * Reads an env file as kustomize does: one `KEY=value` per line. Only space before the key is dropped; quotes, and space
 * around the `=` and at the end, stay. A line without `=` has an empty value (the environment is not consulted).
 * Empty lines, comments (`#` first) and lines without a key are skipped. Reading stops, silently, at a line of 64 KiB.
 * Throws a BuildError at `path` for a line that is not UTF-8.
 */
export function parseEnvFile(bytes: Uint8Array, path: ScalarNode): EnvLine[] {
  const lines: EnvLine[] = [];
  let offset = 0;
  let number = 1;
  for (let start = 0; start < bytes.length; number++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end - start > longestLine) break;
    let text = decodeUtf8(bytes.subarray(start, end));
    if (text === undefined) {
      throw new BuildError(
        `line ${number} of \`${path.value}\` is not UTF-8; save the file as UTF-8, or list it under \`files:\``,
        originSpan(path.origin),
      );
    }
    if (number === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    const line = parseLine(text.endsWith('\r') ? text.slice(0, -1) : text, offset);
    if (line !== undefined) lines.push(line);
    offset += text.length + 1;
    start = end + 1;
  }
  return lines;
}

/** White space by Go's `unicode.IsSpace`. */
const leadingSpace = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/;

function parseLine(text: string, offset: number): EnvLine | undefined {
  const indent = leadingSpace.exec(text)?.[0].length ?? 0;
  const line = text.slice(indent);
  if (line === '' || line.startsWith('#')) return undefined;
  const equals = line.indexOf('=');
  if (equals === 0) return undefined;
  const key = equals < 0 ? line : line.slice(0, equals);
  const value = equals < 0 ? '' : line.slice(equals + 1);
  const keyStart = offset + indent;
  return { key, keyStart, value, valueStart: keyStart + key.length + (equals < 0 ? 0 : 1) };
}
