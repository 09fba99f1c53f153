import type { Span } from '../source/span.ts';
import type { GroupVersionKind } from './resource-id.ts';

/**
 * Which field of which kinds a transformer reaches. Empty parts of the type match anything.
 * The path is separated by `/`, with `\/` for a slash in a key and `[]` after a key whose list is gone through.
 */
export interface FieldSpec extends GroupVersionKind {
  readonly path: string;
  /** Make the field where it is absent. */
  readonly create: boolean;
  /** Where a `configurations:` or `fieldSpecs:` entry asked for it; undefined for the built-in table. */
  readonly configuredIn?: Span;
}
