import { Refusal } from './syntax-problem.ts';

/** The offsets of one document's text in a file. */
export interface DocumentText {
  readonly start: number;
  readonly end: number;
}

const BOM = 0xfeff;
/** White space by Go's `strings.TrimSpace`, without the line feed. */
const LEADING_SPACE = /^[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
/** Characters that go-yaml refuses anywhere, even in comments. */
const CONTROL =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** A faster test: most texts have none of these, and so no control characters. */
const UNUSUAL = /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]/;

/**
 * Splits a text into documents as kyaml's ByteReader does before it calls go-yaml: at lines that start with `---`, which
 * only a comment may follow. The first line, and a last line without a line break, are not separators. A separator
 * includes its line break, so the second of two in a row is part of the next document's text. Of each piece, go-yaml
 * reads only the first document.
 * @param whole do not split: the text is one piece
 * @param comments receives pairs of offsets of the comments after separators
 */
export function* splitDocuments(text: string, whole: boolean, comments?: number[]): Generator<DocumentText> {
  if (text === '') return;
  const separators = whole ? [] : findSeparators(text, comments);
  let start = 0;
  for (let i = 0; i <= separators.length; i += 2) {
    const end = i < separators.length ? (separators[i] as number) : text.length;
    if (text.charCodeAt(start) === BOM) start++;
    yield { start, end };
    start = separators[i + 1] ?? text.length;
  }
}

/** Pairs of offsets: the start of the `---` line, and of the line after it. */
function findSeparators(text: string, comments?: number[]): number[] {
  const separators: number[] = [];
  for (let at = text.indexOf('\n---'); at !== -1; ) {
    const lineEnd = text.indexOf('\n', at + 4);
    if (lineEnd === -1) break;
    const rest = text.slice(at + 4, lineEnd);
    const content = rest.replace(LEADING_SPACE, '');
    if (content !== '' && !content.startsWith('#')) {
      const message = 'kustomize allows only a comment after --- here; move the rest to the next line';
      throw new Refusal('bad-document-separator', message, at + 1, lineEnd);
    }
    if (content !== '') comments?.push(at + 4 + rest.indexOf('#'), lineEnd - (rest.endsWith('\r') ? 1 : 0));
    separators.push(at + 1, lineEnd + 1);
    at = text.indexOf('\n---', lineEnd + 1);
  }
  return separators;
}

/** The offset of the first character in a document's text that go-yaml refuses; -1 if there is none. */
export function findControl(document: string): number {
  return UNUSUAL.test(document) ? document.search(CONTROL) : -1;
}

/** How many bytes go-yaml reads at a time. */
const CHUNK = 512;

/**
 * Throws a Refusal for the control character at an offset, unless the document ends before and go-yaml never reads it.
 * @param reached how far the document was read, from its start
 */
export function refuseControl(document: string, at: number, reached: number): void {
  const bytesRead = Buffer.byteLength(document.slice(0, reached + 4));
  if (Buffer.byteLength(document.slice(0, at)) >= Math.ceil(bytesRead / CHUNK) * CHUNK) return;
  const code = document.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  const message = `the character U+${code} is not allowed; write it as an escape in a double-quoted text`;
  throw new Refusal('bad-character', message, at, at + 1);
}
