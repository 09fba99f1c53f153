import type { SourceFile } from '../source/source-file.ts';
import type { OverriddenField } from './load/overridden-field.ts';
import type { BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';
import type { Resource } from './resources/resource.ts';
import type { EntryTrace } from './session/entry-trace.ts';

/** The result of building one root. */
export interface BuiltRoot {
  /**
   * Absolute path of the folder that was built, with forward slashes; a file's path or `<stdin>` for plain manifests.
   */
  readonly path: string;
  /** The kustomization file, or undefined for plain manifests. */
  readonly kustomization: SourceFile | undefined;
  /**
   * The objects in the order in which the build prints them. Empty if the build failed; `problems` then holds the error.
   * If only parts such as a file are absent, or a mistake was corrected, the other objects are still here. For plain
   * manifests, the objects of all valid files are.
   */
  readonly resources: readonly Resource[];
  /** The same objects before sorting, in the order in which resources, bases and components list them. */
  readonly listed: readonly Resource[];
  /** The root's `sortOptions.order`; undefined if it is not set, and the objects are then in legacy order. */
  readonly order: 'legacy' | 'fifo' | undefined;
  readonly problems: readonly BuildProblem[];
  /** Objects with `generateName` and no name: the one that kustomize refused, or all of those in plain manifests. */
  readonly unnamed: readonly Resource[];
  /**
   * What each replacement did, in the order in which they ran; twice for a replacement in a base that is built twice.
   */
  readonly replacements: readonly ReplacementTrace[];
  /** What each entry of `patches` and `images` found to change, in the same order. */
  readonly entries: readonly EntryTrace[];
  /** What its kustomizations set and then set again, so that it has no effect. */
  readonly overridden: readonly OverriddenField[];
  /** Every file that was read for this root: kustomizations, manifests, patches, generator inputs. */
  readonly files: readonly SourceFile[];
}
