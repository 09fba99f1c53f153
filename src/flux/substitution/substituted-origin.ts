import type { Origin } from '../../source/origin.ts';
import type { Segment } from './evaluate.ts';
import type { PrintedObject } from './printed-object.ts';
import { spanOfUse } from './use-span.ts';
import type { Variables } from './variables.ts';

/**
 * An origin with one step for each expression in a value, so that it includes the location of each variable.
 * @param range the value in the printed text
 * @param segments those of the whole text
 */
export function substitutedOrigin(
  input: Origin,
  { start, end }: { readonly start: number; readonly end: number },
  printed: PrintedObject,
  segments: readonly Segment[],
  variables: Variables,
): Origin {
  let origin = input;
  for (const segment of inside(segments, start, end)) {
    const from = segment.variables.map((name) => variables.byName.get(name)?.origin).find((each) => each !== undefined);
    origin = {
      kind: 'transformed',
      by: 'substitution',
      configuredIn: spanOfUse(input, printed.text.slice(segment.start, segment.end)),
      input: origin,
      ...(from === undefined ? {} : { from }),
    };
  }
  return origin;
}

/** The segments that were substituted in a range of the text, in order. */
function inside(segments: readonly Segment[], start: number, end: number): Segment[] {
  const found: Segment[] = [];
  for (let i = firstFrom(segments, start); i < segments.length; i++) {
    const segment = segments[i];
    if (segment === undefined || segment.start > end) break;
    if (segment.kind === 'substituted' || segment.kind === 'escape') found.push(segment);
  }
  return found;
}

/** The index of the first segment that starts at or after an offset. */
function firstFrom(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
