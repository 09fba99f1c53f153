import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Dialect } from './dialect.ts';
import type { Growth } from './growth.ts';
import type { HelmProgram } from './helm/helm-program.ts';
import type { MergeSchema } from './openapi/merge-schema.ts';
import type { BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';

/** What every step of one root's build can ask for and tell. */
export interface BuildContext {
  readonly dialect: Dialect;
  /** Merge keys and scopes: the embedded ones, with what an `openapi:` field added. */
  schema: MergeSchema;
  /** Notes that a part was left out or is absent, or what was corrected (once for each place); the build goes on. */
  report(problem: BuildProblem): void;
  /** The helm that may be run; without it, charts are left out. */
  readonly helm?: HelmProgram;
  /** What the steps so far have added to the objects. */
  readonly growth: Growth;
  /** Takes what replacements did, for those who ask after the build whether they do what they were written for. */
  readonly traceReplacements?: (traces: readonly ReplacementTrace[]) => void;
}

/** Files as one kustomization may see them: relative to its folder, under the load restrictor. */
export interface KustomizationFiles {
  /** Absolute path of the kustomization's folder. */
  readonly directory: string;
  /** Whether a path leads to a folder. */
  isDirectory(path: string): boolean;
  /** The first path in a folder, or below it, that is a link to where nothing may be read. */
  findWayOut(folder: string): string | undefined;
  /** A file's bytes. Throws a BuildError at `listedAt` where it is absent, outside the root, too large or a folder. */
  readBytes(path: string, listedAt: Span): Uint8Array;
  /** A file's text, for what is to be parsed or pointed into. Throws as `readBytes` does, and where it is not UTF-8. */
  readSource(path: string, listedAt: Span): SourceFile;
}
