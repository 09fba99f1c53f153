import type { Span } from './span.ts';

/** Another place that bears on a problem or a finding, with what it has to say there. */
export interface Related {
  readonly at: Span;
  readonly note: string;
}
