import { type Origin, originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';

/**
 * The location of an expression: its text in the last step of a value's origin that contains it; the location of the
 * value if none does, for example because of a line break in the expression.
 */
export function spanOfUse(origin: Origin, expression: string): Span {
  for (const span of spansOf(origin)) {
    const at = span.file.text.indexOf(expression, span.start);
    if (at >= 0 && at + expression.length <= span.end) {
      return { file: span.file, start: at, end: at + expression.length };
    }
  }
  const { file, start, end } = originSpan(origin);
  return { file, start, end };
}

/** The locations of all steps of an origin, the last step first. */
function* spansOf(origin: Origin): Generator<Span> {
  if (origin.kind !== 'transformed') {
    yield originSpan(origin);
    return;
  }
  if (origin.from !== undefined) yield* spansOf(origin.from);
  yield origin.configuredIn;
  if (origin.input !== undefined) yield* spansOf(origin.input);
}
