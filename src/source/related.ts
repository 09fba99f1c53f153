import type { Span } from './span.ts';

/** Another location that is relevant to a problem or finding, with a note about it. */
export interface Related {
  readonly at: Span;
  readonly note: string;
}
