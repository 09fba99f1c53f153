import type { ObjectReference } from '../objects/kubernetes-object.ts';
import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { FindingFix } from './fix.ts';

/** The severities, worst first. */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** One problem, at the place where somebody would fix it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Names the object, the field and what will happen; ends with a full stop. */
  readonly message: string;
  /** The narrowest span: the value, or the parent's key where something is missing. */
  readonly at: Span;
  /** The steps that produced the value, and other relevant places, in reading order. */
  readonly related: readonly Related[];
  /** What to do about it, in a sentence or as the line to write. */
  readonly hint?: string;
  readonly object?: ObjectReference;
  /** Path of the field in the built object: `spec.template.spec.initContainers[0].args[1]`. */
  readonly field?: string;
  /** Why the objects count as a migration, a waiter or a service; shown with `--verbose`. */
  readonly reasons?: readonly string[];
  /** How to fix it automatically, if that is possible. */
  readonly fix?: FindingFix;
  /** The result of `fingerprint()` in src/report, if the finding was read from a report. */
  readonly fingerprint?: string;
  /** The build roots that have the finding: absolute paths, sorted; filled in by the linter. */
  readonly roots: readonly string[];
}
