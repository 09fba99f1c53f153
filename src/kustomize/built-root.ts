import type { SourceFile } from '../source/source-file.ts';
import type { BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';
import type { Resource } from './resource.ts';

/** What became of one build root. */
export interface BuiltRoot {
  /** Absolute path of the folder that was built, with forward slashes; a file's path or `<stdin>` for plain manifests. */
  readonly path: string;
  /** The kustomization file, or undefined for plain manifests. */
  readonly kustomization: SourceFile | undefined;
  /**
   * The objects in the order in which the build prints them. Where the build failed, what was accumulated until then
   * is not kept: the list is empty and `problems` holds the error. What lacks only parts that are absent, such as a file, is
   * there, as is what was built as if a mistake were corrected; and of plain manifests the sound files' objects are kept.
   */
  readonly resources: readonly Resource[];
  /** The same objects in the order in which the resources lists, bases and components name them, before any sort. */
  readonly listed: readonly Resource[];
  /** `legacy` and `fifo` as `sortOptions` of the root says; undefined where it says nothing (the command sorts in legacy order). */
  readonly order: 'legacy' | 'fifo' | undefined;
  readonly problems: readonly BuildProblem[];
  /** Objects with `generateName` and no name: one that kustomize has refused, or those among plain manifests. */
  readonly unnamed: readonly Resource[];
  /** What each replacement on the way did, in the order in which they ran; one in a base that is built twice is there twice. */
  readonly replacements: readonly ReplacementTrace[];
  /** Every file that was read for this root: kustomizations, manifests, patches, generator inputs. */
  readonly files: readonly SourceFile[];
}
