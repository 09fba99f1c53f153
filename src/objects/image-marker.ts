import { oncePer } from '../collections/once.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** A comment after a value by which Flux's image automation finds it: `# {"$imagepolicy": "flux-system:shop:tag"}`. */
export interface ImageMarker {
  /** From its `#` to the end of the line. */
  readonly at: Span;
  /** What it names, `NAMESPACE:NAME` and possibly a field; undefined if Flux cannot read the comment. */
  readonly setter: string | undefined;
  /** Its key if that is not `$imagepolicy` in lower-case letters, as Flux wants it. */
  readonly otherKey: string | undefined;
}

const token = '$imagepolicy';
const inAnyCase = /\$imagepolicy/gi;

/** The markers in a file. Comments on lines of their own are none: they explain markers. */
export const imageMarkers = oncePer((file: SourceFile): readonly ImageMarker[] => {
  const { text } = file;
  const found: ImageMarker[] = [];
  for (const { 0: key, index: at } of text.matchAll(inAnyCase)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const lineEnd = text.indexOf('\n', at);
    const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trimEnd();
    const start = commentStart(line);
    if (start === undefined || !/^#+\s*["{]/.test(line.slice(start))) continue;
    const span = { file, start: lineStart + start, end: lineStart + line.length };
    if (found.at(-1)?.at.start === span.start) continue;
    found.push({ at: span, setter: readSetter(line.slice(start)), otherKey: key === token ? undefined : key });
  }
  return found;
});

/** Where the comment after a value starts. */
function commentStart(line: string): number | undefined {
  const start = line.search(/\s#/) + 1;
  return start > 0 && /[^\s-]/.test(line.slice(0, start)) && !line.trimStart().startsWith('#') ? start : undefined;
}

/** Flux reads the whole comment as a map of JSON with texts. */
function readSetter(comment: string): string | undefined {
  try {
    const value: unknown = JSON.parse(comment.replace(/^#+/, ''));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const setter = Object.entries(value).find(([key]) => key === token)?.[1];
    return typeof setter === 'string' && Object.values(value).every((each) => typeof each === 'string')
      ? setter
      : undefined;
  } catch {
    return undefined;
  }
}
