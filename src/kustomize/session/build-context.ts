import type { Span } from '../../source/span.ts';
import type { Dialect } from '../dialect.ts';
import type { HelmProgram } from '../helm/helm-program.ts';
import type { MergeSchema } from '../openapi/merge-schema.ts';
import type { BuildProblem } from '../problem.ts';
import type { ReplacementTrace } from '../replacements/replacement-trace.ts';
import type { EntryTrace } from './entry-trace.ts';
import type { Growth } from './growth.ts';

/** What every step of one root's build can use and report to. */
export interface BuildContext {
  readonly dialect: Dialect;
  /** Merge keys and scopes: the embedded ones, with what an `openapi:` field added. */
  schema: MergeSchema;
  /** Records a part that is left out or absent, or a correction (once per location); the build goes on. */
  report(problem: BuildProblem): void;
  /** The helm to run; without it, charts are left out. */
  readonly helm?: HelmProgram;
  /**
   * Throws OutOfTime if the run is out of time. Every loop whose length a tree can choose calls it.
   * @param at the configuration or object that is next
   */
  checkTime(at: Span): void;
  /** Counts what the steps add to the objects. */
  readonly growth: Growth;
  /** Receives what replacements did, for the rules that check whether they do what they were written for. */
  traceReplacements(traces: readonly ReplacementTrace[]): void;
  /** Receives what an entry of a list found to change. */
  traceEntry(trace: EntryTrace): void;
}
