import { type Origin, originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';

/**
 * The place where an expression is written: of all that made a value, the last step whose text holds the expression,
 * narrowed to it; the value's own place where none does, as where a line break stands in the middle of it.
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

/** Everything that had a part in a value, the last step first. */
function* spansOf(origin: Origin): Generator<Span> {
  if (origin.kind !== 'transformed') {
    yield originSpan(origin);
    return;
  }
  if (origin.from !== undefined) yield* spansOf(origin.from);
  yield origin.configuredIn;
  if (origin.input !== undefined) yield* spansOf(origin.input);
}
