import type { SkippedPath } from './skipped-path.ts';

/** Something to build. */
export type DiscoveredRoot = KustomizationRoot | ManifestsRoot;

export interface KustomizationRoot {
  readonly kind: 'kustomization';
  /** Absolute path of the kustomization's folder. */
  readonly path: string;
}

export interface ManifestsRoot {
  readonly kind: 'manifests';
  /** Absolute path of the manifests' folder, or of a single file, or `<stdin>`. */
  readonly path: string;
  /** Absolute paths of the manifests, or `<stdin>`. */
  readonly files: readonly string[];
}

/** What to build in the given paths. */
export interface Discovery {
  /** Sorted by path. */
  readonly roots: readonly DiscoveredRoot[];
  readonly skipped: readonly SkippedPath[];
  /** Absolute paths of the YAML files among the kustomizations that none of them names. */
  readonly unlisted: readonly string[];
}
