import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { FindingFix } from './fix.ts';

/** How bad a finding is, the worst first. */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The object that a finding is about, as it is called after the build. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined where the built object names none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** One thing that is wrong, at the one place where somebody would mend it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Names the object, the field and what will happen; ends with a full stop. */
  readonly message: string;
  /** The narrowest span: the value, or the parent's key where something is missing. */
  readonly at: Span;
  /** The steps that made the value what it is, and other places that bear on it, in reading order. */
  readonly related: readonly Related[];
  /** What to do about it, in a sentence or as the line to write. */
  readonly hint?: string;
  readonly object?: ObjectReference;
  /** Path of the field in the built object: `spec.template.spec.initContainers[0].args[1]`. */
  readonly field?: string;
  /** Why the objects were taken for what they are; shown with `--verbose`. */
  readonly reasons?: readonly string[];
  /** How to mend it, where that can be told. */
  readonly fix?: FindingFix;
  /** As `fingerprint()` of src/report makes it, where that was done before: of a report that is read again. */
  readonly fingerprint?: string;
  /** The build roots that the finding was made in, absolute paths, sorted; filled in by the linter. */
  readonly roots: readonly string[];
}
