import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Dialect } from './dialect.ts';
import type { Growth } from './growth.ts';
import type { HelmProgram } from './helm/helm-program.ts';
import type { MergeSchema } from './openapi/merge-schema.ts';
import type { BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';

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
  readonly traceReplacements?: (traces: readonly ReplacementTrace[]) => void;
}

/** The files that one kustomization can read: paths are relative to its folder, and the load restrictor applies. */
export interface KustomizationFiles {
  /** Absolute path of the kustomization's folder. */
  readonly directory: string;
  /** Whether a path leads to a folder. */
  isDirectory(path: string): boolean;
  /** The first path in or below a folder that is a symbolic link to a location outside of what may be read. */
  findWayOut(folder: string): string | undefined;
  /** A file's bytes. Throws a BuildError at `listedAt` where it is absent, outside the root, too large or a folder. */
  readBytes(path: string, listedAt: Span): Uint8Array;
  /** A file's text, to parse or to point into. Throws as `readBytes` does, and if the file is not UTF-8. */
  readSource(path: string, listedAt: Span): SourceFile;
}
