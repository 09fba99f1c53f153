import { type Origin, originSpan } from '../origin.ts';
import type { Span } from '../span.ts';

/** Why a built object cannot be printed; kustomize refuses such values only at the end of a build. */
export class PrintError extends Error {
  override readonly name = 'PrintError';
  /** The location of the key or value. */
  readonly at: Span;

  constructor(message: string, origin: Origin) {
    super(message);
    this.at = originSpan(origin);
  }
}
