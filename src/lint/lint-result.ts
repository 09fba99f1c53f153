import type { BaselineOutcome } from '../baseline/baseline.ts';
import type { FailureThreshold } from '../config/config.ts';
import type { Shard } from '../shard/shard.ts';
import type { Span } from '../source/span.ts';
import type { Finding } from './finding.ts';
import type { SecretPlaces } from './secret-places.ts';

/** What a run found, for any report. */
export interface LintResult {
  /** Sorted by path, line, column and rule. */
  readonly findings: readonly Finding[];
  /** What comments in the sources silenced, in the same order. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Where the comments stand that silence something, or may do so. */
  readonly heeded: readonly Span[];
  /** What the baseline made of it, where there is one. */
  readonly baseline?: BaselineOutcome;
  /** The build roots in the order of their paths. */
  readonly roots: readonly LintedRoot[];
  /** What was left out, and why. */
  readonly skipped: readonly SkippedPath[];
  /** Faults of migrate-lint itself. The other roots and rules were gone through all the same. */
  readonly crashes: readonly Crash[];
  readonly secrets: SecretPlaces;
  /** What the command exits with; the same in every format. */
  readonly exitCode: ExitCode;
  /** The least severity that makes the exit code 1, by the options and settings. */
  readonly failOn: FailureThreshold;
  /** Which share of the roots this is, where it is not all of them. */
  readonly shard?: Shard;
}

/** 0: clean. 1: findings that fail the run. 2: wrong usage or settings, or a fault of migrate-lint. 3: nothing to lint. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A finding with the reason that its suppression gives; empty where it gives none. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** What became of a root. */
export interface LintedRoot {
  /** Absolute path, or `<stdin>`. */
  readonly path: string;
  readonly kind: 'kustomization' | 'manifests' | 'flux';
  /** `failed`: kustomize would refuse it too. `incomplete`: something that this build leaves out is missing from it. */
  readonly state: 'built' | 'incomplete' | 'failed';
  /** How many objects the build has. */
  readonly objects: number;
  /** How many releases (a service and its migration) were recognised. */
  readonly releases: number;
}

/** A path that was not linted. */
export interface SkippedPath {
  readonly path: string;
  /** A clause that follows the path: `is a Component that nothing here includes`. */
  readonly why: string;
  /** Whether the user named this very path, so that leaving it out should be told without being asked. */
  readonly named: boolean;
  /** Whether it bears on what was found, so that a report for people tells it without being asked. */
  readonly bears?: true;
}

/** An error inside migrate-lint, with what it was doing. */
export interface Crash {
  /** `while building overlays/staging`: a clause with absolute paths. */
  readonly doing: string;
  readonly error: unknown;
}
