import type { BaselineOutcome } from '../baseline/baseline.ts';
import type { FailureThreshold } from '../config/config.ts';
import type { SkippedPath } from '../discover/skipped-path.ts';
import type { Finding } from '../findings/finding.ts';
import type { Shard } from '../shard/shard.ts';
import type { Span } from '../source/span.ts';
import type { SecretPlaces } from './secrets/secret-places.ts';

/** The result of a run, for any report. */
export interface LintResult {
  /** Sorted by path, line, column and rule. */
  readonly findings: readonly Finding[];
  /** Findings that comments silenced, in the same order. */
  readonly suppressed: readonly SuppressedFinding[];
  /** The locations of comments that silence a finding, or may do so. */
  readonly activeSuppressions: readonly Span[];
  /** The effect of the baseline, if there is one. */
  readonly baseline?: BaselineOutcome;
  /** The build roots, sorted by path. */
  readonly roots: readonly LintedRoot[];
  /** Paths that were not linted, and remarks about others. */
  readonly skipped: readonly SkippedPath[];
  /** Errors inside migrate-lint. The other roots and rules were still processed. */
  readonly crashes: readonly Crash[];
  readonly secrets: SecretPlaces;
  /** The exit code of the command; the same in every format. */
  readonly exitCode: ExitCode;
  /** The lowest severity that makes the exit code 1. */
  readonly failOn: FailureThreshold;
  /** The share of the roots that was linted, if not all of them. */
  readonly shard?: Shard;
}

/** 0: clean. 1: findings that fail the run. 2: wrong usage or settings, or a crash of migrate-lint. 3: nothing to lint. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A finding with the reason in its suppression; may be empty. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** A root that was linted. */
export interface LintedRoot {
  /** Absolute path, or `<stdin>`. */
  readonly path: string;
  readonly kind: 'kustomization' | 'manifests' | 'flux';
  /** `failed`: kustomize would refuse it too. `incomplete`: this build leaves a part of it out. */
  readonly state: 'built' | 'incomplete' | 'failed';
  /** The number of objects in the build. */
  readonly objects: number;
  /** The number of releases (a service and its migration) that were recognised. */
  readonly releases: number;
}

/** An error inside migrate-lint. */
export interface Crash {
  /** A clause with absolute paths: `while building /repo/overlays/staging`. */
  readonly doing: string;
  readonly error: unknown;
}
