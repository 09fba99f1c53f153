import type { BaselineOutcome } from '../baseline/baseline.ts';
import type { FailureThreshold } from '../config/config.ts';
import type { Severity } from '../findings/finding.ts';
import type { LintedRoot } from '../lint/lint-result.ts';
import type { ObjectReference } from '../objects/kubernetes-object.ts';
import type { Shard } from '../shard/shard.ts';
import type { Summary } from './summary.ts';

/** The JSON report; its schema is schemas/report.schema.json. `version` is increased for changes that would break readers. */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: 'migrate-lint'; readonly version: string };
  readonly findings: readonly JsonFinding[];
  /** Findings that comments silenced. */
  readonly suppressed: readonly JsonSuppressedFinding[];
  readonly roots: readonly JsonRoot[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly summary: Summary & { readonly exitCode: number };
  /** Additional data for `migrate-lint merge`. */
  readonly merge: JsonMergeFacts;
}

/** The data that only merging reports needs. */
export interface JsonMergeFacts {
  readonly shard?: Shard;
  readonly failOn: FailureThreshold;
  readonly baseline?: Pick<BaselineOutcome, 'known' | 'stale'> & { readonly path: string };
  /** Comments that silence a finding, or may do so, although another share may have reported them as unused. */
  readonly activeSuppressions: readonly JsonRange[];
  /** Locations of secrets in the files that findings point to. */
  readonly secrets: readonly JsonRange[];
}

/** Offsets as in {@link JsonLocation}. */
export type JsonRange = Pick<JsonLocation, 'path' | 'startOffset' | 'endOffset'>;

export interface JsonSuppressedFinding extends JsonFinding {
  readonly reason: string;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: JsonLocation;
  readonly related: readonly (JsonLocation & { readonly note: string })[];
  readonly hint?: string;
  readonly object?: ObjectReference;
  readonly field?: string;
  readonly reasons?: readonly string[];
  readonly fix?: JsonFix;
  readonly roots: readonly string[];
  /** The same as in the SARIF and GitLab reports; it does not change when lines move. */
  readonly fingerprint: string;
}

/** How to fix the finding. Offsets and lines refer to the unchanged files. */
export interface JsonFix {
  readonly title: string;
  /** Whether `--fix` applies it, or only `--fix=all`. */
  readonly safe: boolean;
  readonly edits: readonly (JsonLocation & { readonly text: string })[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Lines and columns count from 1; columns and offsets count UTF-16 code units; ends are exclusive. */
export interface JsonLocation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface JsonRoot {
  readonly path: string;
  readonly kind: LintedRoot['kind'];
  readonly state: LintedRoot['state'];
  readonly objects: number;
  readonly releases: number;
}
